"""Contributor pages: a colleague without an account, by a link."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import Invalid
from amends.services.person import contributors
from amends.services.team.members import Act, Member
from amends.web import dates, form_keys, forms
from amends.web.page_kit import Here, answered_once
from amends.web.requests import site, visit
from amends.web.security import Policy
from amends.web.templating import render

LINKS = "/cases/{number:int}/contributors"
PAGE = "/contribute"


class NameForm(msgspec.Struct):
    """For whom a link is made."""

    name: str = ""


class ContributionForm(msgspec.Struct):
    """What a colleague wants to say."""

    text: str = ""


@get(LINKS, opt={"policy": Policy.SIGNED_IN})
async def links(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The links of the case that are alive."""
    return await _links(here.request, number, member=here.member, now=here.now)


@post(LINKS, status_code=200, opt={"policy": Policy.SIGNED_IN})
async def make(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """A fresh link, shown this once."""
    form = await here.form(NameForm)
    try:
        token = await contributors.make(here.act, number, form.name)
    except Invalid as error:
        return await _links(here.request, number, member=here.member, now=here.now, error=error)
    address = f"{here.settings.base_url}/contribute?token={token}"
    return await _links(here.request, number, member=here.member, now=here.now, made=address)


@post(f"{LINKS}/{{link_id:uuid}}/withdraw", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def withdraw(here: NamedDependency[Here], number: FromPath[int], link_id: FromPath[UUID]) -> Redirect:
    """The link opens nothing any more."""
    await contributors.withdraw(here.act, number, link_id)
    return Redirect(f"/cases/{number}/contributors?notice=removed", status_code=303)


@get(PAGE, opt={"policy": Policy.PUBLIC})
async def show(request: Request[Any, Any, Any], now: NamedDependency[datetime]) -> Response[bytes]:
    """The post of the one case, and a field for a note. Raises ContributionGone."""
    _throttle(request)
    return await _page(request, now=now)


@post(PAGE, status_code=200, opt={"policy": Policy.PUBLIC})
async def note(request: Request[Any, Any, Any], now: NamedDependency[datetime]) -> Response[bytes]:
    """What they wrote lands on the case. Raises ContributionGone."""
    _throttle(request)
    try:
        noted = await form_keys.once(request, lambda: _noted(request, now), sender=_token(request))
    except Invalid as error:
        return await _page(request, now=now, error=error)
    page = await _page(request, now=now, kept=True)
    page.cookies.extend(noted.cookies)
    return page


async def _noted(request: Request[Any, Any, Any], now: datetime) -> Redirect:
    """Where it leads is remembered without the token: that is a secret."""
    form = await forms.decode(request, ContributionForm)
    await contributors.note(_token(request), form.text, now=now)
    return Redirect(PAGE, status_code=303)


def _throttle(request: Request[Any, Any, Any]) -> None:
    """Nobody finds links by trying: thirty a minute from one address. Raises TooFast."""
    site(request).customers.take(visit(request).address, now=visit(request).now)


def _token(request: Request[Any, Any, Any]) -> str:
    """Of the address, where logs know it for a secret."""
    return str(request.query_params.get("token", ""))


async def _links(
    request: Request[Any, Any, Any],
    number: int,
    *,
    member: Member,
    now: datetime,
    made: str = "",
    error: Invalid | None = None,
) -> Response[bytes]:
    found = await contributors.of_case(Act(member, now), number)
    return await render(
        request,
        "contributors/links.html",
        status=error.status if error else 200,
        number=number,
        links=[(one, dates.moment(one.expires_at, now=now)) for one in found],
        made=made,
        wrong=error.fields if error else {},
    )


async def _page(
    request: Request[Any, Any, Any],
    *,
    now: datetime,
    kept: bool = False,
    error: Invalid | None = None,
) -> Response[bytes]:
    opened = await contributors.opened(_token(request), now=now)
    return await render(
        request,
        "contributors/case.html",
        frame=None,
        status=error.status if error else 200,
        asked=opened,
        notes=[(dates.moment(at, now=now), words) for at, words in opened.notes],
        token=_token(request),
        kept=kept,
        typed=await forms.typed(request) if error else {},
        wrong=error.fields if error else {},
    )


routes = (links, make, withdraw, show, note)
