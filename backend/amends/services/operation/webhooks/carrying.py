"""Carrying of events: claimed with a lease, carried in their order, settled as nudges are (decision 0048)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import by_date, locking, run, transaction
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.gateways.webhooks import Outgoing, WebhookCarrier
from amends.rules.operation import webhooks as rules
from amends.rules.vocabulary import NudgeState
from amends.services.nudge.nudges import LEASE
from amends.services.operation.webhooks import contents, endpoints, settling

KEYS_PAUSE = timedelta(minutes=1)
ENDPOINTS = 4
"""So many endpoints are served at once."""
RESTED = "w.is_on AND (w.paused_until IS NULL OR w.paused_until <= :now)"
WAITING = f"""
SELECT w.id FROM webhook AS w WHERE {RESTED} AND EXISTS (SELECT 1 FROM webhook_delivery AS d
    WHERE d.webhook = w.id AND d.state IN ('ready', 'sending') AND d.run_at <= :now)
ORDER BY {by_date("w.succeeded_at", "w.id")}
"""
HOLD = f"SELECT w.url FROM webhook AS w WHERE w.id = :webhook AND {RESTED}"
CLAIM = """
UPDATE webhook_delivery SET state = 'sending', holder = :holder, run_at = :lease_ends, attempts = attempts + 1
WHERE id IN (
    SELECT d.id FROM webhook_delivery AS d
    WHERE d.webhook = :webhook AND d.state IN ('ready', 'sending') AND d.run_at <= :now AND NOT EXISTS (
        SELECT 1 FROM webhook_delivery AS before WHERE before.webhook = d.webhook
        AND before.subject = d.subject AND before.turn < d.turn
        AND before.state IN ('ready', 'sending') AND before.run_at > :now)
    ORDER BY d.at, d.turn LIMIT :most)
RETURNING id, event, kind, subject, about, at, turn, attempts
"""
"""In the order of each subject: what waits for another try, or is being sent, holds up what follows it."""
LET_GO = """
UPDATE webhook_delivery SET state = 'ready', holder = '', run_at = :run_at, attempts = attempts - 1
WHERE id = :delivery AND holder = :holder AND state = 'sending'
"""


async def carry_waiting(carrier: WebhookCarrier, secrets: Secrets, *, now: datetime, base_url: str) -> bool:
    """One turn of each endpoint for which something waits: whether anything arrived, and more may follow.

    At least once: whoever dies between the endpoint's yes and our mark leaves deliveries that are sent again,
    with the same ids. Raises SecretUnreadable after the others were served.
    """
    found = [row["id"] for row in await run(WAITING, now=now)][:ENDPOINTS]
    turns = (serve(one, carrier, secrets, now=now, base_url=base_url) for one in found)
    ends = await asyncio.gather(*turns, return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException):
            raise end
    return any(ends)


async def serve(
    webhook: UUID, carrier: WebhookCarrier, secrets: Secrets, *, now: datetime, base_url: str
) -> bool:
    """Carries to one endpoint what is ready for it: whether anything arrived."""
    holder = uuid4().hex
    url, claimed = await _claim(webhook, holder, now=now)
    if not claimed:
        return False
    try:
        keys = await endpoints.secrets_of(webhook, secrets, now=now)
    except SecretUnreadable:
        await _let_go(claimed, holder, run_at=now + KEYS_PAUSE)
        raise
    answers = await carrier.carry(url, [await _outgoing(one, keys, now, base_url) for one in claimed])
    tried = list(zip(claimed, answers, strict=False))
    await _let_go(claimed[len(tried) :], holder, run_at=now)
    await settling.settle(webhook, tried, holder, now=now)
    return any(answer.outcome == "delivered" for answer in answers)


async def _claim(webhook: UUID, holder: str, *, now: datetime) -> tuple[str, list[dict[str, Any]]]:
    """Its address, and the deliveries that are ours now; of several workers one serves an endpoint."""
    async with transaction():
        held = await run(
            f"{HOLD} {locking('w', strength='NO KEY UPDATE', skipping=True)}", webhook=webhook, now=now
        )
        if not held:
            return "", []
        rows = await run(
            CLAIM, webhook=webhook, holder=holder, now=now, lease_ends=now + LEASE, most=rules.AT_A_TIME
        )
    return held[0]["url"], sorted(map(dict, rows), key=lambda row: (row["at"], row["turn"]))


async def _outgoing(delivery: dict[str, Any], keys: Sequence[str], now: datetime, base_url: str) -> Outgoing:
    body = await contents.body_of(delivery, base_url=base_url)
    return Outgoing(rules.headers(keys, f"evt_{delivery['event'].hex}", now, body), body)


async def _let_go(deliveries: Sequence[dict[str, Any]], holder: str, *, run_at: datetime) -> None:
    """What was not tried stays ready; that was no try."""
    async with transaction():
        for one in deliveries:
            await run(LET_GO, delivery=one["id"], holder=holder, run_at=run_at)


async def free_leases(*, now: datetime) -> int:
    """Lets what a dead process was sending be tried at once; only for whoever alone may send. How many."""
    table = tables.WebhookDelivery
    rows = await (
        table.update({table.state: NudgeState.READY, table.run_at: now, table.holder: ""})
        .where(table.state == NudgeState.SENDING)
        .returning(table.id)
    )
    return len(rows)
