"""Removal of a case: who may take a wrong capture back, and until when."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from amends.rules.case.entries import TimelineEntry
from amends.rules.case.exchanges import was_answered
from amends.rules.vocabulary import EntryKind

TAKE_BACK_FOR = timedelta(minutes=10)
SYSTEM = "system"


def taken_back_until(timeline: Sequence[TimelineEntry], member: UUID) -> datetime | None:
    """Until when a member may take back the case that they captured: ten minutes, by the server's clock.

    None where somebody else captured it or has written on it, where it did not begin with a capture, and once
    the person was answered: what we said to them stays where they read it.
    `timeline` is in order.
    """
    mine = str(member)
    if not timeline or timeline[0].kind is not EntryKind.CAPTURED or timeline[0].actor != mine:
        return None
    if any(entry.actor not in (mine, SYSTEM) for entry in timeline):
        return None
    if was_answered(timeline):
        return None
    return timeline[0].at + TAKE_BACK_FOR
