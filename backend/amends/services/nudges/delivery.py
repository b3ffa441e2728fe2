"""How does a nudge that is ready reach its target? Claimed with a lease, checked again, sent, settled."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from piccolo.querystring import QueryString

from amends import tables
from amends.database import bound, queue, transaction
from amends.gateways.notifier import Message, Notifier, Outcome, Result
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.rules import nudges as rules
from amends.rules.vocabulary import FollowUpKind, NudgeState, Stage
from amends.services import nudge_messages
from amends.services.nudges import settlement

LEASE = timedelta(seconds=60)
"""Longer than any send can take: the notifier ends one within 41 seconds, by killing it if need be."""


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
) -> NudgeState | None:
    """One attempt to send one nudge: how it stands then, or None when it was not ours to send.

    At least once: whoever dies between the service's yes and our mark leaves a nudge that is sent again, with
    the same reference. Raises only what the database raises.
    """
    holder = uuid4().hex
    if not await _claim(nudge_id, holder, now):
        return None
    nudge = await _claimed(nudge_id)
    reason = _untrue(nudge, now)
    if reason:
        return await settlement.void(nudge, holder, reason, now)
    if nudge["attempts"] > rules.LAST_ATTEMPT:
        return await settlement.settle(nudge, holder, None, now)
    try:
        address = secrets.open(nudge["sealed"], of=nudge["target"])
    except SecretUnreadable:
        result = Result(Outcome.refused, "the address cannot be unsealed")
    else:
        result = await notifier.send(address, _message(nudge, base_url, now))
    return await settlement.mark(nudge, holder, result, now)


async def free_leases(*, now: datetime) -> int:
    """Lets what a dead process was sending be tried at once; only for whoever alone may send. How many."""
    nudge = tables.Nudge
    rows = await (
        nudge.update({nudge.state: NudgeState.READY, nudge.run_at: now, nudge.holder: ""})
        .where(nudge.state == NudgeState.SENDING)
        .returning(nudge.id)
    )
    return len(rows)


async def _claim(nudge_id: UUID, holder: str, now: datetime) -> bool:
    nudge = tables.Nudge
    rows = await (
        nudge.update(
            {
                nudge.state: NudgeState.SENDING,
                nudge.holder: holder,
                nudge.run_at: now + LEASE,
                nudge.attempts: nudge.attempts + 1,
            }
        )
        .where(nudge.id == nudge_id)
        .where(nudge.state.is_in([NudgeState.READY, NudgeState.SENDING]))
        .where(nudge.run_at <= now)
        .returning(nudge.id)
    )
    return bool(rows)


async def _claimed(nudge_id: UUID) -> dict[str, Any]:
    nudge = tables.Nudge
    owed: Any = nudge.follow_up
    rows = await nudge.select(
        *(
            nudge.id,
            nudge.follow_up,
            nudge.generation,
            nudge.rung,
            nudge.audience,
            nudge.attempts,
            nudge.target,
        ),
        nudge.target.sealed.as_alias("sealed"),
        nudge.target.language.as_alias("target_language"),
        nudge.member.language.as_alias("member_language"),
        nudge.member.zone.as_alias("member_zone"),
        nudge.member.disabled_at.as_alias("disabled_at"),
        owed.state.as_alias("owed_state"),
        owed.generation.as_alias("owed_generation"),
        owed.paused_at.as_alias("paused_at"),
        owed.kind.as_alias("kind"),
        owed.due_at.as_alias("due_at"),
        owed.case.id.as_alias("case_id"),
        owed.case.number.as_alias("number"),
        owed.case.stage.as_alias("stage"),
        owed.case.snoozed_until.as_alias("snoozed_until"),
        owed.case.platform.as_alias("platform"),
        owed.case.author.name.as_alias("author_name"),
        owed.case.author.handle.as_alias("author_handle"),
        owed.owner.name.as_alias("owner_name"),
        QueryString("(SELECT zone FROM team)", alias="team_zone"),
    ).where(nudge.id == nudge_id)
    return dict(rows[0])


def _untrue(nudge: dict[str, Any], now: datetime) -> str | None:
    """Why a nudge that was planned may no longer be sent (nudge policy, 1 and 6)."""
    if nudge["follow_up"] is None:
        return None
    snoozed = nudge["snoozed_until"] is not None and nudge["snoozed_until"] > now
    reasons = {
        "settled": nudge["owed_state"] != "due",
        "moved": nudge["owed_generation"] != nudge["generation"],
        "paused": nudge["paused_at"] is not None,
        "closed": nudge["stage"] == Stage.CLOSED,
        "snoozed": snoozed and nudge["kind"] != FollowUpKind.PROMISE,
        "member disabled": nudge["disabled_at"] is not None,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _message(nudge: dict[str, Any], base_url: str, now: datetime) -> Message:
    language = nudge["member_language"] or nudge["target_language"]
    if nudge["follow_up"] is None:
        return nudge_messages.trial_message(nudge["id"], language=language, base_url=base_url)
    facts = nudge_messages.facts_of(
        nudge, language=language, zone=nudge["member_zone"] or nudge["team_zone"] or "UTC"
    )
    return nudge_messages.message(facts, base_url=base_url, now=now)
