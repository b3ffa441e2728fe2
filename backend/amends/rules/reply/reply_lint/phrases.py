"""Compilation of tables of phrases into regular expressions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from amends.rules.reply.reply_lint.findings import LintRule

GAP = r" (?:[^\s.,;:!?]{1,24} ){0,3}"
"""What `… ` in a phrase stands for: up to three words between two. Bounded, so that looking stays linear."""


@dataclass(frozen=True, slots=True, eq=False)
class Phrases:
    """What one language says; every phrase is a small regular expression over plain letters.

    `vows` promise something whenever; `vows_when_dated` only beside a date, as "I call you tomorrow" does.
    `invites` lead to a private place, `theirs` tell that an address or number is the customer's own.
    `regrets` are apologies in full. `gifts` and `revisions` together offer something for another review, and
    so they do in neighbouring sentences when one of `conditions` joins them.
    """

    wording: Mapping[LintRule, Sequence[str]]
    vows: Sequence[str]
    vows_when_dated: Sequence[str]
    invites: Sequence[str]
    theirs: Sequence[str]
    regrets: Sequence[str]
    gifts: Sequence[str]
    revisions: Sequence[str]
    conditions: Sequence[str]
    loud: frozenset[str]
    days: Mapping[str, str]


@cache
def found_by(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One expression that finds any of these phrases as whole words."""
    either = "|".join(phrase.replace("… ", GAP) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def find(phrases: Sequence[str], plain: str) -> re.Match[str] | None:
    """The first of these phrases in plain letters."""
    return found_by(tuple(phrases)).search(plain)
