"""Choosing a password by an invitation or reset link."""

from datetime import datetime
from typing import Any, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.errors import Invalid
from amends.services.team import codes, members, sessions
from amends.settings import Settings
from amends.web import forms, templating
from amends.web.requests import program, visit
from amends.web.security import Policy
from amends.web.sessions import cookie


class PasswordForm(msgspec.Struct):
    """The link's own words, and the new password."""

    purpose: Literal["invite", "reset"]
    code: str
    password: str


def link(purpose: codes.Purpose, code: str, settings: Settings) -> str:
    """The address to give to the member; it is good once (R-16, R-17)."""
    return f"{settings.base_url}/password?purpose={purpose}&code={code}"


@get("/password", opt={"policy": Policy.PUBLIC})
async def show(request: Request[Any, Any, Any], now: NamedDependency[datetime]) -> Response[bytes]:
    """The form, as long as the link is good. Raises CodeIsSpent."""
    asked = request.query_params
    purpose: codes.Purpose = "reset" if asked.get("purpose") == "reset" else "invite"
    return await _page(request, purpose=purpose, code=asked.get("code", ""), now=now)


@post("/password", opt={"policy": Policy.PUBLIC})
async def choose(
    request: Request[Any, Any, Any], now: NamedDependency[datetime], settings: NamedDependency[Settings]
) -> Response[Any]:
    """Sets the password, ends every other session, and signs the member in here."""
    try:
        form = await forms.decode(request, PasswordForm)
        member = await members.choose_password(form.purpose, form.code, form.password, now=now)
    except Invalid as error:
        typed = await forms.typed(request)
        purpose: codes.Purpose = "reset" if typed.get("purpose") == "reset" else "invite"
        return await _page(request, purpose=purpose, code=typed.get("code", ""), now=now, error=error)
    signed_in = await sessions.begin_for(
        member, address=visit(request).address, program=program(request), now=now
    )
    return Redirect("/?notice=password", status_code=303, cookies=[cookie(signed_in.token, settings)])


async def _page(
    request: Request[Any, Any, Any],
    *,
    purpose: codes.Purpose,
    code: str,
    now: datetime,
    error: Invalid | None = None,
) -> Response[bytes]:
    owner = await members.find(await codes.owner_of(purpose, code, now=now))
    return await templating.render(
        request,
        "password/index.html",
        status=error.status if error else 200,
        owner=owner,
        purpose=purpose,
        code=code,
        wrong=error.fields if error else {},
    )


routes = (show, choose)
