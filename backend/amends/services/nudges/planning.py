"""Whom must we remind of what, and from when? Decided once, as rows, while the ladder moves on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from amends import tables
from amends.database import bound, queue, run_with_rows, transaction
from amends.rules import nudges as rules
from amends.rules.vocabulary import Audience, NudgeKind, NudgeState, Severity
from amends.services import calendars, nudge_messages, teams
from amends.services.nudges.receivers import Receiver, Receivers

Waiting = dict[tuple[UUID, int, UUID | None], datetime]
"""When a member or a target hears of an earlier rung of the same follow-up, by its id and generation."""

BATCH = 500
"""Follow-ups in one transaction: long enough to be quick, short enough to let others write between."""

COLUMNS = (
    *("id", "key", "follow_up", "generation", "rung", "audience", "member", "target"),
    *("state", "run_at", "holder", "attempts", "failure", "created_at", "kind"),
)

OWED = """
SELECT f.id, f.owner, f.generation, f.rung, f.climbs_from, f.due_at, f.allotted, f.counted, c.severity
FROM follow_up f JOIN case_file c ON c.id = f."case"
WHERE f.state = 'due' AND f.next_at <= {} AND f.paused_at IS NULL AND c.stage <> 'closed'
AND (c.snoozed_until IS NULL OR c.snoozed_until <= {} OR f.kind = 'promise')
ORDER BY f.next_at LIMIT {} {}
"""


async def sweep(*, now: datetime) -> int:
    """Plans the rung that has come of every follow-up that is late: how many nudges were made.

    Any number of workers may sweep at once, any number of times. A rung whose audience has no target makes
    nothing and counts all the same: Today shows what is overdue, with or without nudges.
    """
    planned = 0
    while True:
        async with transaction():
            rows = await _owed(now)
            if rows:
                planned += await _plan(rows, now)
        if len(rows) < BATCH:
            return planned


async def tell_leads_now(case_id: UUID, follow_up_id: UUID, now: datetime) -> int:
    """Step: every lead is told of an escalation at once, quiet hours or not: how many nudges were made."""
    rows = await tables.FollowUp.select(tables.FollowUp.generation).where(
        (tables.FollowUp.id == follow_up_id) & (tables.FollowUp.case == case_id)
    )
    receivers = await Receivers.find(now=now)
    told = (
        _row(follow_up_id, rows[0]["generation"], nudge_messages.AT_ONCE, receiver, now, now)
        for receiver in receivers.of(Audience.LEAD, owner=None)
    )
    return await _insert(told, now)


async def hand_on(nudges: Sequence[Mapping[str, Any]], now: datetime) -> int:
    """Step: what was decided for whoever is gone by now, or no longer stands in, goes to who is there."""
    if not nudges:
        return 0
    receivers = await Receivers.find(now=now, holidays=await teams.calendar())
    told = (
        _row(nudge["follow_up"], nudge["generation"], nudge["rung"], receiver, run_at, now)
        for nudge in nudges
        for receiver in receivers.of(
            Audience(nudge["audience"]), owner=nudge["owner"], second=nudge["rung"] > 1
        )
        for run_at in [receiver.not_before(now, urgent=nudge["severity"] == Severity.S1)]
    )
    return await _insert(told, now, again=HAND_BACK)


async def _owed(now: datetime) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await tables.FollowUp.raw(OWED, now, now, BATCH, _lock())
    return found


def _lock() -> QueryString:
    """Another worker takes other follow-ups; on SQLite there is one writer. The cases stay free."""
    return QueryString("FOR UPDATE OF f SKIP LOCKED" if bound().engine_type == "postgres" else "")


async def _plan(rows: Sequence[dict[str, Any]], now: datetime) -> int:
    counted_in = await calendars.both()
    receivers = await Receivers.find(now=now, holidays=counted_in.team)
    waiting = await _waiting([row["id"] for row in rows if row["rung"]], now)
    nudges: list[tuple[Any, ...]] = []
    moved: list[tuple[UUID, int, datetime | None]] = []
    for row in rows:
        step = rules.plan(owed(row), calendars=counted_in, now=now)
        moved.append((row["id"], step.rung, step.next_at))
        nudges.extend(_rows(row, step, receivers, waiting, now))
    planned = await _insert(nudges, now)
    await _move_on(moved)
    return planned


def owed(row: Mapping[str, Any]) -> rules.Owed:
    """What the ladder needs to know, in a row that joins a follow-up with its case."""
    return rules.Owed(
        due_at=row["climbs_from"] or row["due_at"],
        allotted_seconds=row["allotted"],
        counted=row["counted"],
        rung=row["rung"],
        owned=row["owner"] is not None,
        severity=Severity(row["severity"]) if row["severity"] else None,
    )


async def _waiting(follow_ups: Sequence[UUID], now: datetime) -> Waiting:
    """Who is going to be told of an earlier rung, and when: by member what is held, by target what failed."""
    nudge = tables.Nudge
    found: Waiting = {}
    rows = (
        await nudge.select(
            *(nudge.follow_up, nudge.generation, nudge.member, nudge.target, nudge.attempts, nudge.run_at)
        ).where(nudge.follow_up.is_in(list(follow_ups)) & (nudge.state == NudgeState.READY))
        if follow_ups
        else ()
    )
    for row in rows:
        about = (row["follow_up"], row["generation"])
        if row["attempts"]:
            found[*about, row["target"]] = now
        else:
            found[*about, row["member"] or row["target"]] = row["run_at"]
    return found


def _rows(
    row: dict[str, Any], step: rules.Step, receivers: Receivers, waiting: Waiting, now: datetime
) -> Iterator[tuple[Any, ...]]:
    """The nudges of one rung; a target that two audiences share is told once.

    Whoever is yet to hear of the rung before, in the morning or when their mail works again, will hear once.
    """
    told: set[UUID] = set()
    urgent = row["severity"] == Severity.S1
    about = (row["id"], row["generation"])
    for audience in step.audiences:
        for receiver in receivers.of(audience, owner=row["owner"], second=row["rung"] > 0):
            run_at = receiver.not_before(now, urgent=urgent)
            hears = [waiting.get((*about, one)) for one in (receiver.member, receiver.target)]
            if receiver.target not in told and not any(at and at <= run_at for at in hears):
                told.add(receiver.target)
                yield _row(*about, step.rung, receiver, run_at, now)


def _row(
    follow_up: UUID, generation: int, rung: int, receiver: Receiver, run_at: datetime, now: datetime
) -> tuple[Any, ...]:
    key = f"{follow_up}:{generation}:{rung}:{receiver.target}"
    return (
        *(uuid4(), key, follow_up, generation, rung, receiver.audience.value, receiver.member),
        *(receiver.target, "ready", run_at, "", 0, "", now, NudgeKind.RUNG.value),
    )


RUN_AT = COLUMNS.index("run_at")
HAND_BACK = """
UPDATE SET state = 'ready', run_at = excluded.run_at, failure = '', holder = '', settled_at = NULL
WHERE nudge.state = 'void' AND nudge.failure IN ('away', 'back')
"""
"""What was handed on comes back when its receiver does."""


async def _insert(rows: Iterable[tuple[Any, ...]], now: datetime, *, again: str = "NOTHING") -> int:
    """Writes the nudges that were not decided before; the key is what a nudge is about."""
    waiting, made = list(rows), 0
    for start in range(0, len(waiting), BATCH):
        chunk = waiting[start : start + BATCH]
        sql = (
            f"INSERT INTO nudge ({', '.join(COLUMNS)}) VALUES :rows "  # noqa: S608 - names only
            f"ON CONFLICT (key) DO {again} RETURNING id"
        )
        written = {row["id"] for row in await run_with_rows(sql, chunk)}
        await queue.announce([row[0] for row in chunk if row[0] in written and row[RUN_AT] <= now])
        made += len(written)
    return made


MOVE_ON = """
UPDATE follow_up SET rung = v.column2, next_at = v.column3 FROM (VALUES :rows) AS v
WHERE follow_up.id = v.column1
"""


async def _move_on(moved: Sequence[tuple[UUID, int, datetime | None]]) -> None:
    """One UPDATE for the whole batch; the first row tells PostgreSQL the types of all."""
    await run_with_rows(MOVE_ON, moved, types=("uuid", "int", "timestamptz"))
