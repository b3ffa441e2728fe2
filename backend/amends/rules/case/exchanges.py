"""Exchanges with the person on a timeline: which entries still stand, and which were private contact."""

from collections.abc import Iterable, Mapping

from amends.rules.case.entries import TimelineEntry
from amends.rules.vocabulary import PRIVATE_CHANNELS, EntryKind

SAID = (EntryKind.MOVED, EntryKind.REOPENED, EntryKind.TOUCHPOINT)
"""Entries that may say what we and the person said to each other."""

HEARD = frozenset(
    {
        "hear_from_them",
        "receive_reply",
        "complain_again",
        "hear_new_problem",
        "see_hostility",
        "report_not_fixed",
    }
)
"""Moves whose words are theirs."""

SPOKEN = frozenset(
    {
        "post_acknowledgement",
        "solve_in_public",
        "ask_in_public",
        "contact_in_private",
        "ask_them",
        "ping",
        "check_in",
    }
)
"""Moves whose words we said to them."""
ANSWERED = HEARD | SPOKEN | {"answered_already"}
"""Moves that tell of words between us."""
NEXT_SAID = "finish_step"
"""The move by which a member says what comes next."""


def said_by_themselves(particulars: Mapping[str, object]) -> bool:
    """Whether the person wrote it down themselves, by a private link or a mail: who they say they are."""
    return bool(particulars.get("by_link") or particulars.get("by_mail"))


def is_private_contact(entry: TimelineEntry) -> bool:
    """Whether something was said in private: through a private channel or by a private link.

    Either may have spoken. A question under the post is public, and a private link that was only made, or
    asked for, has carried nothing yet.
    """
    return entry.kind in SAID and (
        entry.channel in PRIVATE_CHANNELS or bool(entry.particulars.get("by_link"))
    )


def is_private_word_of_ours(entry: TimelineEntry) -> bool:
    """Whether we said something to them in private, by a move or as somebody recorded it."""
    told = entry.particulars
    is_ours = told.get("move") in SPOKEN or told.get("direction") == "out"
    return is_private_contact(entry) and is_ours and not said_by_themselves(told)


def had_private_contact(entries: Iterable[TimelineEntry]) -> bool:
    """Whether we and the person have spoken in private, by what still stands of a timeline."""
    return any(is_private_contact(entry) for entry in standing(entries))


def is_exchange(entry: TimelineEntry) -> bool:
    """Whether an entry tells of words between us, theirs or ours: recorded, a move, or by a private link."""
    told = entry.particulars
    return entry.kind is EntryKind.TOUCHPOINT or told.get("move") in ANSWERED or bool(told.get("by_link"))


def was_answered(entries: Iterable[TimelineEntry]) -> bool:
    """Whether anything was said to the person since the post, or heard from them."""
    return any(is_exchange(entry) for entry in standing(entries))


def they_wrote_last(entries: Iterable[TimelineEntry]) -> bool:
    """Whether the customer has the last word: since then we said nothing, nor what comes next."""
    for entry in reversed(standing(entries)):
        move = entry.particulars.get("move")
        is_noted = entry.kind is EntryKind.TOUCHPOINT
        if move in HEARD or (is_noted and entry.particulars.get("direction") == "in"):
            return True
        if move in SPOKEN or move == NEXT_SAID or is_noted:
            return False
    return False


def message_waits(entries: Iterable[TimelineEntry], *, came_back: bool) -> bool:
    """Whether something of the customer's waits for us, so that a case is not put aside without a word."""
    return came_back or they_wrote_last(entries)


def standing(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """The entries, oldest first, without the moves that were undone, and without the undoing."""
    kept: list[TimelineEntry] = []
    for entry in entries:
        if entry.kind is EntryKind.UNDONE:
            _take_back(kept, str(entry.particulars.get("move", "")))
        else:
            kept.append(entry)
    return kept


def _take_back(kept: list[TimelineEntry], move: str) -> None:
    for place in range(len(kept) - 1, -1, -1):
        if str(kept[place].particulars.get("move", "")) == move:
            del kept[place]
            return
