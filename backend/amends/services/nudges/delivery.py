"""How do nudges that are ready reach a target? Claimed, checked again, sent as one message, settled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import bound, queue, transaction
from amends.gateways.notifier import Message, Notifier, Outcome, Result
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.rules import nudges as rules
from amends.rules.vocabulary import NudgeKind, NudgeState, Severity
from amends.services import digests, message_links, nudge_messages
from amends.services.nudges import settlement
from amends.services.nudges.claims import HANDED_ON, claim, doubled, told_today, untrue
from amends.services.nudges.planning import hand_on

Nudges = list[dict[str, Any]]


async def ready(*, now: datetime, limit: int) -> list[UUID]:
    """The nudges that may be tried at this instant, the longest waiting first."""
    rows = await tables.Nudge.raw(
        "SELECT id FROM nudge WHERE state IN ('ready', 'sending') AND run_at <= {} ORDER BY run_at LIMIT {}",
        now,
        limit,
    )
    return [row["id"] for row in rows]


async def announce_waiting(*, now: datetime, limit: int = 1_000) -> None:
    """Tells the workers of everything that may be tried: retries, what was held, and what a crash left."""
    if not bound().announces:
        return
    waiting = await ready(now=now, limit=limit)
    async with transaction():
        await queue.announce(waiting)


async def deliver(
    nudge_id: UUID, notifier: Notifier, secrets: Secrets, *, now: datetime, base_url: str
) -> list[NudgeState]:
    """One attempt to send a nudge and what goes with it: how each stands then; nothing when it is not ours.

    At least once: whoever dies between the service's yes and our mark leaves nudges that are sent again, with
    the same references. Raises only what the database raises.
    """
    holder = uuid4().hex
    claimed = await claim(nudge_id, holder, now=now)
    true, states = await _sorted_out(claimed, holder, now)
    if not true:
        return states
    message = await _message(true, base_url, now)
    if message is None:
        return [*states, *await settlement.void(true, holder, "nothing to say", now)]
    result = await _sent(true, notifier, secrets, message)
    return [*states, *await settlement.mark(true, holder, result, now)]


async def _sorted_out(claimed: Nudges, holder: str, now: datetime) -> tuple[Nudges, list[NudgeState]]:
    """What is still to be said; the rest is settled: untrue, tried too often, or left to the digest."""
    reasons = {nudge["id"]: untrue(nudge, now) for nudge in claimed}
    for nudge in doubled([nudge for nudge in claimed if not reasons[nudge["id"]]]):
        reasons[nudge["id"]] = "overtaken"
    states: list[NudgeState] = []
    for reason in sorted({reason for reason in reasons.values() if reason}):
        false = [nudge for nudge in claimed if reasons[nudge["id"]] == reason]
        async with transaction():
            states += await settlement.void(false, holder, reason, now)
            if reason in HANDED_ON:
                await hand_on([one for one in false if one["kind"] == NudgeKind.RUNG], now)
    true = [nudge for nudge in claimed if not reasons[nudge["id"]]]
    spent = [nudge for nudge in true if nudge["attempts"] > rules.LAST_ATTEMPT]
    if spent:
        states += await settlement.settle(spent, holder, None, now)
        true = [nudge for nudge in true if nudge not in spent]
    if true and await _is_over_budget(true, now):
        return [], [*states, *await settlement.void(true, holder, "left to the digest", now)]
    return true, states


async def _is_over_budget(nudges: Nudges, now: datetime) -> bool:
    """Whether the member had enough messages today; an S1 always goes out (nudge policy, 3)."""
    first = nudges[0]
    urgent = any(nudge["severity"] == Severity.S1 for nudge in nudges)
    if urgent or first["kind"] != NudgeKind.RUNG or first["member"] is None or first["digest_at"] is None:
        return False
    return bool(await told_today(first, now=now) >= first["daily_budget"])


async def _sent(nudges: Nudges, notifier: Notifier, secrets: Secrets, message: Message) -> Result:
    first = nudges[0]
    try:
        address = secrets.open(first["sealed"], of=first["target"])
    except SecretUnreadable:
        return Result(Outcome.refused, "the address cannot be unsealed")
    return await notifier.send(address, message)


async def _message(nudges: Nudges, base_url: str, now: datetime) -> Message | None:
    first = nudges[0]
    language = first["member_language"] or first["target_language"]
    if first["kind"] == NudgeKind.TRIAL:
        return nudge_messages.trial_message(first["id"], language=language, base_url=base_url)
    if first["kind"] == NudgeKind.DIGEST:
        return await digests.message(first["member"], key=first["key"], base_url=base_url, now=now)
    zone = first["member_zone"] or first["team_zone"] or "UTC"
    links = await message_links.make(nudges, now=now)
    told: Sequence[nudge_messages.NudgeFacts] = [
        nudge_messages.facts_of(nudge, language=language, zone=zone, act=links.get(nudge["follow_up"], ""))
        for nudge in nudges
    ]
    return nudge_messages.message(told, base_url=base_url, now=now)
