"""Contact attempts: how many, and which one the person answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from amends.rules.case.entries import TimelineEntry
from amends.rules.vocabulary import PRIVATE_CHANNELS, EntryKind

TRIES = frozenset({"contact_in_private", "ask_in_public", "ask_them", "ping", "check_in"})
"""Moves by which we try to reach them."""
ANSWERS = frozenset(
    {"hear_from_them", "receive_reply", "complain_again", "hear_new_problem", "report_not_fixed"}
)
"""Moves that say that they were heard of."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, by its entry's place on the timeline; `answered` None while it may still be."""

    position: int
    move: str
    answered: bool | None = None


def attempts(entries: Iterable[TimelineEntry]) -> tuple[Attempt, ...]:
    """The tries to reach the person, oldest first (P49).

    What they say answers the last try before it; the tries before that one stay unanswered. A move that was
    taken back never was.
    """
    made: list[Attempt] = []
    for entry in entries:
        move = str(entry.particulars.get("move", ""))
        if entry.kind is EntryKind.UNDONE:
            _take_back(made, move)
        elif is_answer(entry):
            _answer(made)
        elif _is_try(entry, move):
            made.append(Attempt(entry.position, move))
    last = len(made) - 1
    return tuple(
        replace(one, answered=False) if one.answered is None and place < last else one
        for place, one in enumerate(made)
    )


def _is_try(entry: TimelineEntry, move: str) -> bool:
    """A link that was merely made has reached nobody; one that was posted may have."""
    if entry.kind is EntryKind.CONTACT_ASKED:
        return entry.particulars.get("deed") == "posted"
    if entry.kind is EntryKind.TOUCHPOINT:
        return entry.channel in PRIVATE_CHANNELS
    return entry.kind is EntryKind.MOVED and move in TRIES


def is_answer(entry: TimelineEntry) -> bool:
    """Whether the person has said something, by a move, in an exchange or by a link."""
    if entry.kind is EntryKind.TOUCHPOINT:
        return entry.particulars.get("direction") == "in" or bool(entry.particulars.get("by_link"))
    is_move = entry.kind in (EntryKind.MOVED, EntryKind.REOPENED)
    return is_move and str(entry.particulars.get("move", "")) in ANSWERS


def _answer(made: list[Attempt]) -> None:
    if made and made[-1].answered is None:
        made[-1] = replace(made[-1], answered=True)


def _take_back(made: list[Attempt], move: str) -> None:
    """The move that was taken back is the last thing that happened to the case."""
    if made and move in ANSWERS:
        made[-1] = replace(made[-1], answered=None)
    elif made and made[-1].move == move:
        made.pop()
