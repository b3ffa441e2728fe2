"""Figures by owner: counts and terms only, of enough cases in a large enough team; no time, no ranking."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from amends.rules.team.percentages import percent

LEAST_CASES, LEAST_MEMBERS = 10, 4
"""Of fewer cases chance speaks, in smaller teams everybody knows whose figures they are."""
ABUSE, ABUSE_DAYS = 8, 14
"""Whoever owned more hostile cases than that in so many days is to be offered a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """The cases of a period that somebody owns now: how many, answered, and answered on time."""

    owner: object
    name: str
    cases: int
    answered: int
    in_term: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One's own share of answers on time in hundredths, and the median of the owners; for oneself alone."""

    mine: int
    median: int


def enough(owned: Iterable[Owned], *, members: int) -> list[Owned]:
    """Those of whom something may be shown, by name and never by a figure; nobody in a small team."""
    if members < LEAST_MEMBERS:
        return []
    return sorted((one for one in owned if one.cases >= LEAST_CASES), key=lambda one: one.name.casefold())


def compared(shown: Iterable[Owned], *, me: object) -> Compared | None:
    """Oneself beside the median; None where too few others are in it for it to say nothing of one of them."""
    shares = {one.owner: _share(one) for one in shown if one.answered >= LEAST_CASES}
    if me not in shares or len(shares) < LEAST_MEMBERS:
        return None
    return Compared(shares[me], int(median(shares.values())))


def _share(one: Owned) -> int:
    return percent(one.in_term, one.answered)


def is_much_abuse(hostile: int) -> bool:
    """Whether somebody bears so many hostile cases that a change is to be offered."""
    return hostile > ABUSE
