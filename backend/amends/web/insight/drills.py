"""Drills: the list with its form, one that runs, its score (P68, P78)."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.i18n import gettext as _
from amends.i18n import ngettext
from amends.rules.insight.drills import SIZES, SPEEDS
from amends.rules.vocabulary import IncidentKind, IncidentRole, Language, TaskState
from amends.services.insight import drills
from amends.services.team import members
from amends.web import controls
from amends.web.insight import drills_view as view
from amends.web.insight.labels import incidents as labels
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, submit_or_redisplay
from amends.web.security import Policy

PAGE = "/incidents/drills"
ONE = f"{PAGE}/{{number:int}}"


class StartForm(msgspec.Struct):
    """Which storm, how many posts, in how many minutes."""

    kind: IncidentKind = IncidentKind.OTHER
    posts: int = SIZES[0]
    minutes: int = SPEEDS[-1]


class HoldForm(msgspec.Struct):
    """Whether replies are on hold."""

    on: bool = False


class StepForm(msgspec.Struct):
    """A step, and whether it is done."""

    step: str = ""
    state: TaskState = TaskState.DONE


class RolesForm(msgspec.Struct):
    """Who has which role; nobody where it is empty."""

    lead: UUID | None = None
    spokesperson: UUID | None = None
    fact_keeper: UUID | None = None
    authorities: UUID | None = None


class StatementForm(msgspec.Struct):
    """The holding statement, in two languages."""

    line_en: str = ""
    line_fr: str = ""


class UpdateForm(msgspec.Struct):
    """What an update would say."""

    text: str = ""


async def _list_page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    lines = [view.line(row, now=here.now) for row in await drills.listed()]
    return await here.render(
        "drills/index.html",
        lines=[one for one in lines if one.ended],
        running=next((one for one in lines if not one.ended), None),
        kinds=[(one.value, _(word)) for one, word in labels.KINDS.items()],
        sizes=[(str(one), ngettext("%(num)s post", "%(num)s posts", one) % {"num": one}) for one in SIZES],
        speeds=[
            (str(one), ngettext("in %(num)d minute", "in %(num)d minutes", one) % {"num": one})
            for one in SPEEDS
        ],
        typed=typed,
        status=typed.status,
    )


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def index(here: NamedDependency[Here]) -> Response[bytes]:
    """The drill that runs, the earlier ones, and the form for one more."""
    return await _list_page(here)


@post(PAGE, opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_list_page, "start")
async def start(here: NamedDependency[Here]) -> Response[Any]:
    """A drill begins."""
    form = await here.form(StartForm)
    return _to(await drills.start(here.act, kind=form.kind, posts=form.posts, minutes=form.minutes))


async def _page(here: Here, *, number: int, typed: Typed = NOTHING_TYPED, **_inputs: Any) -> Response[bytes]:  # noqa: ANN401
    detail = await drills.detail(number, now=here.now)
    if detail.over_at:
        others = [row for row in await drills.listed() if row.number != number and row.over_at(here.now)]
        earlier = [view.line(row, now=here.now) for row in others]
        name = "drills/_over.html" if here.wants_fragment else "drills/result.html"
        page = view.result(detail, over_at=detail.over_at, now=here.now)
        return await here.render(name, page=page, earlier=earlier, typed=typed, status=typed.status)
    return await here.render(
        "drills/_storm.html" if here.wants_fragment else "drills/show.html",
        page=view.page(detail, now=here.now),
        members=controls.members_to_choose(tuple(await members.everyone())),
        typed=typed,
        status=typed.status,
    )


@get(ONE, opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """A drill as it runs, or its score."""
    return await _page(here, number=number)


@post(f"{ONE}/acknowledge", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "acknowledge")
async def acknowledge(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The warning was seen."""
    await drills.acknowledge(here.act, number)
    return _to(number)


@post(f"{ONE}/hold", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "hold")
async def hold(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Replies on hold, or off it."""
    form = await here.form(HoldForm)
    await drills.hold(here.act, number, on=form.on)
    return _to(number)


@post(f"{ONE}/roles", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "roles")
async def name(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Who has which role."""
    form = await here.form(RolesForm)
    await drills.name(here.act, number, {role: getattr(form, role.value) for role in IncidentRole})
    return _to(number, "roles")


@post(f"{ONE}/steps", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "steps")
async def tick(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """A step is done, or open again."""
    form = await here.form(StepForm)
    await drills.tick(here.act, number, form.step, form.state)
    return _to(number, "plan")


@post(f"{ONE}/statement", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "statement")
async def word(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The holding statement."""
    form = await here.form(StatementForm)
    texts = {Language.ENGLISH: form.line_en, Language.FRENCH: form.line_fr}
    await drills.word(here.act, number, texts)
    return _to(number, "statement")


@post(f"{ONE}/updates", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "update")
async def update(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """An update, as it would be given."""
    form = await here.form(UpdateForm)
    await drills.update(here.act, number, form.text)
    return _to(number, "updates")


@post(f"{ONE}/posts/{{place:int}}", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "post")
async def look_at(here: NamedDependency[Here], number: FromPath[int], place: FromPath[int]) -> Response[Any]:
    """This post is looked at first."""
    await drills.look_at(here.act, number, place)
    return _to(number, f"post-{place}")


@post(f"{ONE}/stop", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "stop")
async def stop(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The drill ends; its score is shown."""
    await drills.stop(here.act, number)
    return _to(number)


@post(f"{ONE}/remove", opt={"policy": Policy.SIGNED_IN})
@submit_or_redisplay(_page, "remove")
async def remove(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """The drill goes without a trace."""
    await drills.remove(here.act, number)
    return Redirect(f"{PAGE}?notice=removed", status_code=303)


def _to(number: int, part: str = "") -> Redirect:
    """Back to the drill, at the part that was changed."""
    return Redirect(f"{PAGE}/{number}{'#' + part if part else ''}", status_code=303)


routes = (index, start, show, acknowledge, hold, name, tick, word, update, look_at, stop, remove)
