"""How does a member make the link by which a customer goes on in private, and see what came of it?"""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.person.customer_links import Purpose
from amends.services.desk import cases
from amends.services.person import customer_links
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web import forms
from amends.web.person.private_links_view import private_links_page
from amends.web.security import Policy
from amends.web.templating import render

PAGE = "/cases/{number:int}/private-link"


class PurposeForm(msgspec.Struct):
    """Which link."""

    purpose: Purpose = Purpose.HAND_OFF


@get(PAGE, opt={"policy": Policy.SIGNED_IN})
async def show(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    settings: NamedDependency[Settings],
    now: NamedDependency[datetime],
) -> Response[bytes]:
    """The links of the case, what was asked, and what came of it."""
    detail = await cases.detail(number, by=member, now=now)
    links = await customer_links.of_case(number, now=now)
    page = private_links_page(detail, links, base_url=settings.base_url, now=now)
    return await render(request, "private_links/index.html", page=page)


@post(PAGE, status_code=303, opt={"policy": Policy.SIGNED_IN})
async def make(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Redirect:
    """A fresh link; older ones of its kind are dead. Raises LinkNotHere, CaseIsClosed."""
    form = await forms.decode(request, PurposeForm)
    await customer_links.make(number, form.purpose, by=member, now=now)
    return Redirect(f"/cases/{number}/private-link?notice=saved", status_code=303)


@post(f"{PAGE}/withdraw", status_code=303, opt={"policy": Policy.SIGNED_IN})
async def withdraw(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Redirect:
    """Nobody can answer by it any more."""
    form = await forms.decode(request, PurposeForm)
    await customer_links.withdraw(number, form.purpose, by=member, now=now)
    return Redirect(f"/cases/{number}/private-link?notice=removed", status_code=303)


@post(f"{PAGE}/refused", status_code=303, opt={"policy": Policy.SIGNED_IN})
async def refuse(
    number: FromPath[int], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Redirect:
    """They gave no way to reach them."""
    await customer_links.note_refusal(number, by=member, now=now)
    return Redirect(f"/cases/{number}/private-link?notice=saved", status_code=303)


routes = (show, make, withdraw, refuse)
