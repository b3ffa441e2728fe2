"""How the facts of a case and the figures of a day are kept in rows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from amends.rules.insight.case_facts import CaseFact, Event, Flag, Measure
from amends.rules.insight.counted import BITS
from amends.rules.insight.day_figures import Figures


def bits(flags: Iterable[Flag]) -> int:
    """The flags of a case as they are kept."""
    return sum(BITS[flag] for flag in flags)


def fact_of(
    row: Mapping[str, Any], *, events: Iterable[tuple[date, str]], themes: Iterable[object]
) -> CaseFact:
    """A case as it was counted; `events` and `themes` are in rows of their own."""
    return CaseFact(
        number=row["number"],
        day=row["day"],
        platform=row["platform"],
        severity=row["severity"],
        lang=row["lang"],
        flags=frozenset(flag for flag, bit in BITS.items() if row["flags"] & bit),
        times={Measure(name): number for name, number in msgspec.json.decode(row["times"]).items()},
        events=tuple((day, Event(event)) for day, event in events),
        themes=tuple(str(theme) for theme in themes),
        location=str(row["location"] or ""),
    )


def columns_of(figures: Figures) -> tuple[dict[str, int], dict[str, int], dict[str, dict[str, int]]]:
    """Flags, events and times of a day as JSON keeps them."""
    flags = {flag.value: n for flag, n in figures.flags.items()}
    events = {event.value: n for event, n in figures.events.items()}
    times = {
        measure.value: {str(number): n for number, n in counts.items()}
        for measure, counts in figures.times.items()
    }
    return flags, events, times


def figures_of(row: Mapping[str, Any]) -> Figures:
    """The figures of a day from a row whose JSON columns were selected as text."""
    flags, events, times = (msgspec.json.decode(row[name]) for name in ("flags", "events", "times"))
    return Figures(
        Counter({Flag(name): n for name, n in flags.items()}),
        Counter({Event(name): n for name, n in events.items()}),
        {
            Measure(name): Counter({int(number): n for number, n in counts.items()})
            for name, counts in times.items()
        },
    )
