"""Maximum length of each field of a capture; `longest` in extension/content/page.js has the same numbers."""

from collections.abc import Iterable, Sized
from typing import TypeVar

import msgspec

from amends.rules.capture.links import LONGEST
from amends.rules.case.texts import KEPT_CHARACTERS, NAME_CHARACTERS, clean, clean_name

Entry = TypeVar("Entry")


class Limits(msgspec.Struct, frozen=True, rename="camel"):
    """Characters of words, entries of lists, levels of what is nested."""

    text: int = KEPT_CHARACTERS
    quoted: int = 10_000
    title: int = 500
    name: int = NAME_CHARACTERS
    """Of the author's name and handle, and of a reader."""
    time: int = 200
    particular: int = 2_000
    """A text in the surroundings of a post."""
    key: int = 40
    """The name of such a text, of a figure, or of what is missing."""
    language: int = 35
    note: int = 10_000
    address: int = LONGEST
    id: int = 4_100
    """Of a post: as long as an address, with what tells one item of a page from the others."""
    entries: int = 50
    """Pictures, figures, missing parts, and texts on each level of the surroundings."""
    depth: int = 4
    """Levels of the surroundings, with the outermost."""


LIMITS = Limits()


class Shortening:
    """Cuts fields of a capture to their limits, and remembers which of them were too long."""

    def __init__(self, told: Iterable[str]) -> None:
        self.fields = {clean_name(name)[: LIMITS.key] for name in list(told)[: LIMITS.entries]}

    def line(self, field: str, text: str | None, limit: int) -> str:
        """A name or title on one line."""
        self._compare(field, clean_name(text or "", limit=limit + 1), limit)
        return clean_name(text or "", limit=limit)

    def text(self, field: str, text: str, limit: int) -> str:
        """A text of several lines."""
        kept = clean(text, limit=limit)
        if kept.truncated:
            self.fields.add(field)
        return kept.text

    def exact(self, field: str, text: str | None, limit: int) -> str:
        """What would be another thing when cut, such as an address or a handle: whole, or left out."""
        whole = text or ""
        self._compare(field, whole, limit)
        return whole if len(whole) <= limit else ""

    def entries(self, field: str, listed: Iterable[Entry]) -> list[Entry]:
        """The first entries of a list."""
        whole = list(listed)
        self._compare(field, whole, LIMITS.entries)
        return whole[: LIMITS.entries]

    def _compare(self, field: str, whole: Sized, limit: int) -> None:
        if len(whole) > limit:
            self.fields.add(field)
