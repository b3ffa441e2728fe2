"""Metrics for monitoring, read from the database."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

import msgspec

from amends.database import run
from amends.gateways.notifier import Outcome
from amends.rules.vocabulary import OPEN_STAGES, FollowUpKind, NudgeState, Stage
from amends.services.nudge import nudges, target_health
from amends.services.nudge.nudges.stats import SETTLED_STATES
from amends.services.operation import health
from amends.services.team import counters

MOST = 1_000
"""More workers or failing targets than this are not counted."""
OPEN = ", ".join(f"'{stage}'" for stage in OPEN_STAGES)
OPEN_CASES = f"SELECT stage, COUNT(*) AS cases FROM case_file WHERE stage IN ({OPEN}) GROUP BY stage"  # noqa: S608


class Readings(msgspec.Struct, frozen=True, kw_only=True):
    """Gauges of this instant, and two counters that never went down since the installation began.

    Every word of a closed list has its number, 0 too, so that nothing appears or vanishes with time.
    """

    worker_seen_at: datetime | None
    workers: Mapping[str, int]
    queue: nudges.Queue
    settled: Mapping[NudgeState, int]
    deliveries: Mapping[Outcome, int]
    dead_letters: int
    overdue: Mapping[FollowUpKind, int]
    unowned_overdue: int
    open_cases: Mapping[Stage, int]
    failing_targets: int
    paused_targets: int


async def read(*, now: datetime) -> Readings:
    """All numbers; eight short statements."""
    workers = await health.workers(now=now, most=MOST)
    overdue = await nudges.overdue(now=now)
    by_kind = Counter[FollowUpKind]()
    for (kind, _unowned), count in overdue.items():
        by_kind[kind] += count
    cases = {row["stage"]: int(row["cases"]) for row in await run(OPEN_CASES)}
    ended, tried = await counters.read("nudges"), await counters.read("deliveries")
    troubled = await target_health.in_trouble(now=now, most=MOST)
    return Readings(
        worker_seen_at=workers[0].seen_at if workers else None,
        workers=Counter("late" if worker.late else "live" for worker in workers),
        queue=await nudges.queue(now=now),
        settled={state: ended.get(state, 0) for state in SETTLED_STATES},
        deliveries={outcome: tried.get(outcome, 0) for outcome in Outcome},
        dead_letters=await nudges.count_dead(),
        overdue={kind: by_kind[kind] for kind in FollowUpKind},
        unowned_overdue=sum(count for (_kind, unowned), count in overdue.items() if unowned),
        open_cases={stage: cases.get(stage, 0) for stage in OPEN_STAGES},
        failing_targets=sum(target.failing for target in troubled),
        paused_targets=sum(target.paused_until is not None for target in troubled),
    )
