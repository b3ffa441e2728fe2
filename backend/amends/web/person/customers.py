"""Customer pages: a customer without an account, by a link."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.i18n import set_language
from amends.rules.person.customer_links import CheckInAnswer, Purpose
from amends.rules.vocabulary import Language
from amends.services.workflow import customers
from amends.services.workflow.customers import CheckIn, HandOff, Invitation
from amends.web import form_keys, forms
from amends.web.person.labels import customers as customer_words
from amends.web.requests import site, visit
from amends.web.security import Policy
from amends.web.templating import render

PAGE = "/h/{code:str}"
TEMPLATES = {Purpose.HAND_OFF: "customers/hand_off.html", Purpose.CHECK_IN: "customers/check_in.html"}


class HandOffForm(msgspec.Struct):
    """How to reach them, and what would make it right."""

    name: str = ""
    contact: str = ""
    order_number: str = ""
    wish: str = ""
    consent: bool = False


class CheckInForm(msgspec.Struct):
    """How it stands."""

    answer: CheckInAnswer
    words: str = ""
    stop: bool = False


@get(PAGE, opt={"policy": Policy.PUBLIC})
async def show(
    request: Request[Any, Any, Any], code: FromPath[str], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The form of the link, in the customer's language; looking changes nothing. Raises LinkGone."""
    _throttle(request)
    return await _page(request, code, await _opened(request, code, now=now))


@post(PAGE, opt={"policy": Policy.PUBLIC})
async def answer(
    request: Request[Any, Any, Any], code: FromPath[str], now: NamedDependency[datetime]
) -> Response[bytes]:
    """What they wrote lands on the case. Raises LinkGone."""
    _throttle(request)
    asked = await _opened(request, code, now=now)
    try:
        if asked.purpose is Purpose.HAND_OFF:
            given = msgspec.structs.asdict(await forms.decode(request, HandOffForm))
            await customers.hand_off(code, HandOff(**given), now=now)
        else:
            told = msgspec.structs.asdict(await forms.decode(request, CheckInForm))
            await customers.check_in(code, CheckIn(**told), now=now)
    except Invalid as error:
        return await _page(request, code, asked, error=error)
    thanks = await render(request, "customers/thanks.html", frame=None, asked=asked)
    thanks.cookies.extend(await form_keys.accepted(request))
    return thanks


def _throttle(request: Request[Any, Any, Any]) -> None:
    """Nobody finds codes by trying: thirty a minute from one address. Raises TooFast."""
    site(request).customers.take(visit(request).address, now=visit(request).now)


async def _opened(request: Request[Any, Any, Any], code: str, *, now: datetime) -> Invitation:
    """The link's invitation, spoken in its language or, with `?lang=`, in the other one."""
    asked = await customers.open_link(code, now=now)
    wanted = request.query_params.get("lang", "")
    set_language(Language(wanted) if wanted in tuple(Language) else asked.language)
    return asked


async def _page(
    request: Request[Any, Any, Any], code: str, asked: Invitation, *, error: Invalid | None = None
) -> Response[bytes]:
    return await render(
        request,
        TEMPLATES[asked.purpose],
        frame=None,
        status=error.status if error else 200,
        asked=asked,
        code=code,
        answers=[(one.value, customer_words.word(one)) for one in CheckInAnswer],
        typed=await forms.typed(request) if error else {},
        wrong=error.fields if error else {},
        problem=_("Something is missing. Look at the marked fields.") if error else "",
    )


routes = (show, answer)
