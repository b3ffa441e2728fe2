"""First-run set-up: admin, team and one notification target."""

import hashlib
import hmac
from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from amends.errors import Forbidden, Invalid
from amends.gateways.secrets import Secrets
from amends.i18n import gettext as _
from amends.services.nudge import targets
from amends.services.team import members, sessions, teams
from amends.services.team.members import Member
from amends.settings import Settings
from amends.web import forms, templating
from amends.web.nudge import target_form
from amends.web.requests import program, visit
from amends.web.security import Policy
from amends.web.sessions import cookie
from amends.web.team import team_form
from amends.web.team.team_form import TeamFields


class SetupLinkIsWrong(Forbidden):
    """This page needs the link that was printed when the server started."""


class SetupForm(TeamFields, kw_only=True):
    """The team and its first admin."""

    token: str = ""
    email: str
    name: str
    password: str


def link(settings: Settings) -> str:
    """The address that makes the first admin; good while there is no member (R-59)."""
    return f"{settings.base_url}/setup?token={_token(settings)}"


@get("/setup", opt={"policy": Policy.PUBLIC})
async def show(request: Request[Any, Any, Any], settings: NamedDependency[Settings]) -> Response[Any]:
    """The form, for whoever has the link. Raises SetupLinkIsWrong."""
    if await members.is_anyone():
        return Redirect("/sign-in", status_code=303)
    token = request.query_params.get("token", "")
    _check(token, settings)
    return await _page(request, typed={**team_form.typed_of(None), "token": token})


@post("/setup", opt={"policy": Policy.PUBLIC})
async def set_up(
    request: Request[Any, Any, Any], now: NamedDependency[datetime], settings: NamedDependency[Settings]
) -> Response[Any]:
    """Makes the team and its first admin, and signs them in; of two who try, one succeeds."""
    typed: dict[str, Any] = await forms.typed(request)
    _check(typed.get("token", ""), settings)
    try:
        form = await forms.decode(request, SetupForm)
        first = teams.FirstAdmin(email=form.email, name=form.name, password=form.password)
        admin = await teams.set_up(first, form.team(), now=now)
    except Invalid as error:
        return await _page(request, typed=await team_form.typed_again(request), error=error)
    signed_in = await sessions.begin_for(
        admin, address=visit(request).address, program=program(request), now=now
    )
    return Redirect("/setup/nudges", status_code=303, cookies=[cookie(signed_in.token, settings)])


@get("/setup/nudges", opt={"policy": Policy.ADMIN})
async def show_nudges(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The second step: one place where the team is nudged, and a test of it."""
    return await _nudges_page(request, typed={"position": "1"})


@post("/setup/nudges", opt={"policy": Policy.ADMIN})
async def add_target(
    request: Request[Any, Any, Any],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
    secrets: NamedDependency[Secrets],
) -> Response[Any]:
    """Keeps the place, sealed, for the team."""
    try:
        form = await forms.decode(request, target_form.TargetForm)
        await targets.add(
            form.full_address(), member=None, name=form.name, position=1, by=member, now=now, secrets=secrets
        )
    except Invalid as error:
        return await _nudges_page(request, typed=await forms.typed(request), error=error)
    return Redirect("/setup/nudges?notice=saved", status_code=303)


async def _page(
    request: Request[Any, Any, Any], *, typed: dict[str, Any], error: Invalid | None = None
) -> Response[bytes]:
    return await templating.render(
        request,
        "setup/index.html",
        status=error.status if error else 200,
        typed=typed,
        wrong=error.fields if error else {},
        error=error.detail if error else "",
        **team_form.options(),
    )


async def _nudges_page(
    request: Request[Any, Any, Any], *, typed: dict[str, str], error: Invalid | None = None
) -> Response[bytes]:
    return await templating.render(
        request,
        "setup/nudges.html",
        status=error.status if error else 200,
        targets=target_form.rows(await targets.of_team(), now=visit(request).now),
        typed=typed,
        wrong=error.fields if error else {},
    )


def _token(settings: Settings) -> str:
    return hmac.new(settings.secret_key.encode(), b"setup\0", hashlib.sha256).hexdigest()


def _check(token: str, settings: Settings) -> None:
    if not hmac.compare_digest(token.encode("utf-8", "replace"), _token(settings).encode()):
        raise SetupLinkIsWrong(
            _("Open the link that was printed when the server started; it ends with a long token.")
        )


routes = (show, set_up, show_nudges, add_target)
