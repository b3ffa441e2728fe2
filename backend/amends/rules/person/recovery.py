"""Recovery track: good contacts with a person after a resolved complaint, counted against twelve (P59)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from amends.i18n import N_
from amends.rules.vocabulary import EntryKind

TOWARDS = 12
RESOLVES = frozenset({"deliver_remedy", "solve_in_public"})
"""Moves that resolve a complaint: the track begins with the last of them."""


class Touch(StrEnum):
    """What counts as a good contact."""

    FIX_HELD = "fix_held"
    PROMISE_KEPT = "promise_kept"
    ASKED_AGAIN = "asked_again"
    SAID_WELL = "said_well"
    RATED_HIGHER = "rated_higher"
    WON_BACK = "won_back"


class Told(Protocol):
    """An entry of one of the person's cases."""

    @property
    def case(self) -> int:
        """The number of the case."""

    @property
    def kind(self) -> EntryKind:
        """What happened."""

    @property
    def at(self) -> datetime:
        """When, in UTC."""

    @property
    def particulars(self) -> Mapping[str, Any]:
        """What it tells besides."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One good contact, on which case and when."""

    touch: Touch
    case: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Track:
    """The good contacts since the last resolved complaint, the oldest first, and a gentle idea for the next.

    `is_paused` while a complaint of theirs waits to be resolved, new or the same: that comes first.
    """

    since: datetime
    counted: tuple[Counted, ...]
    is_paused: bool
    idea: str


IDEAS: tuple[tuple[Touch, str], ...] = (
    (Touch.FIX_HELD, N_("Ask whether the fix holds, and confirm it on the case.")),
    (Touch.ASKED_AGAIN, N_("Keep the second chance on its day: ask how it has been since.")),
    (Touch.PROMISE_KEPT, N_("Promise something small by a day, and keep it.")),
)
"""What is proposed while it is missing, the first one first."""
LAST_IDEA = N_("Thank them once for what their complaint has changed. Never more than they welcome.")
OPEN_FIRST = N_("One of their complaints is open: resolve that first. The track goes on afterwards.")


def track(entries: Sequence[Told], *, is_open: bool) -> Track | None:
    """The track of a person by the entries that still stand, oldest first; None before the first resolution.

    `is_open` says whether a complaint of theirs waits to be resolved.
    """
    resolved = [one.at for one in entries if one.particulars.get("move") in RESOLVES]
    if not resolved:
        return None
    since = resolved[-1]
    counted = tuple(_counted(one for one in entries if one.at > since))
    return Track(since, counted, is_open, OPEN_FIRST if is_open else _idea(counted))


def _counted(entries: Iterable[Told]) -> Iterable[Counted]:
    for entry in entries:
        if (touch := touch_of(entry.kind, entry.particulars)) is not None:
            yield Counted(touch, entry.case, entry.at)


def touch_of(kind: EntryKind, told: Mapping[str, Any]) -> Touch | None:
    """Which good contact an entry is, if any: the one place that says what counts."""
    if kind is EntryKind.PROMISE_SETTLED:
        return Touch.PROMISE_KEPT if told.get("result") == "kept" else None
    if kind is EntryKind.TOUCHPOINT:
        return Touch.SAID_WELL if told.get("answer") == "well" else None
    if kind is EntryKind.RECHECKED:
        return Touch.RATED_HIGHER if _has_risen(told.get("ratings")) else None
    return MOVES.get(str(told.get("move"))) if kind is EntryKind.MOVED else None


MOVES = {
    "confirm_fix": Touch.FIX_HELD,
    "confirm_and_settle": Touch.FIX_HELD,
    "check_in": Touch.ASKED_AGAIN,
    "win_back": Touch.WON_BACK,
}


def _has_risen(ratings: object) -> bool:
    if not isinstance(ratings, list | tuple) or len(ratings) != 2:
        return False
    before, now = ratings
    return isinstance(before, int | float) and isinstance(now, int | float) and now > before


def _idea(counted: Sequence[Counted]) -> str:
    had = {one.touch for one in counted}
    return next((words for touch, words in IDEAS if touch not in had), LAST_IDEA)
