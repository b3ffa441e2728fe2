"""Sign in and sign out."""

from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from amends.errors import AmendsError
from amends.services.team import members, sessions
from amends.settings import Settings
from amends.web import forms, templating
from amends.web.requests import is_own_path, program, visit
from amends.web.security import Policy
from amends.web.sessions import cookie, no_cookies


class SignInForm(msgspec.Struct):
    """What one types to come in."""

    email: str
    password: str
    next: str = "/"


@get("/sign-in", opt={"policy": Policy.PUBLIC})
async def show(request: Request[Any, Any, Any]) -> Response[Any]:
    """The form; whoever is signed in already goes on."""
    if visit(request).member is not None:
        return Redirect(safe_next(request, request.query_params.get("next", "/")), status_code=303)
    return await _page(request, typed={"next": request.query_params.get("next", "/")})


@post("/sign-in", opt={"policy": Policy.PUBLIC})
async def sign_in(
    request: Request[Any, Any, Any], now: NamedDependency[datetime], settings: NamedDependency[Settings]
) -> Response[Any]:
    """Checks the password and begins a session under a new token."""
    known = visit(request)
    try:
        form = await forms.decode(request, SignInForm)
        signed_in = await sessions.sign_in(
            form.email, form.password, address=known.address, program=program(request), now=now
        )
    except AmendsError as error:
        return await _page(request, typed=await forms.typed(request), error=error)
    await sessions.sign_out(known.session_token)
    return Redirect(
        safe_next(request, form.next), status_code=303, cookies=[cookie(signed_in.token, settings)]
    )


@post("/sign-out", opt={"policy": Policy.SIGNED_IN})
async def sign_out(request: Request[Any, Any, Any], settings: NamedDependency[Settings]) -> Redirect:
    """Ends the session here and in the database."""
    await sessions.sign_out(visit(request).session_token)
    return Redirect("/sign-in?notice=signed-out", status_code=303, cookies=no_cookies(settings))


def safe_next(request: Request[Any, Any, Any], given: str) -> str:
    """The address when it is a page of ours, else Today: never anybody else's (R-18)."""
    if not is_own_path(given):
        return "/"
    parts = urlsplit(given)
    try:
        request.app.asgi_router.handle_routing(path=unquote(parts.path), method="GET")
    except HTTPException:
        return "/"
    is_own = not parts.scheme and not parts.netloc and not parts.path.startswith(("/api/", "/sign-"))
    return given if is_own else "/"


async def _page(
    request: Request[Any, Any, Any], *, typed: dict[str, str], error: AmendsError | None = None
) -> Response[bytes]:
    page = await templating.render(
        request,
        "sign_in/index.html",
        status=error.status if error else 200,
        typed=typed,
        error=error.detail if error else "",
        wrong=getattr(error, "fields", {}),
        is_set_up=await members.is_anyone(),
    )
    if error and (seconds := error.extra.get("retry_after")):
        page.headers["retry-after"] = str(seconds)
    return page


routes = (show, sign_in, sign_out)
