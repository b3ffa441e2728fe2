"""Cookie of the colour theme of this browser: light, dark, or as the system has it."""

from datetime import timedelta
from enum import StrEnum

from litestar.datastructures import Cookie
from litestar.types import HTTPScope

from amends.web.requests import cookie_of

NAME = "amends_theme"
KEPT_FOR = timedelta(days=365)


class Theme(StrEnum):
    """What the member chose for this browser."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def theme_of(scope: HTTPScope) -> Theme:
    """The theme of the browser that asks; the system's where it says none that is known."""
    value = cookie_of(scope, NAME)
    return Theme(value) if value in tuple(Theme) else Theme.SYSTEM


def cookie(theme: Theme, *, is_secure: bool) -> Cookie:
    """Keeps the theme in the browser for a year."""
    return Cookie(
        key=NAME,
        value=theme,
        max_age=int(KEPT_FOR.total_seconds()),
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )
