"""Signing in by a provider, linking it to one's account, and confirming by it."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from amends.errors import AmendsError
from amends.gateways.providers import SandboxedProviders
from amends.i18n import gettext as _
from amends.services.team import codes, proofs, provider_visits, providers, sessions
from amends.services.team.identity_tokens import Identity
from amends.services.team.provider_visits import Away, Back, Purpose, VisitIsOver
from amends.web.confirmation import confirmed
from amends.web.page_kit import Here, Typed, submit_or_redisplay
from amends.web.requests import site
from amends.web.security import Policy
from amends.web.team import sessions as settings
from amends.web.team import sign_in

WAY = "/sign-in/with/{provider_id:uuid}"
LINK = f"{settings.PAGE}/providers"


@get(WAY, opt={"policy": Policy.PUBLIC})
async def leave(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[Any]:
    """To the provider; nothing of it is kept here, but in a cookie that only we can read."""
    here.throttle(site(here.request).passkeys)
    try:
        return await _gone(here, provider_id, "sign-in", following=here.query.get("next", "/"))
    except AmendsError as error:
        return await _refused(here, error)


@post(f"{LINK}/{{provider_id:uuid}}/link", opt={"policy": Policy.ACCOUNT})
@confirmed
async def link(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[Any]:
    """A page that leads to the provider: a form of ours may not lead anywhere else."""
    try:
        provider = await providers.working(provider_id)
        address, away = await _begun(here, provider_id, "link")
    except AmendsError as error:
        return await _refused(here, error)
    page = await here.render("sign_in/linking.html", provider=provider.name, address=address)
    page.cookies.append(_cookie(here, provider_visits.sealed(away, here.secrets)))
    return page


@post(f"{LINK}/{{account_id:uuid}}/unlink", opt={"policy": Policy.ACCOUNT})
@confirmed
@submit_or_redisplay(settings.page, "providers")
async def unlink(here: NamedDependency[Here], account_id: FromPath[UUID]) -> Response[Any]:
    """The provider no longer signs one in."""
    await providers.unlink(here.act, account_id)
    return Redirect(f"{settings.PAGE}?notice=saved#providers", status_code=303)


@get("/confirm/with/{provider_id:uuid}", opt={"policy": Policy.ACCOUNT})
async def confirm(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[Any]:
    """To the provider, which asks again; in a tab of its own, so that the other one keeps what was typed."""
    try:
        return await _gone(here, provider_id, "confirm")
    except AmendsError as error:
        return await _refused(here, error)


@get(f"{WAY}/back", opt={"policy": Policy.PUBLIC})
async def come_back(here: NamedDependency[Here], provider_id: FromPath[UUID]) -> Response[Any]:
    """What the provider says of whoever comes back; good or bad, the cookie is used up."""
    here.throttle(site(here.request).passkeys)
    try:
        answer = await _arrived(here, provider_id)
    except AmendsError as error:
        answer = await _refused(here, error)
    answer.cookies.append(_cookie(here, ""))
    return answer


async def _arrived(here: Here, provider_id: UUID) -> Response[Any]:
    away = provider_visits.opened(here.request.cookies.get(_name(here), ""), provider_id, here.secrets)
    if away.purpose != "sign-in" and away.session != codes.hash_of(here.visit.session_token):
        raise VisitIsOver(_("This took too long, or did not begin here. Begin again."))
    back = Back(**{name: here.query.get(name, "") for name in Back.__struct_fields__})
    asked, base_url = _asked(here), here.settings.base_url
    found = await provider_visits.identity(away, back, asked, here.secrets, base_url=base_url, now=here.now)
    return await ARRIVALS[away.purpose](here, away, found)


async def _sign_in(here: Here, away: Away, found: Identity) -> Response[Any]:
    """A session; where the member has a second factor, that is asked for too."""
    member = await provider_visits.member_of(away, found, now=here.now)
    await sessions.sign_out(here.visit.session_token, now=here.now)
    return await sign_in.signed_in(here, member, sign_in.safe_next(here.request, away.next), how="provider")


async def _link(here: Here, away: Away, found: Identity) -> Response[Any]:
    await provider_visits.link(away, found, here.member, now=here.now)
    return Redirect(f"{settings.PAGE}?notice=saved#providers", status_code=303)


async def _confirm(here: Here, away: Away, found: Identity) -> Response[Any]:
    if not await provider_visits.is_theirs(away, found, here.member):
        raise provider_visits.NotLinked(_("This is not the account that is linked to yours."))
    await proofs.by_provider(here.visit.session_token, now=here.now)
    return await here.render("confirm/done.html")


Arrival = Callable[[Here, Away, Identity], Awaitable[Response[Any]]]
ARRIVALS: dict[Purpose, Arrival] = {"sign-in": _sign_in, "link": _link, "confirm": _confirm}


async def _gone(here: Here, provider_id: UUID, purpose: Purpose, *, following: str = "/") -> Response[Any]:
    address, away = await _begun(here, provider_id, purpose, following=following)
    answer: Response[Any] = Redirect(address, status_code=303)
    answer.cookies.append(_cookie(here, provider_visits.sealed(away, here.secrets)))
    return answer


async def _begun(
    here: Here, provider_id: UUID, purpose: Purpose, *, following: str = "/"
) -> tuple[str, Away]:
    return await provider_visits.begin(
        await providers.working(provider_id),
        purpose,
        _asked(here),
        base_url=here.settings.base_url,
        session="" if purpose == "sign-in" else codes.hash_of(here.visit.session_token),
        following=following[:500],
        now=here.now,
    )


async def _refused(here: Here, error: AmendsError) -> Response[Any]:
    """What went wrong: on the page for signing in, where the password still works, or beside the settings."""
    if here.visit.member is None:
        return await sign_in.page(here, typed=Typed(detail=error.detail, status=error.status))
    return await here.render("sign_in/provider_refused.html", status=error.status, error=error.detail)


def _asked(here: Here) -> SandboxedProviders:
    return SandboxedProviders(here.settings.allow_private_targets)


def _name(here: Here) -> str:
    return "__Host-amends_provider" if here.settings.is_secure else "amends_provider"


def _cookie(here: Here, value: str) -> Cookie:
    """`Lax`: a stricter one does not come back from another site."""
    return Cookie(
        key=_name(here),
        value=value,
        path="/",
        max_age=int(provider_visits.AWAY_FOR.total_seconds()) if value else 0,
        secure=here.settings.is_secure,
        httponly=True,
        samesite="lax",
    )


routes = (leave, link, unlink, confirm, come_back)
