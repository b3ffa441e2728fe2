"""Verification of timelines: whether anything was altered, taken out or put in another order (P61 to P63).

What is erased on purpose stays verifiable: its entry keeps the commitment, and its particulars say when they
were erased. Entries taken from the end of a timeline leave a chain that is whole, and so does a timeline that
was written anew: only its head as it was kept before, by an anchor or elsewhere, finds them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from amends.i18n import N_
from amends.rules.case import timeline
from amends.rules.case.timeline import GENESIS, Line


class Fault(StrEnum):
    """What does not fit."""

    EMPTY = "empty"
    PLACE = "place"
    PREVIOUS = "previous"
    HASH = "hash"
    TOLD = "told"
    GONE = "gone"
    HEAD = "head"
    CAPTURE_ALTERED = "capture_altered"
    CAPTURE_GONE = "capture_gone"
    FILE_MISSING = "file_missing"
    FILE_ALTERED = "file_altered"
    ANCHOR = "anchor"
    ANCHOR_GONE = "anchor_gone"
    LOG_PLACE = "log_place"
    LOG_PREVIOUS = "log_previous"
    LOG_HASH = "log_hash"
    LOG_BEGINNING = "log_beginning"
    LOG_ANCHORED = "log_anchored"


SENTENCES: dict[Fault, str] = {
    Fault.EMPTY: N_("its timeline is empty"),
    Fault.PLACE: N_("an entry before it is gone, or is there twice"),
    Fault.PREVIOUS: N_("it does not follow the entry before it"),
    Fault.HASH: N_("the entry was altered"),
    Fault.TOLD: N_("what it tells was altered"),
    Fault.GONE: N_("what it tells is gone, and nobody erased it"),
    Fault.HEAD: N_("this entry was anchored, and is not there any more"),
    Fault.CAPTURE_ALTERED: N_("the copy of the post that it names was altered"),
    Fault.CAPTURE_GONE: N_("the copy of the post that it names is gone, and nobody erased it"),
    Fault.FILE_MISSING: N_("a file is missing"),
    Fault.FILE_ALTERED: N_("a file was altered"),
    Fault.ANCHOR: N_("it was altered, or one before it is gone"),
    Fault.ANCHOR_GONE: N_("it was kept elsewhere, and is not there any more"),
    Fault.LOG_PLACE: N_("an event before it is gone, or is there twice"),
    Fault.LOG_PREVIOUS: N_("it does not follow the event before it"),
    Fault.LOG_HASH: N_("the event was altered"),
    Fault.LOG_BEGINNING: N_("events before it are gone, and nobody pruned them"),
    Fault.LOG_ANCHORED: N_("is gone or another than an anchor has kept: the log was cut or rewritten"),
}
"""What each fault is, after the case and the entry, the anchor, or the event of the log that it is about."""
ABOUT_LOG = frozenset(
    {Fault.LOG_PLACE, Fault.LOG_PREVIOUS, Fault.LOG_HASH, Fault.LOG_BEGINNING, Fault.LOG_ANCHORED}
)
"""Faults of the audit log, whose position is that of an event."""


@dataclass(frozen=True, slots=True)
class Told:
    """The particulars of an entry as they are kept; salt and body are None once erased, and then `erased`."""

    salt: str | None
    body: str | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry as it is kept: what its hash covers, that hash, and its particulars, if there are any."""

    line: Line
    hash: str
    told: Told | None


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a case as it was at some time: its position, from 1, and its hash."""

    case_number: int
    position: int
    hash: str


def faults_of(entries: Sequence[Recorded]) -> Iterator[tuple[int, Fault]]:
    """Every fault of one timeline, given in the order of its positions, with the position of its entry."""
    if not entries:
        yield 0, Fault.EMPTY
    before = GENESIS
    for place, entry in enumerate(entries, start=1):
        position = entry.line.position
        if position != place:
            yield position, Fault.PLACE
        if entry.line.previous != before:
            yield position, Fault.PREVIOUS
        if timeline.chained(entry.line) != entry.hash:
            yield position, Fault.HASH
        if fault := _of_particulars(entry):
            yield position, fault
        before = entry.hash


def is_held(head: Head, entries: Sequence[Recorded]) -> bool:
    """Whether a timeline still holds the entry that was once its last."""
    return any(entry.line.position == head.position and entry.hash == head.hash for entry in entries)


def _of_particulars(entry: Recorded) -> Fault | None:
    told = entry.told
    if told is None:
        return Fault.GONE
    if told.salt is None and told.body is None:
        return None if told.erased else Fault.GONE
    if told.salt is None or told.body is None:
        return Fault.TOLD
    try:
        fits = timeline.commitment(told.salt, told.body) == entry.line.commitment
    except ValueError:  # a salt that is no hexadecimal number
        fits = False
    return None if fits else Fault.TOLD
