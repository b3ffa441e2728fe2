"""Settlement of what was carried: arrived, tried again, given up; and what it says of the endpoint."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from amends.database import run, transaction
from amends.gateways.webhooks import Answered
from amends.rules.case.texts import clean
from amends.rules.nudge import nudges
from amends.rules.operation import webhooks as rules
from amends.rules.vocabulary import NudgeState
from amends.rules.vocabulary.events import EventType
from amends.services.operation.webhooks import endpoints
from amends.services.team import notices

LONGEST_ANSWER = 500
SETTLE = """
UPDATE webhook_delivery SET state = :state, run_at = COALESCE(:run_at, run_at), settled_at = :settled_at,
    outcome = :outcome, status = :status, answer = :answer, holder = ''
WHERE id = :delivery AND holder = :holder AND state = 'sending' RETURNING id
"""
WELL = """
UPDATE webhook SET failures = 0, failing_since = NULL, paused_until = NULL, succeeded_at = :now
WHERE id = :webhook
"""
FAILED = """
UPDATE webhook SET failures = failures + 1, failing_since = COALESCE(failing_since, :now)
WHERE id = :webhook RETURNING failures, failing_since
"""
PAUSE = "UPDATE webhook SET paused_until = :until WHERE id = :webhook"
END = "UPDATE webhook SET is_on = :off, ended = :ended WHERE id = :webhook AND is_on RETURNING id"


async def settle(
    webhook: UUID, tried: Sequence[tuple[dict[str, Any], Answered]], holder: str, *, now: datetime
) -> None:
    """Writes down what became of each; only whoever holds one changes it."""
    async with transaction():
        mine = [answer for delivery, answer in tried if await _write(delivery, answer, holder, now)]
        if any(answer.outcome == "delivered" for answer in mine):
            await run(WELL, webhook=webhook, now=now)
        if mine and mine[-1].outcome != "delivered":
            await _note_failure(webhook, mine[-1], now)


async def _write(delivery: dict[str, Any], answer: Answered, holder: str, now: datetime) -> bool:
    state, run_at = _end(delivery, answer, now)
    rows = await run(
        SETTLE,
        delivery=delivery["id"],
        holder=holder,
        state=state.value,
        run_at=run_at,
        settled_at=None if state is NudgeState.READY else now,
        outcome=answer.outcome[:12],
        status=answer.status,
        answer=clean(answer.answer, LONGEST_ANSWER).text,
    )
    return bool(rows)


def _end(delivery: dict[str, Any], answer: Answered, now: datetime) -> tuple[NudgeState, datetime | None]:
    """As a nudge's: nine tries in about a day; a test is tried once, since somebody waits for it."""
    if answer.outcome == "delivered":
        return NudgeState.SENT, None
    if answer.outcome == "gone" or delivery["kind"] == EventType.WEBHOOK_TEST:
        return NudgeState.DEAD, None
    wait = nudges.retry_after(
        delivery["attempts"],
        ambiguous=answer.outcome == "slow",
        asked=answer.retry_after,
        jitter=delivery["id"].int % 1000 / 1000,
    )
    return (NudgeState.READY, now + wait) if wait is not None else (NudgeState.DEAD, None)


async def _note_failure(webhook: UUID, answer: Answered, now: datetime) -> None:
    rows = await run(FAILED, webhook=webhook, now=now)
    if not rows:
        return
    if answer.outcome == "gone":
        await _switch_off(webhook, "gone", now)
    elif rules.has_failed_too_long(rows[0]["failing_since"], now=now):
        await _switch_off(webhook, "failing", now)
    elif answer.outcome in rules.RESTS:
        until = now + rules.rest_after(rows[0]["failures"], answer.retry_after)
        await run(PAUSE, webhook=webhook, until=until)


async def _switch_off(webhook: UUID, why: str, now: datetime) -> None:
    """Step: nothing is sent to it any more, and admins are told."""
    if await run(END, webhook=webhook, off=False, ended=why):
        await endpoints.give_up_waiting(webhook, now=now)
        await notices.give_admins(webhook, now=now)
