"""Notes of a case: who may edit one, what it says now and said before, and which one is pinned."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from amends.rules.case.entries import TimelineEntry
from amends.rules.vocabulary import EntryKind


class Version(msgspec.Struct, frozen=True):
    """What a note said from one instant on."""

    text: str
    at: datetime


def is_editable(entry: TimelineEntry, member: UUID) -> bool:
    """Whether this member may edit it: a note of their own."""
    return entry.kind is EntryKind.NOTED and entry.actor == str(member)


def versions(timeline: Iterable[TimelineEntry]) -> dict[int, tuple[Version, ...]]:
    """The versions of each note that was edited, the first one first. `timeline` is in order."""
    said: dict[int, tuple[Version, ...]] = {}
    for entry in timeline:
        version = Version(str(entry.particulars.get("text", "")), entry.at)
        if entry.kind is EntryKind.NOTED:
            said[entry.position] = (version,)
        elif entry.kind is EntryKind.NOTE_EDITED and (of := entry.particulars.get("of")) in said:
            said[of] = (*said[of], version)
    return {position: texts for position, texts in said.items() if len(texts) > 1}


def told_before(timeline: Iterable[TimelineEntry], position: int) -> set[str]:
    """The names of those who were told of a note or of one of its edits."""
    about = (one for one in timeline if position in (one.position, one.particulars.get("of")))
    return {str(name) for entry in about for name in entry.particulars.get("told") or ()}


def pinned(timeline: Sequence[TimelineEntry]) -> int | None:
    """The number of the note that is pinned: the one that was pinned last, unless it was unpinned since."""
    for entry in reversed(timeline):
        if entry.kind is EntryKind.NOTE_UNPINNED:
            return None
        if entry.kind is EntryKind.NOTE_PINNED:
            return int(entry.particulars["of"]) if "of" in entry.particulars else None
    return None
