"""Session cookie and CSRF token."""

import hmac
from dataclasses import replace

from litestar.datastructures import Cookie

from amends.rules.team.signed_in import life_of
from amends.settings import Settings


def cookie_name(settings: Settings) -> str:
    """Our own name: browsers give the cookies of one host to the programs on all its ports.

    `__Host-` binds the cookie to this host and to https; browsers refuse it over plain http (R-13).
    """
    return "__Host-amends_session" if settings.is_secure else "amends_session"


def former_name(settings: Settings) -> str:
    """The name that the cookie had at first: who signed in under it stays so until that session ends."""
    return "__Host-session" if settings.is_secure else "session"


def cookie(token: str, settings: Settings, *, kept: bool = False) -> Cookie:
    """The cookie that carries a new session; it ends with the session's longest life."""
    return Cookie(
        key=cookie_name(settings),
        value=token,
        max_age=int(life_of(kept=kept).longest.total_seconds()),
        path="/",
        secure=settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def no_cookies(settings: Settings) -> list[Cookie]:
    """Takes the cookie away, and that of the former name."""
    gone = replace(cookie("", settings), max_age=0)
    return [gone, replace(gone, key=former_name(settings))]


def csrf_token(session_token: str, settings: Settings) -> str:
    """What a form of this session must give back: another session's is worth nothing (R-30)."""
    if not session_token:
        return ""
    message = b"csrf\0" + session_token.encode("utf-8", "replace")
    return hmac.digest(settings.secret_key.encode(), message, "sha256").hex()
