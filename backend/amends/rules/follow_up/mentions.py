"""Mentions: the members meant by the names after an @, and the names that mean nobody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from amends.rules.case.searches import words_in

AT = re.compile(r"(?<!\w)@(?=\w)")
REACH = 80
"""Letters after an @ in which a name may stand."""
MOST = 20


class Named(Protocol):
    """Somebody with a name, who may be gone."""

    @property
    def name(self) -> str: ...
    @property
    def disabled(self) -> bool: ...


Member = TypeVar("Member", bound=Named)


class Why(StrEnum):
    """Why a name after an @ reaches nobody."""

    UNKNOWN = "unknown"
    DISABLED = "disabled"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Mentions(Generic[Member]):
    """Who is meant, each once and in their order, and the names as written that reach nobody."""

    members: tuple[Member, ...]
    missed: dict[str, Why]


def mentioned(text: str, members: Sequence[Member]) -> Mentions[Member]:
    """Who is meant by the names after an @: a whole name, or a first name that only one member has.

    Case and accents do not count; an address such as a@b is no mention. Who can no longer sign in is met by
    nobody's first name alone.
    """
    names = [(member, words_in(member.name)) for member in members]
    found: list[Member] = []
    missed: dict[str, Why] = {}
    for at in AT.finditer(text):
        written = text[at.end() : at.end() + REACH]
        meant = _meant(words_in(written), names)
        if isinstance(meant, Why):
            missed.setdefault(re.split(r"[^\w'’-]", written, maxsplit=1)[0], meant)
        elif meant not in found:
            found.append(meant)
    return Mentions(tuple(found[:MOST]), dict(list(missed.items())[:MOST]))


def _meant(said: list[str], names: Sequence[tuple[Member, list[str]]]) -> Member | Why:
    whole = [(member, words) for member, words in names if words and said[: len(words)] == words]
    longest = max((len(words) for _member, words in whole), default=0)
    first = [(member, words) for member, words in names if words[:1] == said[:1]]
    named = [member for member, words in whole if len(words) == longest] or [one for one, _words in first]
    present = [member for member in named if not member.disabled]
    if len(present) == 1:
        return present[0]
    if present:
        return Why.SEVERAL
    return Why.DISABLED if named else Why.UNKNOWN
