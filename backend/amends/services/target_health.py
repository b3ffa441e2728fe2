"""Which targets fail again and again, what stands in for them, and when are they tried next?"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from amends.database import run
from amends.rules.nudges import FAILURES, is_failing

FAILING = "SELECT name FROM target WHERE member = :member AND failures >= :failures ORDER BY position"
TRIED_AGAIN = """
SELECT target, run_at FROM nudge
WHERE state IN ('ready', 'sending') AND attempts > 0 ORDER BY run_at DESC LIMIT 1000
"""


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
    rows = await run(FAILING, quick=True, member=member_id, failures=FAILURES)
    return [row["name"] for row in rows]
