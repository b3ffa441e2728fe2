"""Plan of backups: how often they are made, and which ones may go."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec

from amends.rules.operation.recurring import Rhythm

NEVER, DAILY, WEEKLY = 0, 1, 7
MOST_KEPT = 60
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


def rhythm(plan: Plan) -> Rhythm:
    """How often the worker makes one."""
    return Rhythm(every=timedelta(days=plan.every_days))


def to_remove(names: Iterable[str], *, kept: int) -> list[str]:
    """The backups beyond the newest ones; by name is by age. Other files are nobody's to remove."""
    ours = sorted(name for name in names if NAME.fullmatch(name))
    return ours[: max(len(ours) - max(kept, 1), 0)]
