"""Promises: kept, late or broken (P31)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.rules.vocabulary import FollowUpState


class PromiseEnd(StrEnum):
    """How one promise ended, or that it has not."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    BROKEN = "broken"


def end_of(state: FollowUpState, *, due_at: datetime, settled_at: datetime | None) -> PromiseEnd:
    """How a promise ended; one that was kept after its date was kept late."""
    if state is FollowUpState.DUE:
        return PromiseEnd.OPEN
    if state is FollowUpState.DROPPED:
        return PromiseEnd.BROKEN
    return PromiseEnd.LATE if settled_at is not None and settled_at > due_at else PromiseEnd.KEPT


@dataclass(frozen=True, slots=True)
class Record:
    """How the promises of a stretch of time ended: on time, too late, not at all; or they are still open."""

    kept: int = 0
    late: int = 0
    broken: int = 0
    open: int = 0

    @property
    def ended(self) -> int:
        """Those of which something can be said."""
        return self.kept + self.late + self.broken
