"""Settlement of an attempt: sent, retried, dead or void."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import structlog

from amends import tables
from amends.database import add, run, transaction
from amends.gateways.notifier import Outcome, Result
from amends.rules.nudge import nudges as rules
from amends.rules.vocabulary import EntryKind, NudgeKind, NudgeState
from amends.rules.vocabulary.events import EventType
from amends.services.case import locks, timeline
from amends.services.team import counters, outbox

Nudges = list[dict[str, Any]]
"""Those that went together, as `claims.facts` tells them."""
MARK_PAUSES = (0.5, 2.0, 5.0)
KILLED = "killed: the sender ended while it was sending"

log = structlog.get_logger()


async def void(nudges: Nudges, holder: str, reason: str, now: datetime) -> list[NudgeState]:
    """Nudges that are no longer true are not sent."""
    async with transaction():
        return await write_void(nudges, holder, reason, now)


async def write_void(nudges: Nudges, holder: str, reason: str, now: datetime) -> list[NudgeState]:
    """Step: nudges that are no longer true are not sent."""
    mine = await _write(nudges, holder, NudgeState.VOID, failure=reason, settled_at=now)
    await counters.count_up({f"nudges:{NudgeState.VOID}": len(mine)})
    return [NudgeState.VOID] * len(mine)


HOLD = """
UPDATE nudge SET state = 'ready', run_at = :until, attempts = attempts - 1
WHERE id = :nudge_id AND holder = :holder AND state = 'sending' RETURNING id
"""


async def hold(nudges: Nudges, holder: str, until: datetime) -> list[NudgeState]:
    """Nudges whose member must not be disturbed before then: this was no try."""
    states = []
    async with transaction():
        for nudge in nudges:
            if await run(HOLD, nudge_id=nudge["id"], holder=holder, until=until):
                states.append(NudgeState.READY)
    return states


async def mark(nudges: Nudges, holder: str, result: Result, now: datetime) -> list[NudgeState]:
    """Settles, and tries again when the database is away: the message has gone, only the mark is missing."""
    for pause in MARK_PAUSES:
        try:
            return await settle(nudges, holder, result, now)
        except Exception as error:  # noqa: BLE001 - tried again below; the last try raises
            log.warning("nudge could not be marked", nudge=str(nudges[0]["id"]), error=type(error).__name__)
            await asyncio.sleep(pause)
    return await settle(nudges, holder, result, now)


async def settle(nudges: Nudges, holder: str, result: Result | None, now: datetime) -> list[NudgeState]:
    """Writes down how the attempt ended for all that went together; only whoever holds them changes them.

    Each has its own number of tries: one that is given up takes no younger one along.
    """
    failure = f"{result.outcome}: {result.detail}" if result else KILLED
    ended: dict[NudgeState, dict[UUID, bool]] = {}
    async with transaction():
        await locks.hold_cases({nudge["number"] for nudge in nudges if nudge["number"]})
        for (state, run_at), some in _by_end(nudges, result, now).items():
            told = failure if state is not NudgeState.SENT else ""
            settled_at = None if state is NudgeState.READY else now
            mine = await _write(some, holder, state, failure=told, settled_at=settled_at, run_at=run_at)
            ended[state] = ended.get(state, {}) | mine
        if result is not None:
            await _record_deliveries(nudges, result, now)
            await _count(nudges[0], result, now)
            if result.retry_after:
                await _pause(nudges[0]["target"], rules.pause(result.retry_after), now)
        for nudge in nudges:
            if nudge["follow_up"] is not None and ended.get(NudgeState.SENT, {}).get(nudge["id"]) is False:
                await _tell_timeline(nudge, now)
        for nudge_id in ended.get(NudgeState.DEAD, {}):
            await outbox.put(EventType.NUDGE_FAILED, "nudge", nudge_id, about=nudge_id, now=now)
        await counters.count_up(_numbers(ended, result, len(nudges)))
    return [state for state, mine in ended.items() for _nudge in mine]


def _numbers(
    ended: Mapping[NudgeState, Mapping[UUID, bool]], result: Result | None, tried: int
) -> dict[str, int]:
    deliveries = {f"deliveries:{result.outcome}": tried} if result else {}
    final = {f"nudges:{state}": len(mine) for state, mine in ended.items() if state is not NudgeState.READY}
    return deliveries | final


def _by_end(
    nudges: Nudges, result: Result | None, now: datetime
) -> dict[tuple[NudgeState, datetime | None], Nudges]:
    """Those that share an end. What is tried again goes together again, when the most tried of them may."""
    ends = [_end(nudge, result, now) for nudge in nudges]
    again = max((run_at for _state, run_at in ends if run_at), default=None)
    found: dict[tuple[NudgeState, datetime | None], Nudges] = {}
    for nudge, (state, run_at) in zip(nudges, ends, strict=True):
        found.setdefault((state, again if run_at else None), []).append(nudge)
    return found


def _end(nudge: dict[str, Any], result: Result | None, now: datetime) -> tuple[NudgeState, datetime | None]:
    if result is None:
        return NudgeState.DEAD, None
    if result.outcome is Outcome.delivered:
        return NudgeState.SENT, None
    if result.outcome in (Outcome.refused, Outcome.gone) or nudge["kind"] == NudgeKind.TRIAL:
        return NudgeState.DEAD, None
    wait = rules.retry_after(
        nudge["attempts"],
        ambiguous=result.outcome is Outcome.timeout,
        asked=result.retry_after,
        jitter=nudge["id"].int % 1000 / 1000,
    )
    return (NudgeState.READY, now + wait) if wait is not None else (NudgeState.DEAD, None)


WRITE = """
UPDATE nudge
SET state = :state, failure = :failure, settled_at = :settled_at, run_at = COALESCE(:run_at, run_at)
WHERE id = :nudge_id AND holder = :holder AND state = 'sending'
RETURNING id, EXISTS (SELECT 1 FROM nudge AS other WHERE other.follow_up = nudge.follow_up
    AND other.generation = nudge.generation AND other.rung = nudge.rung
    AND other.audience = nudge.audience AND other.state = 'sent' AND other.id <> nudge.id) AS told
