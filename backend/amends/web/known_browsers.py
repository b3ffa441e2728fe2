"""Cookie of a known browser: who signed in here before has a budget of failed sign-ins of their own."""

import hmac
import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from litestar.datastructures import Cookie
from litestar.types import HTTPScope

from amends.services.team.sessions import KnownBrowser, SignedIn
from amends.settings import Settings
from amends.web import sessions
from amends.web.requests import cookie_of

KNOWN_FOR = timedelta(days=365)


def cookie_name(settings: Settings) -> str:
    """Over https bound to this host, as the session's cookie."""
    return "__Host-known" if settings.is_secure else "known"


def cookie(member: UUID, settings: Settings, *, now: datetime, known: KnownBrowser | None = None) -> Cookie:
    """Says that this member has signed in here, signed by us; it opens nothing. One that is `known` stays."""
    browser = known.id if known and known.member == member else secrets.token_hex(16)
    told = f"{member.hex}.{browser}.{int(now.timestamp())}"
    return Cookie(
        key=cookie_name(settings),
        value=f"{told}.{_signature(told, settings)}",
        max_age=int(KNOWN_FOR.total_seconds()),
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def cookies_of(signed_in: SignedIn, scope: HTTPScope, settings: Settings, *, now: datetime) -> list[Cookie]:
    """What the browser of somebody who has just signed in is given: the session, and that it is known."""
    known = known_browser(scope, settings, now=now)
    return [
        sessions.cookie(signed_in.token, settings, kept=signed_in.kept),
        cookie(signed_in.member.id, settings, now=now, known=known),
    ]


def known_browser(scope: HTTPScope, settings: Settings, *, now: datetime) -> KnownBrowser | None:
    """Whose browser this is by its cookie; None without one, after a year, or when we did not sign it."""
    told, _dot, signature = cookie_of(scope, cookie_name(settings)).rpartition(".")
    if not hmac.compare_digest(signature.encode(), _signature(told, settings).encode()):
        return None
    member, browser, since = told.split(".")
    if now - datetime.fromtimestamp(int(since), UTC) > KNOWN_FOR:
        return None
    return KnownBrowser(id=browser, member=UUID(hex=member))


def _signature(told: str, settings: Settings) -> str:
    message = b"known browser\0" + told.encode("utf-8", "replace")
    return hmac.digest(settings.secret_key.encode(), message, "sha256").hex()
