"""Strip above the conversation of a case: who spoke when, on one line from the first entry to now."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from amends.i18n import ngettext
from amends.services.case.timeline import EntryShown
from amends.web import dates
from amends.web.case.entries_view import Line, Voice

WIDTH, EDGE, STEP = 1000, 10, 10
FEWEST = 6
"""Marks below which the conversation itself is the better picture."""
HEIGHTS: dict[Voice, int] = {"theirs": 6, "ours": 18, "note": 30}
"""One row each, from the top; what only happened has none."""


class Mark(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """One word of somebody: where on the line, and who spoke."""

    x: int
    y: int
    voice: Voice


class Strip(msgspec.Struct, frozen=True, kw_only=True):
    """The marks, the days at both ends, and the same in words; no marks where there is little to see."""

    marks: tuple[Mark, ...]
    begins: str
    words: str


def strip(timeline: Sequence[EntryShown], lines: Sequence[Line], *, now: datetime) -> Strip:
    """The marks of everything that was said or noted; each line belongs to the entry of the same place."""
    spoken = [(entry, one) for entry, one in zip(timeline, lines, strict=True) if one.voice in HEIGHTS]
    if len(spoken) < FEWEST:
        return Strip(marks=(), begins="", words="")
    first = timeline[0].at
    span = max((now - first).total_seconds(), 1)
    marks = {
        Mark(x=_place((entry.at - first).total_seconds() / span), y=HEIGHTS[one.voice], voice=one.voice)
        for entry, one in spoken
    }
    return Strip(
        marks=tuple(sorted(marks)),
        begins=dates.short_date(dates.local_day(first)),
        words=_words([one.voice for _entry, one in spoken]),
    )


def _place(share: float) -> int:
    """Within the line, not over its ends; what lies closer together than a mark is wide is one mark."""
    return EDGE + round(min(max(share, 0), 1) * (WIDTH - 2 * EDGE) / STEP) * STEP


def _words(voices: Sequence[Voice]) -> str:
    theirs, ours, notes = (voices.count(voice) for voice in HEIGHTS)
    counted = (
        (theirs, ngettext("%(num)d message from them", "%(num)d messages from them", theirs)),
        (ours, ngettext("%(num)d from us", "%(num)d from us", ours)),
        (notes, ngettext("%(num)d note", "%(num)d notes", notes)),
    )
    return ", ".join(words % {"num": count} for count, words in counted if count)
