"""Idempotent insert of nudges: the same nudge is one row, however often it is planned."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import queue, run_with_rows
from amends.rules.vocabulary import NudgeKind, NudgeState
from amends.services.nudge.nudges.receivers import Receiver

AT_A_TIME = 500
COLUMNS = (
    "id",
    "key",
    "follow_up",
    "generation",
    "rung",
    "audience",
    "member",
    "target",
    "state",
    "run_at",
    "holder",
    "attempts",
    "failure",
    "created_at",
    "kind",
)
RUN_AT = COLUMNS.index("run_at")
HAND_BACK = """
UPDATE SET state = 'ready', run_at = excluded.run_at, failure = '', holder = '', settled_at = NULL
WHERE nudge.state = 'void' AND nudge.failure IN ('away', 'back')
"""
"""What was handed on comes back when its receiver does."""


def row(
    follow_up: UUID,
    generation: int,
    rung: int,
    receiver: Receiver,
    run_at: datetime,
    now: datetime,
    *,
    once: datetime | None = None,
) -> tuple[Any, ...]:
    """A nudge of one rung to one receiver; its key is what it is about.

    News is decided `once` at an instant, and may come again: a case that is an S1 for the second time.
    """
    key = _key(follow_up, generation, rung, receiver.target) + (f":{once.isoformat()}" if once else "")
    return (
        uuid4(),
        key,
        follow_up,
        generation,
        rung,
        receiver.audience.value,
        receiver.member,
        receiver.target,
        "ready",
        run_at,
        "",
        0,
        "",
        now,
        NudgeKind.RUNG.value,
    )


def _key(follow_up: UUID, generation: int, rung: int, target: UUID) -> str:
    return f"{follow_up}:{generation}:{rung}:{target}"


async def insert_rows(rows: Iterable[tuple[Any, ...]], now: datetime, *, again: str = "NOTHING") -> int:
    """Step: writes the nudges that were not decided before, and announces those that may leave; how many.

    `again` is what the database does for one that was.
    """
    waiting, made = list(rows), 0
    for start in range(0, len(waiting), AT_A_TIME):
        chunk = waiting[start : start + AT_A_TIME]
        sql = (
            f"INSERT INTO nudge ({', '.join(COLUMNS)}) VALUES :rows "  # noqa: S608 - names only
            f"ON CONFLICT (key) DO {again} RETURNING id"
        )
        written = {made_row["id"] for made_row in await run_with_rows(sql, chunk)}
        await queue.announce([one[0] for one in chunk if one[0] in written and one[RUN_AT] <= now])
        made += len(written)
    return made


async def bring_back(follow_up: UUID, *, before: int, generation: int, since: datetime) -> None:
    """Step: a date is what it was before, under a new generation: so is what was decided and told of it.

    What had become untrue since then is true again.
    """
    nudge, link = tables.Nudge, tables.MessageLink
    if generation != before:
        about = (nudge.follow_up == follow_up) & (nudge.generation == before)
        for one in await nudge.select(nudge.id, nudge.key, nudge.rung, nudge.target).where(about):
            decided_at = one["key"].removeprefix(_key(follow_up, before, one["rung"], one["target"]))
            key = _key(follow_up, generation, one["rung"], one["target"]) + decided_at
            await nudge.update({nudge.generation: generation, nudge.key: key}).where(nudge.id == one["id"])
        told = (link.follow_up == follow_up) & (link.generation == before)
        await link.update({link.generation: generation}).where(told)
    untrue = (nudge.state == NudgeState.VOID) & (nudge.settled_at >= since)
    await nudge.update({nudge.state: NudgeState.READY, nudge.settled_at: None, nudge.failure: ""}).where(
        (nudge.follow_up == follow_up) & (nudge.generation == generation) & untrue
    )
