"""Session cookie and CSRF token."""

import hmac

from litestar.datastructures import Cookie

from amends.services.team import sessions
from amends.settings import Settings


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds the cookie to this host and to https; browsers refuse it over plain http (R-13)."""
    return "__Host-session" if settings.is_secure else "session"


def cookie(token: str, settings: Settings) -> Cookie:
    """The cookie that carries a new session; it ends with the session's longest life."""
    return Cookie(
        key=cookie_name(settings),
        value=token,
        max_age=int(sessions.LONGEST.total_seconds()),
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def no_cookie(settings: Settings) -> Cookie:
    """Takes the cookie away."""
    gone = cookie("", settings)
    gone.max_age = 0
    return gone


def csrf_token(session_token: str, settings: Settings) -> str:
    """What a form of this session must give back: another session's is worth nothing (R-30)."""
    if not session_token:
        return ""
    message = b"csrf\0" + session_token.encode("utf-8", "replace")
    return hmac.digest(settings.secret_key.encode(), message, "sha256").hex()
