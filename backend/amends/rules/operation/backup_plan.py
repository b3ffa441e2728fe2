"""Plan of backups: when the next one is due, when it is overdue, and which ones may go."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

NEVER, DAILY, WEEKLY = 0, 1, 7
MOST_KEPT = 60
RETRIED_AFTER = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=3)
"""A backup that has not ended for so long was killed with its worker."""
GRACE = timedelta(hours=6)
"""So late a backup is overdue: the machine may have slept."""
NAME = re.compile(r"amends-\d{8}T\d{6}Z\.tar(\.sealed)?")


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Every so many days, 0 for never; `kept` of them stay. `changed_at` is when that was decided."""

    every_days: int = NEVER
    kept: int = 7
    changed_at: datetime | None = None


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One backup that was begun; instants in UTC, size in bytes."""

    started_at: datetime
    finished_at: datetime | None = None
    name: str = ""
    size: int = 0
    rows: int = 0
    files: int = 0
    problem: str = ""
    by_hand: bool = False

    @property
    def is_good(self) -> bool:
        """Whether it was written and checked."""
        return self.finished_at is not None and not self.problem


def is_due(plan: Plan, last: Run | None, *, now: datetime) -> bool:
    """Whether the worker is to begin one now; `last` is the one begun last, by hand or not."""
    if plan.every_days == NEVER:
        return False
    if last is None:
        return True
    if last.finished_at is None:
        wait = GIVEN_UP_AFTER
    else:
        wait = RETRIED_AFTER if last.problem else timedelta(days=plan.every_days)
    return now - last.started_at >= wait


def is_overdue(plan: Plan, last_good: datetime | None, *, now: datetime) -> bool:
    """Whether people must be told: there should be one by now, and there is none."""
    known = [one for one in (last_good, plan.changed_at) if one]
    if plan.every_days == NEVER or not known:
        return False
    return now - max(known) > timedelta(days=plan.every_days) + GRACE


def to_remove(names: Iterable[str], *, kept: int) -> list[str]:
    """The backups beyond the newest ones; by name is by age. Other files are nobody's to remove."""
    ours = sorted(name for name in names if NAME.fullmatch(name))
    return ours[: max(len(ours) - max(kept, 1), 0)]
