"""Who is meant by the names after an @?"""

import re
from collections.abc import Mapping
from typing import TypeVar

from amends.rules.searches import words_of

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
        said = " " + words_of(text[at.end() : at.end() + REACH]) + " "
        name = _longest(said, list(members))
        if name:
            found.setdefault(name, members[name])
    return list(found.values())


def _longest(said: str, names: list[str]) -> str | None:
    whole = [name for name in names if (folded := words_of(name)) and said.startswith(f" {folded} ")]
    if whole:
        return max(whole, key=len)
    first = [name for name in names if (words := words_of(name).split()) and said.startswith(f" {words[0]} ")]
    return first[0] if len(first) == 1 else None
