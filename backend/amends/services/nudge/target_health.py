"""Health of targets: failures, fallback and circuit breaker."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.nudge.nudges import FAILURES, is_browser, is_failing

FAILING = "SELECT name FROM target WHERE member = :member AND failures >= :failures ORDER BY position"
TRIED_AGAIN = """
SELECT target, run_at FROM nudge
WHERE state IN ('ready', 'sending') AND attempts > 0 ORDER BY run_at DESC LIMIT 1000
"""
IN_TROUBLE = """
SELECT target.id, target.name, target.masked, target.member, member.name AS member_name, target.failures,
    target.paused_until
FROM target LEFT JOIN member ON member.id = target.member
WHERE (target.failures >= :failures OR target.paused_until > :now) AND member.disabled_at IS NULL
ORDER BY target.failures DESC, target.name LIMIT :most
"""


class Troubled(msgspec.Struct, frozen=True, kw_only=True):
    """A target that fails again and again, or whose service asked for a pause; the team's has no member."""

    id: UUID
    name: str
    masked: str
    member: UUID | None
    member_name: str | None
    failing: bool
    paused_until: datetime | None

    @property
    def is_browser(self) -> bool:
        """Whether it is a browser, whose address nobody writes."""
        return is_browser(self.masked)


async def in_trouble(*, now: datetime, most: int = 50) -> list[Troubled]:
    """The targets that do not get what is sent there now, the worst first."""
    return [_troubled(row, now) for row in await run(IN_TROUBLE, failures=FAILURES, now=now, most=most)]


def _troubled(row: Mapping[str, Any], now: datetime) -> Troubled:
    paused_until = row["paused_until"]
    return Troubled(
        id=row["id"],
        name=row["name"],
        masked=row["masked"],
        member=row["member"],
        member_name=row["member_name"],
        failing=is_failing(row["failures"]),
        paused_until=paused_until if paused_until and paused_until > now else None,
    )


async def next_tries() -> dict[UUID, datetime]:
    """When each target is tried next after a failure, as far as something waits for it."""
    return {row["target"]: row["run_at"] for row in await run(TRIED_AGAIN)}


def reached(target: Mapping[str, Any], all_of_them: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The target itself; while it is failing, the member's first mailbox that works, if there is one."""
    if not is_failing(target["failures"]):
        return target
    working = (one for one in all_of_them if not is_failing(one["failures"]))
    return next((one for one in working if one["masked"].startswith("mailto")), target)


async def failing_of(member_id: UUID) -> list[str]:
    """The names of a member's targets that fail again and again."""
    rows = await run(FAILING, member=member_id, failures=FAILURES)
    return [row["name"] for row in rows]
