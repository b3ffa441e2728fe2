"""Case stories: the kept ones, and the form of a case's own (P60)."""

from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.insight.stories import Texts
from amends.rules.vocabulary import Role
from amends.services.insight import stories
from amends.services.insight.stories import Agreement
from amends.web.insight import stories_view as view
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/stories"
ONE = f"{PAGE}/{{number:int}}"


class StoryForm(msgspec.Struct):
    """The parts of a story, and the version that was seen."""

    title: str = ""
    said: str = ""
    did: str = ""
    ended: str = ""
    version: int = 0


class AgreementForm(msgspec.Struct):
    """As what, when and how the person agreed."""

    name: str = ""
    on: date | None = None
    how: str = ""
    version: int = 0


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The kept stories, the newest first."""
    return await here.render(
        "stories/index.html",
        stories=[view.shown(row, now=here.now) for row in await stories.listed()],
        leads=here.member.role.reaches(Role.LEAD),
    )


async def _page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    proposal = await stories.propose(number, by=here.member)
    return await here.render(
        "stories/show.html", page=view.page(proposal, typed), typed=typed, status=typed.status
    )


@get(ONE, opt={"policy": Policy.LEAD})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The story of a case, or what is proposed."""
    return await _page(here, number=number)


@post(ONE, opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "story")
async def keep(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Keeps the story, or other words of it."""
    form = await here.form(StoryForm)
    texts = Texts(title=form.title, said=form.said, did=form.did, ended=form.ended)
    await stories.keep(here.act, number, texts, version=form.version)
    return _to(number, "story-kept")


@post(f"{ONE}/agreement", opt={"policy": Policy.LEAD})
@submit_or_redisplay(_page, "agreement")
async def agree(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The person agrees to be named."""
    form = await here.form(AgreementForm)
    given = Agreement(name=form.name, on=form.on, how=form.how)
    await stories.agree(here.act, number, given, version=form.version)
    return _to(number, "saved")


@post(f"{ONE}/withdraw", opt={"policy": Policy.LEAD})
@answered_once
async def withdraw(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The person does not agree any more."""
    await stories.withdraw(here.act, number)
    return _to(number, "story-anonymous")


@post(f"{ONE}/remove", opt={"policy": Policy.LEAD})
@answered_once
async def take_away(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Deletes the story; its case stays."""
    await stories.take_away(here.act, number)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


def _to(number: int, notice: str) -> Redirect:
    return Redirect(f"{PAGE}/{number}?notice={notice}", status_code=303)


routes = (index, show, keep, agree, withdraw, take_away)
