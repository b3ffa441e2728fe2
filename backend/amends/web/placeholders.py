"""Placeholders in cached HTML, replaced by the values of each response."""

import secrets
from collections.abc import Iterator, Mapping
from itertools import repeat

from markupsafe import Markup, escape

_OURS = secrets.token_hex(16)
"""Made anew by each process and never sent: no text of a stranger's can hold it."""
_MARK = f"[{_OURS} ".encode()


def _placeholder(name: str) -> Markup:
    return Markup(f"[{_OURS} {name}]")  # noqa: S704 - our own words


NONCE, CSRF = _placeholder("nonce"), _placeholder("csrf")
"""For each answer: what lets its scripts run, and what its forms must give back."""

FORM_KEY, PAGE = _placeholder("form-key"), _placeholder("page")
"""For each form: the key under which it is answered once. For each answer: the page with its forms."""

CASE_HREF, CASE_NUMBER = _placeholder("href"), _placeholder("number")
CASE_VERSION = _placeholder("version")
"""For each case: its address, its number, and the version of it that its forms were made for."""

CASE_STEP_WHY = _placeholder("why")
"""For each case: why its next step comes next, with names and dates."""


def replaced(html: str, values: Mapping[Markup, object]) -> bytes:
    """The HTML with each placeholder replaced by a value, which is escaped; one search for all of them.

    An iterator gives each place its next value. In UTF-8: among bytes it is found in half the time.
    """
    texts = {_name_of(placeholder): _texts(value) for placeholder, value in values.items()}
    before, *parts_with_one = html.encode().split(_MARK)
    parts = [before]
    for part in parts_with_one:
        name, _bracket, after = part.partition(b"]")
        parts += (next(texts[name]), after)
    return b"".join(parts)


def _texts(value: object) -> Iterator[bytes]:
    if isinstance(value, Iterator):
        return (escape(each).encode() for each in value)
    return repeat(escape(value).encode())


def _name_of(placeholder: str) -> bytes:
    return placeholder.encode()[len(_MARK) : -1]
