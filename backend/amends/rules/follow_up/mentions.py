"""Mentions: the members meant by the names after an @."""

import re
from collections.abc import Mapping
from typing import TypeVar

from amends.rules.case.searches import words_in

Member = TypeVar("Member")

AT = re.compile(r"(?<!\w)@(?=\w)")
REACH = 80
"""Letters after an @ in which a name may stand."""


def mentioned(text: str, members: Mapping[str, Member]) -> list[Member]:
    """The members whose name follows an @, in their order, each once: the whole name, or a first name that
    only one of them has. Case and accents do not count; an address such as a@b is no mention.
    """
    found: dict[str, Member] = {}
    for at in AT.finditer(text):
        said = words_in(text[at.end() : at.end() + REACH])
        if name := _meant(said, {name: words_in(name) for name in members}):
            found.setdefault(name, members[name])
    return list(found.values())


def _meant(said: list[str], names: Mapping[str, list[str]]) -> str | None:
    whole = [name for name, words in names.items() if words and said[: len(words)] == words]
    if whole:
        return max(whole, key=len)
    first = [name for name, words in names.items() if words[:1] == said[:1]]
    return first[0] if len(first) == 1 else None
