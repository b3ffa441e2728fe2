"""Figures of one day, added up from the cases: all, by platform, theme, severity, language, location."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from amends.rules.insight.case_facts import CaseFact, Event, Flag, Measure, main_language


class Dimension(StrEnum):
    """By what figures are split, one at a time: a case with several themes counts in each of them."""

    ALL = "all"
    PLATFORM = "platform"
    THEME = "theme"
    SEVERITY = "severity"
    LANG = "lang"
    LOCATION = "location"


Cell = tuple[Dimension, str]
"""A dimension and one of its values; of ALL the empty one."""


@dataclass(slots=True)
class Figures:
    """Counts of one day or of several, and how many times of each measure fell into each bucket."""

    flags: Counter[Flag] = field(default_factory=Counter)
    events: Counter[Event] = field(default_factory=Counter)
    times: dict[Measure, Counter[int]] = field(default_factory=dict)

    def add(self, other: "Figures") -> None:
        """Adds those of another day, or of other cases."""
        self.flags.update(other.flags)
        self.events.update(other.events)
        for measure, counts in other.times.items():
            self.times.setdefault(measure, Counter()).update(counts)


OVERLAPPING = frozenset({Dimension.THEME})
"""Dimensions whose lines need not add up to all: a case may have several of these, or none."""


def cells(fact: CaseFact) -> Iterator[Cell]:
    """Where a case counts."""
    yield from standing_cells(fact.platform, fact.severity, fact.lang, fact.location)
    for theme in fact.themes:
        yield Dimension.THEME, theme


def standing_cells(platform: str, severity: str | None, lang: str, location: object) -> Iterator[Cell]:
    """Where a case counts by its columns."""
    yield Dimension.ALL, ""
    yield Dimension.PLATFORM, platform
    yield Dimension.SEVERITY, severity or ""
    yield Dimension.LANG, main_language(lang)
    if location:  # a team without locations has no rows of them
        yield Dimension.LOCATION, str(location)


def of_day(day: date, facts: Iterable[CaseFact]) -> dict[Cell, Figures]:
    """What was captured on a day and became of it, and what happened on that day, by cell.

    `facts` are those of the cases that were captured then or to which something happened then.
    """
    found: dict[Cell, Figures] = {}
    for fact in facts:
        mine = _figures(day, fact)
        for cell in cells(fact):
            found.setdefault(cell, Figures()).add(mine)
    return found


def _figures(day: date, fact: CaseFact) -> Figures:
    events = Counter(event for when, event in fact.events if when == day)
    if fact.day != day:
        return Figures(events=events)
    times = {measure: Counter({number: 1}) for measure, number in fact.times.items()}
    return Figures(Counter(fact.flags), events, times)


def total(several: Iterable[Figures]) -> Figures:
    """All of them together."""
    found = Figures()
    for one in several:
        found.add(one)
    return found
