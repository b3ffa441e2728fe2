"""Placeholders in cached HTML, replaced by the values of each response."""

import secrets
from collections.abc import Mapping

from markupsafe import Markup, escape

_OURS = secrets.token_hex(16)
"""Made anew by each process and never sent: no text of a stranger's can hold it."""
_MARK = f"[{_OURS} ".encode()


def _hole(name: str) -> Markup:
    return Markup(f"[{_OURS} {name}]")  # noqa: S704 - our own words


NONCE, CSRF = _hole("nonce"), _hole("csrf")
"""For each answer: what lets its scripts run, and what its forms must give back."""

CASE_HREF, CASE_VERSION = _hole("href"), _hole("version")
"""For each case: its address, and the version of it that its forms were made for."""


def filled(html: str, values: Mapping[Markup, object]) -> bytes:
    """The HTML with each hole filled by a value, which is escaped; one search for all of them.

    In UTF-8: among bytes it is found in half the time.
    """
    texts = {_name_of(hole): escape(value).encode() for hole, value in values.items()}
    kept, *holed = html.encode().split(_MARK)
    parts = [kept]
    for part in holed:
        name, _bracket, after = part.partition(b"]")
        parts += (texts[name], after)
    return b"".join(parts)


def _name_of(hole: str) -> bytes:
    return hole.encode()[len(_MARK) : -1]
