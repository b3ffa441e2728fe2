"""Milestones of one case, read from its timeline: answered, contacted, resolved, asked again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from amends.rules.case.entries import TimelineEntry
from amends.rules.case.exchanges import is_private_contact, is_private_word_of_ours
from amends.rules.vocabulary import Channel, EntryKind, Outcome, Stage
from amends.rules.workflow.moves import BY_NAME

PUBLIC_REPLIES = frozenset(name for name, move in BY_NAME.items() if move.counts == "public_replies")
"""Moves by which a public reply goes out."""
SETTLED = frozenset({Outcome.SETTLED, Outcome.CONCEDED, Outcome.WON_BACK, Outcome.LOST, Outcome.REFERRED})
"""Ends of a case about which something was done."""
WENT_ON = frozenset({Stage.RESOLVED, Stage.SECOND_CHANCE, Stage.CHECKED_IN})
"""Stages of a case that is resolved, as far as anybody knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestones:
    """When a case reached what reports count; None for what has not happened, or was undone since.

    `answered_at` is the first public reply, `contacted_at` the first private contact in either direction,
    `reached_at` the first private word of ours,
    `resolved_at` the last time it was resolved without being worked on again.
    """

    answered_at: datetime | None = None
    contacted_at: datetime | None = None
    reached_at: datetime | None = None
    resolved_at: datetime | None = None


def milestones(entries: Iterable[TimelineEntry]) -> Milestones:
    """What the standing entries of a timeline, oldest first, say of these dates."""
    answered = contacted = reached = resolved = None
    for entry in entries:
        if answered is None and _is_public_reply(entry):
            answered = entry.at
        if contacted is None and is_private_contact(entry):
            contacted = entry.at
        if reached is None and is_private_word_of_ours(entry):
            reached = entry.at
        after = _stage_after(entry)
        if after is not None:
            resolved = (resolved or entry.at) if _is_resolved(after, entry) else None
    return Milestones(answered_at=answered, contacted_at=contacted, reached_at=reached, resolved_at=resolved)


def _is_public_reply(entry: TimelineEntry) -> bool:
    if entry.kind is EntryKind.TOUCHPOINT:
        return entry.channel is Channel.PUBLIC_REPLY and entry.particulars.get("direction") == "out"
    return entry.kind is EntryKind.MOVED and entry.particulars.get("move") in PUBLIC_REPLIES


def _stage_after(entry: TimelineEntry) -> Stage | None:
    if entry.kind not in (EntryKind.MOVED, EntryKind.REOPENED) or not entry.particulars.get("after"):
        return None
    return Stage(entry.particulars["after"])


def _is_resolved(after: Stage, entry: TimelineEntry) -> bool:
    if after is Stage.CLOSED:
        return entry.particulars.get("outcome") in SETTLED
    return after in WENT_ON
