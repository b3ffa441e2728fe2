"""Customer links of a case."""

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.rules.person.customer_links import Purpose
from amends.services.desk import cases
from amends.services.person import customer_links
from amends.web.page_kit import Here, answered_once
from amends.web.person.private_links_view import private_links_page
from amends.web.security import Policy

PAGE = "/cases/{number:int}/private-link"


class PurposeForm(msgspec.Struct):
    """Which link."""

    purpose: Purpose = Purpose.HAND_OFF


@get(PAGE, opt={"policy": Policy.WORK})
async def show(here: NamedDependency[Here], number: FromPath[int]) -> Response[bytes]:
    """The links of the case, what was asked, and what came of it."""
    detail = await cases.detail(here.act, number)
    links = await customer_links.of_case(number, now=here.now)
    page = private_links_page(detail, links, base_url=here.settings.base_url, now=here.now)
    return await here.render("private_links/index.html", page=page)


@post(PAGE, status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def make(here: NamedDependency[Here], number: FromPath[int]) -> Redirect:
    """A fresh link; older ones of its kind are dead. Raises LinkNotHere, CaseIsClosed."""
    form = await here.form(PurposeForm)
    await customer_links.make(here.act, number, form.purpose)
    return Redirect(f"/cases/{number}/private-link?notice=saved", status_code=303)


@post(f"{PAGE}/withdraw", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def withdraw(here: NamedDependency[Here], number: FromPath[int]) -> Redirect:
    """Nobody can answer by it any more."""
    form = await here.form(PurposeForm)
    await customer_links.withdraw(here.act, number, form.purpose)
    return Redirect(f"/cases/{number}/private-link?notice=removed", status_code=303)


@post(f"{PAGE}/refused", status_code=303, opt={"policy": Policy.SIGNED_IN})
@answered_once
async def refuse(here: NamedDependency[Here], number: FromPath[int]) -> Redirect:
    """They gave no way to reach them."""
    await customer_links.note_refusal(here.act, number)
    return Redirect(f"/cases/{number}/private-link?notice=saved", status_code=303)


routes = (show, make, withdraw, refuse)
