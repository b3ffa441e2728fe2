"""Sign in and sign out."""

from typing import Any
from urllib.parse import unquote

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from amends.services.team import codes, members, providers, second_factors, sessions
from amends.services.team.members import Member
from amends.services.team.sessions import AwaitsCode
from amends.web import known_browsers, passkey_site
from amends.web.page_kit import NOTHING_TYPED, Here, Typed, redisplayed
from amends.web.requests import address_parts, is_own_path, program
from amends.web.security import Policy
from amends.web.sessions import no_cookies


class SignInForm(msgspec.Struct):
    """What one types to come in."""

    email: str
    password: str
    next: str = "/"
    keep: bool = False


class CodeForm(msgspec.Struct):
    """The code of the second factor, and what names the try whose password was right."""

    token: str
    code: str
    next: str = "/"
    keep: bool = False


async def page(here: Here, *, typed: Typed = NOTHING_TYPED) -> Response[bytes]:
    """The form, and the other ways to sign in that there are here."""
    return await here.render(
        "sign_in/index.html",
        status=typed.status,
        typed=typed.values or {"next": here.query.get("next", "/")},
        error=typed.detail,
        wrong=typed.errors,
        providers=await providers.at_work(),
        has_passkeys=passkey_site.is_possible(here.settings),
        is_set_up=await members.is_anyone(),
        may_stay=await sessions.may_stay(),
    )


@get("/sign-in", opt={"policy": Policy.PUBLIC})
async def show(here: NamedDependency[Here]) -> Response[Any]:
    """The form; whoever is signed in already goes on."""
    if here.visit.member is not None:
        return Redirect(safe_next(here.request, here.query.get("next", "/")), status_code=303)
    return await page(here)


@post("/sign-in", opt={"policy": Policy.PUBLIC})
@redisplayed(page)
async def sign_in(here: NamedDependency[Here]) -> Response[Any]:
    """Checks the password and begins a session under a new token."""
    form = await here.form(SignInForm)
    begun = await sessions.sign_in(
        form.email,
        form.password,
        address=here.visit.address,
        program=program(here.request),
        now=here.now,
        browser=known_browsers.known_browser(here.request.scope, here.settings, now=here.now),
        keep=form.keep,
    )
    if isinstance(begun, AwaitsCode):
        return await code_page(here, begun, form.next)
    return await go_on(here, begun, form.next)


async def code_page(here: Here, awaits: AwaitsCode, following: str) -> Response[bytes]:
    """The form for the code of the second factor; `following` is the page that was asked for."""
    values = {"token": awaits.token, "keep": "on" if awaits.keep else "", "next": following}
    return await code_form_page(here, typed=Typed(values=values))


async def code_form_page(here: Here, *, typed: Typed) -> Response[bytes]:
    """That form, and what asks for a passkey of the member instead. Raises CodeIsSpent."""
    token = typed.values.get("token", "")
    member = await members.find(await codes.owner_of("code", token, now=here.now))
    return await here.render(
        "sign_in/code.html",
        status=typed.status,
        options=await passkey_site.options(here, "second", member),
        typed=typed.values,
        error=typed.detail,
        wrong=typed.errors,
    )


@post("/sign-in/code", opt={"policy": Policy.PUBLIC})
@redisplayed(code_form_page)
async def type_code(here: NamedDependency[Here]) -> Response[Any]:
    """Checks the code of the second factor and begins a session."""
    form = await here.form(CodeForm)
    begun = await sessions.sign_in_by_code(
        AwaitsCode(form.token, form.keep),
        form.code,
        here.secrets,
        address=here.visit.address,
        program=program(here.request),
        now=here.now,
    )
    return await go_on(here, begun, form.next)


async def go_on(here: Here, begun: sessions.SignedIn, following: str) -> Redirect:
    """To the page that was asked for; what the browser held before has ended."""
    await sessions.sign_out(here.visit.session_token, now=here.now)
    answer = Redirect(safe_next(here.request, following), status_code=303)
    answer.cookies.extend(_cookies(here, begun))
    return answer


@post("/sign-out", opt={"policy": Policy.ACCOUNT})
async def sign_out(here: NamedDependency[Here]) -> Redirect:
    """Ends the session here and in the database."""
    await sessions.sign_out(here.visit.session_token, now=here.now)
    return Redirect("/sign-in?notice=signed-out", status_code=303, cookies=no_cookies(here.settings))


async def signed_in(here: Here, member: Member, page: str, *, how: str = "link") -> Response[Any]:
    """To a page, in a new session; neither a link nor a provider replaces a second factor (R-16)."""
    if await second_factors.is_on(member.id):
        return await code_page(here, await sessions.awaits_code(member, now=here.now), page)
    begun = await sessions.begin_for(
        member, address=here.visit.address, program=program(here.request), now=here.now, how=how
    )
    return Redirect(page, status_code=303, cookies=_cookies(here, begun))


def _cookies(here: Here, begun: sessions.SignedIn) -> list[Cookie]:
    return known_browsers.cookies_of(begun, here.request.scope, here.settings, now=here.now)


def safe_next(request: Request[Any, Any, Any], given: str) -> str:
    """The address when it is a page of ours, else Today: never anybody else's (R-18)."""
    if not is_own_path(given):
        return "/"
    parts = address_parts(given)
    try:
        request.app.asgi_router.handle_routing(path=unquote(parts.path), method="GET")
    except HTTPException:
        return "/"
    is_own = not parts.scheme and not parts.netloc and not parts.path.startswith(("/api/", "/sign-"))
    return given if is_own else "/"


routes = (show, sign_in, type_code, sign_out)
