"""Contributor pages: a colleague without an account, by a link."""

from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.services.person import contributors
from amends.services.team import teams
from amends.web import dates, form_keys
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, answered_once, redisplayed, shown_once
from amends.web.requests import site
from amends.web.security import Policy

LINKS = "/cases/{number:int}/contributors"
PAGE = "/contribute"


class NameForm(msgspec.Struct):
    """For whom a link is made."""

    name: str = ""


class ContributionForm(msgspec.Struct):
    """What a colleague wants to say."""

    text: str = ""


async def _links(
    here: Here, *, number: int, typed: Typed = NOTHING_TYPED, new_link: str = ""
) -> Response[bytes]:
    """The links of the case that are alive; `new_link` is that of a fresh one, shown once."""
    alive = await contributors.of_case(here.act, number)
    return await here.render(
        "contributors/links.html",
        status=typed.status,
        number=number,
        links=[(one, dates.moment(one.expires_at, now=here.now)) for one in alive],
        new_link=new_link,
        typed=typed.values,
        wrong=typed.errors,
    )


@get(LINKS, opt={"policy": Policy.WORK})
async def links(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The links of the case that are alive."""
    return await _links(here, number=number)


@post(LINKS, status_code=200, opt={"policy": Policy.SIGNED_IN})
@redisplayed(_links, only=Invalid)
async def make(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """A fresh link, shown this once."""
    form = await here.form(NameForm)
    token = await contributors.make(here.act, number, form.name)
    link = f"{here.settings.base_url}/contribute?token={token}"
    return await shown_once(here, await _links(here, number=number, new_link=link))


@post(f"{LINKS}/{{link_id:uuid}}/withdraw", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def withdraw(here: NamedDependency[Here], number: FromPath[int], link_id: FromPath[UUID]) -> Redirect:
    """The link opens nothing any more."""
    await contributors.withdraw(here.act, number, link_id)
    return Redirect(f"/cases/{number}/contributors?notice=removed", status_code=303)


async def _page(here: Here, *, typed: Typed = NOTHING_TYPED, kept: bool = False) -> Response[bytes]:
    opened = await contributors.opened(_token(here), now=here.now)
    # A colleague of the team without an account: nobody told us of another zone.
    dates.tell_time_in((await teams.calendar()).zone)
    return await here.render(
        "contributors/case.html",
        frame=None,
        status=typed.status,
        asked=opened,
        notes=[(dates.moment(at, now=here.now), words) for at, words in opened.notes],
        token=_token(here),
        kept=kept,
        typed=typed.values,
        wrong=typed.errors,
    )


@get(PAGE, opt={"policy": Policy.PUBLIC})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The post of the one case, and a field for a note. Raises ContributionGone."""
    here.throttle(site(here.request).customers)
    return await _page(here)


@post(PAGE, status_code=200, opt={"policy": Policy.PUBLIC})
@redisplayed(_page, only=Invalid)
async def note(here: NamedDependency[Here]) -> Response[bytes]:
    """What they wrote lands on the case. Raises ContributionGone."""
    here.throttle(site(here.request).customers)
    noted = await form_keys.once(here.request, lambda: _noted(here), sender=_token(here))
    page = await _page(here, kept=True)
    page.cookies.extend(noted.cookies)
    return page


async def _noted(here: Here) -> Redirect:
    """Where it leads is remembered without the token: that is a secret."""
    form = await here.form(ContributionForm)
    await contributors.note(_token(here), form.text, now=here.now)
    return Redirect(PAGE, status_code=303)


def _token(here: Here) -> str:
    """Of the address, where logs know it for a secret."""
    return here.query.get("token", "")


routes = (links, make, withdraw, show, note)
