"""Customer pages: a customer without an account, by a link."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import cast
from urllib.parse import parse_qsl, urlsplit

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import structs

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.i18n import language, set_language
from amends.rules.person.customer_links import CheckInAnswer, Purpose
from amends.rules.team import policies as policy_rules
from amends.rules.vocabulary import Language
from amends.services.team import logos, policies
from amends.services.workflow import customers
from amends.services.workflow.customers import CheckIn, HandOff, Invitation, LinkGone
from amends.web import form_keys
from amends.web.case import fields_view
from amends.web.forms import OWN_FIELD
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.person.labels import customers as customer_words
from amends.web.requests import site
from amends.web.security import Policy
from amends.web.templating import query

PAGE = "/h/{code:str}"
Handler = Callable[..., Awaitable[Response[bytes]]]
TEMPLATES = {Purpose.HAND_OFF: "customers/hand_off.html", Purpose.CHECK_IN: "customers/check_in.html"}


async def _page(here: Here, *, code: str, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    asked = await _opened(here, code)
    reference = customer_words.word(policy_rules.reference(await policies.current()))
    return await here.render(
        TEMPLATES[asked.purpose],
        frame=None,
        status=typed.status,
        asked=asked,
        logo=await logos.version(),
        code=code,
        fields=fields_view.asked(asked.fields, typed, first=reference),
        answers=[(one.value, customer_words.word(one)) for one in CheckInAnswer],
        typed=typed.values,
        wrong=typed.errors,
        problem=_("Something is missing or wrong. Check the marked fields.") if typed.detail else "",
    )


def _told_when_gone(handler: Handler) -> Handler:
    """Decorates a handler: a link that is no longer good leads to the team's own page, not to one of ours."""

    @wraps(handler)
    async def shown(here: Here, code: str) -> Response[bytes]:
        try:
            return await handler(here, code=code)
        except LinkGone:
            asked = await customers.thanked(Purpose.HAND_OFF, Language(language()))
            logo = await logos.version()
            return await here.render(
                "customers/gone.html", frame=None, status=LinkGone.status, asked=asked, logo=logo
            )

    return shown


@get(PAGE, opt={"policy": Policy.PUBLIC})
@_told_when_gone
async def show(here: NamedDependency[Here], code: FromPath[str]) -> Response[bytes]:
    """The form of the link, in the customer's language; looking changes nothing."""
    here.throttle(site(here.request).customers)
    return await _page(here, code=code)


@post(PAGE, opt={"policy": Policy.PUBLIC})
@_told_when_gone
@redisplayed(_page, only=Invalid)
async def answer(here: NamedDependency[Here], code: FromPath[str]) -> Response[bytes]:
    """What they wrote lands on the case, once, also where the page is loaded again."""
    here.throttle(site(here.request).customers)
    kept = cast(Redirect, await form_keys.once(here.request, lambda: _kept(here, code), sender=code))
    said = dict(parse_qsl(urlsplit(kept.url).query))
    set_language(Language(said["lang"]))
    asked = await customers.thanked(Purpose(said["purpose"]), Language(said["lang"]))
    logo = await logos.version()
    thanks = await here.render("customers/thanks.html", frame=None, asked=asked, logo=logo)
    thanks.cookies.extend(kept.cookies)
    return thanks


async def _kept(here: Here, code: str) -> Redirect:
    """Where it leads is remembered without the code: the link may be spent when the form comes again."""
    asked = await _opened(here, code)
    if asked.purpose is Purpose.HAND_OFF:
        typed = await here.typed()
        own = {
            name.removeprefix(OWN_FIELD): value for name, value in typed.items() if name.startswith(OWN_FIELD)
        }
        given = structs.replace(await here.form(HandOff), fields=own)
        await customers.hand_off(code, given, now=here.now)
    else:
        await customers.check_in(code, await here.form(CheckIn), now=here.now)
    return Redirect(f"/h{query({'purpose': asked.purpose, 'lang': language()})}", status_code=303)


async def _opened(here: Here, code: str) -> Invitation:
    """The link's invitation, spoken in its language or, with `?lang=`, in the other one."""
    asked = await customers.open_link(code, now=here.now)
    wanted = here.query.get("lang", "")
    spoken = Language(wanted) if wanted in tuple(Language) else asked.language
    set_language(spoken)
    return asked if spoken is asked.language else await customers.thanked(asked.purpose, spoken)


routes = (show, answer)
