"""Planning of nudges: rungs decided once, as rows."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import run_with_rows, transaction
from amends.rules.nudge import news
from amends.rules.nudge import nudges as rules
from amends.rules.vocabulary import Audience, FollowUpState, NudgeState, Severity
from amends.services.nudge.nudges import insert, ladders, return_to_pool
from amends.services.nudge.nudges.ladders import Known
from amends.services.nudge.nudges.receivers import Receiver, Receivers
from amends.services.team import teams

Waiting = dict[tuple[UUID, int, UUID | None], datetime]
"""When a member or a target hears of an earlier rung of the same follow-up, by its id and generation."""

BATCH = 500
"""Follow-ups in one transaction: long enough to be quick, short enough to let others write between."""


async def sweep(*, now: datetime) -> int:
    """Plans the rung that has come of every follow-up that is late: how many nudges were made.

    Any number of workers may sweep at once, any number of times. A rung whose audience has no target makes
    nothing and counts all the same: Today shows what is overdue, with or without nudges.
    """
    planned = 0
    while True:
        async with transaction():
            rows = await ladders.late(now=now, most=BATCH)
            known = await Known.find(now=now) if rows else None
            if known:
                planned += await _plan(rows, known)
        if known:
            planned += await return_to_pool.give_back(rows, known)
        if len(rows) < BATCH:
            return planned


async def tell_of_escalation(follow_up_id: UUID, now: datetime, *, every_lead: bool = False) -> int:
    """Step: who hears of an escalation now, quiet hours or not, by its review: how many nudges were made.

    `every_lead` where somebody may be in danger: all of them hear, whoever is on duty.
    """
    owed = tables.FollowUp
    rows = await owed.select(owed.generation, owed.case.severity.as_alias("severity")).where(
        owed.id == follow_up_id
    )
    receivers = await Receivers.find(now=now)
    whom = (
        receivers.of(Audience.LEAD, owner=None)
        if every_lead
        else receivers.of_escalation(Severity.stored(rows[0]["severity"]), now)
    )
    told = (
        insert.row(follow_up_id, rows[0]["generation"], news.ESCALATED, receiver, now, now)
        for receiver in whom
    )
    return await insert.insert_rows(told, now)


async def tell_new_holders(follow_ups: Sequence[UUID], now: datetime) -> int:
    """Step: whoever has these now hears of it, outside their quiet hours: how many nudges were made."""
    if not follow_ups:
        return 0
    owed = tables.FollowUp
    receivers = await Receivers.find(now=now, holidays=await teams.calendar())
    rows = await owed.select(owed.id, owed.generation, owed.owner).where(
        owed.id.is_in(list(follow_ups)) & owed.owner.is_not_null() & (owed.state == FollowUpState.DUE)
    )
    told = (
        insert.row(row["id"], row["generation"], news.HANDED_OVER, receiver, at, now)
        for row in rows
        for receiver in receivers.of(Audience.OWNER, owner=row["owner"])
        for at in (receiver.not_before(now),)
    )
    return await insert.insert_rows(told, now)


async def hand_on(nudges: Sequence[Mapping[str, Any]], now: datetime) -> int:
    """Step: what was decided for whoever is gone by now, or no longer stands in, goes to who is there."""
    if not nudges:
        return 0
    receivers = await Receivers.find(now=now, holidays=await teams.calendar())
    told = (
        insert.row(
            nudge["follow_up"],
            nudge["generation"],
            nudge["rung"],
            receiver,
            _may_go(nudge, receiver, now),
            now,
            once=nudge["created_at"] if nudge["rung"] in news.NEWS else None,
        )
        for nudge in nudges
        for receiver in _who_is_there(nudge, receivers, now)
    )
    return await insert.insert_rows(told, now, again=insert.HAND_BACK)


def _who_is_there(nudge: Mapping[str, Any], receivers: Receivers, now: datetime) -> list[Receiver]:
    """Those who hear in the place of whoever has gone; of an S1 the leads, where nobody else is on duty."""
    if nudge["rung"] == news.URGENT:
        return receivers.of_urgent(now)
    if nudge["rung"] == news.ESCALATED and nudge["audience"] == Audience.ON_DUTY:
        return receivers.of_escalation(Severity.stored(nudge["severity"]), now)
    return receivers.of(Audience(nudge["audience"]), owner=nudge["owner"], second=nudge["rung"] > 1)


def _may_go(nudge: Mapping[str, Any], receiver: Receiver, now: datetime) -> datetime:
    """When a receiver may hear of what is handed on to them; of an escalation at once, as a lead would."""
    at_once = news.ignores_quiet_hours(nudge["rung"], receiver.audience)
    return now if at_once else receiver.not_before(now, urgent=nudge["severity"] == Severity.S1)


async def _plan(rows: Sequence[dict[str, Any]], known: Known) -> int:
    """What goes back to the pool is left to its own transaction, which holds the case."""
    waiting = await _waiting([row["id"] for row in rows if row["rung"]], known.now)
    nudges: list[tuple[Any, ...]] = []
    moved: list[tuple[UUID, int, datetime | None]] = []
    for row in rows:
        step = known.step(row)
        if not step.back_to_pool:
            moved.append((row["id"], step.rung, step.next_at))
            nudges.extend(_rows(row, step, waiting, known))
    planned = await insert.insert_rows(nudges, known.now)
    if moved:
        await _move_on(moved)
    return planned


async def _waiting(follow_ups: Sequence[UUID], now: datetime) -> Waiting:
    """Who is going to be told of an earlier rung, and when: by member what is held, by target what was tried.

    What is on its way this moment counts as tried: if it fails, it is sent again. An S1 or a new case counts
    for nothing: it may be none any more before it leaves.
    """
    found: Waiting = {}
    if not follow_ups:
        return found
    nudge = tables.Nudge
    about_these = nudge.follow_up.is_in(list(follow_ups)) & nudge.rung.not_in(list(news.JUDGED_BY_CASE))
    rows = await nudge.select(
        nudge.follow_up, nudge.generation, nudge.member, nudge.target, nudge.attempts, nudge.run_at
    ).where(about_these & nudge.state.is_in([NudgeState.READY, NudgeState.SENDING]))
    for row in rows:
        about = (row["follow_up"], row["generation"])
        if row["attempts"]:
            found[*about, row["target"]] = now
        else:
            found[*about, row["member"] or row["target"]] = row["run_at"]
    return found


def _rows(row: dict[str, Any], step: rules.Step, waiting: Waiting, known: Known) -> Iterator[tuple[Any, ...]]:
    """The nudges of one rung; a target that two audiences share is told once.

    Whoever is yet to hear of the rung before, in the morning or when their mail works again, will hear once.
    """
    told: set[UUID] = set()
    urgent = row["severity"] == Severity.S1
    about = (row["id"], row["generation"])
    for audience in step.audiences:
        for receiver in known.receivers.of(audience, owner=row["owner"], second=row["rung"] > 0):
            run_at = receiver.not_before(known.now, urgent=urgent)
            hears = [waiting.get((*about, one)) for one in (receiver.member, receiver.target)]
            if receiver.target not in told and not any(at and at <= run_at for at in hears):
                told.add(receiver.target)
                yield insert.row(*about, step.rung, receiver, run_at, known.now)


MOVE_ON = """
UPDATE follow_up SET rung = v.column2, next_at = v.column3 FROM (VALUES :rows) AS v
WHERE follow_up.id = v.column1
"""


async def _move_on(moved: Sequence[tuple[UUID, int, datetime | None]]) -> None:
    """One UPDATE for the whole batch; the first row tells PostgreSQL the types of all."""
    await run_with_rows(MOVE_ON, moved, types=("uuid", "int", "timestamptz"))