"""


async def _write(
    nudges: Nudges,
    holder: str,
    state: NudgeState,
    *,
    failure: str,
    settled_at: datetime | None,
    run_at: datetime | None = None,
) -> dict[UUID, bool]:
    """Those that are still ours, and whether the same rung has reached its audience already."""
    new: dict[str, Any] = {
        "state": state,
        "failure": failure[:200],
        "settled_at": settled_at,
        "run_at": run_at,
    }
    mine: dict[UUID, bool] = {}
    for nudge in nudges:
        for row in await run(WRITE, nudge_id=nudge["id"], holder=holder, **new):
            mine[row["id"]] = bool(row["told"])
    return mine


async def _record_deliveries(nudges: Nudges, result: Result, now: datetime) -> None:
    for nudge in nudges:
        await add(
            tables.Delivery,
            id=uuid4(),
            nudge=nudge["id"],
            attempt=nudge["attempts"],
            at=now,
            result=result.outcome,
            detail=result.detail[:200],
        )


ARRIVED = """
UPDATE target SET failures = 0, succeeded_at = :now, told_at = :now, paused_until = NULL WHERE id = :target_id
"""
FAILED = "UPDATE target SET failures = failures + 1 WHERE id = :target_id"


async def _count(nudge: dict[str, Any], result: Result, now: datetime) -> None:
    """What a report met says of its reader's mailbox, and nothing of the target whose server it went by."""
    if nudge["kind"] == NudgeKind.REPORT:
        return
    if result.outcome is Outcome.delivered:
        await run(ARRIVED, target_id=nudge["target"], now=now)
    else:
        await run(FAILED, target_id=nudge["target"])


async def _pause(target_id: UUID, asked: timedelta, now: datetime) -> None:
    """The service wants to be left in peace: everything that was to go there waits, and nothing else does."""
    target, nudge, until = tables.Target, tables.Nudge, now + asked
    await target.update({target.paused_until: until}).where(target.id == target_id)
    await nudge.update({nudge.run_at: until}).where(
        (nudge.target == target_id)
        & (nudge.state == NudgeState.READY)
        & (nudge.kind != NudgeKind.TRIAL)
        & (nudge.run_at < until)
    )


async def _tell_timeline(nudge: dict[str, Any], now: datetime) -> None:
    """One entry for a rung and an audience, however many targets it reached there.

    The case is held, so nobody writes it twice.
    """
    await timeline.record(
        nudge["case_id"],
        EntryKind.NUDGED,
        now=now,
        held=True,
        follow_up=nudge["duty"],
        rung=nudge["rung"],
        audience=nudge["audience"],
    )
