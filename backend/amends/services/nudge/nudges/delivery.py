"""Delivery to a target: claim, check, send as one message, settle."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import bound, queue, transaction
from amends.gateways.notifier import Message, Notifier, Outcome, Result
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import Language, NudgeKind, NudgeState, Role
from amends.rules.workflow.guards import Mover
from amends.services.case import next_steps
from amends.services.case.next_steps import Viewer
from amends.services.nudge import (
    digests,
    mail_threads,
    message_links,
    notice_messages,
    nudge_messages,
    push_targets,
    report_messages,
)
from amends.services.nudge.nudges import pre_send_checks, settlement
from amends.services.nudge.nudges.claims import claim
from amends.services.nudge.report_messages import Posted
from amends.services.team import reply_rules

Nudges = list[dict[str, Any]]
KEYS_PAUSE = timedelta(minutes=1)
"""What cannot be opened here waits for a worker with the right keys; it was no try."""
UNCLEAR = Result(Outcome.refused, "its mail server cannot write to another mailbox")
SEALED = Result(Outcome.not_sent, "the address cannot be unsealed")


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
    the same references. Raises what the database raises; and SecretUnreadable when no key opens the address:
    then the nudges stay ready.
    """
    holder = uuid4().hex
    claimed = await claim(nudge_id, holder, now=now)
    true, states = await pre_send_checks.apply(claimed, holder, now)
    if not true:
        return states
    address = await _address(true, holder, secrets, now)
    if address is None:
        return [*states, *await settlement.mark(true, holder, SEALED, now)]
    posted = await report_messages.find(nudge_id) if true[0]["kind"] == NudgeKind.REPORT else None
    address = posted.address(address) if posted else address
    if not address:
        return [*states, *await settlement.mark(true, holder, UNCLEAR, now)]
    message = await _message(true, posted, base_url, now)
    if message is None:
        return [*states, *await settlement.void(true, holder, "nothing to say", now)]
    mark = secrets.marks()[0]
    identified = mail_threads.identified(message, true, base_url=base_url, now=now, instance=mark)
    pushed = await push_targets.deliver(address, identified, notifier, secrets, now=now, base_url=base_url)
    result = pushed or await notifier.send(address, identified)
    states += await settlement.mark(true, holder, result, now)
    if result.outcome is Outcome.gone:
        await push_targets.end(true[0]["target"], secrets, now=now)
    return states


async def _address(nudges: Nudges, holder: str, secrets: Secrets, now: datetime) -> str | None:
    """The address of their target; None for a test of one that cannot be opened, since somebody waits for it.

    Raises SecretUnreadable for all others, after they were let go.
    """
    first = nudges[0]
    try:
        return secrets.open(first["sealed"], of=first["target"])
    except SecretUnreadable:
        if first["kind"] == NudgeKind.TRIAL:
            return None
        await settlement.hold(nudges, holder, now + KEYS_PAUSE)
        raise


async def _message(nudges: Nudges, posted: Posted | None, base_url: str, now: datetime) -> Message | None:
    first = nudges[0]
    if first["kind"] == NudgeKind.REPORT:
        return posted.message(reference=first["key"].replace(":", "-"), base_url=base_url) if posted else None
    language = first["member_language"] or first["team_language"] or Language.ENGLISH
    if first["kind"] == NudgeKind.TRIAL:
        return nudge_messages.trial_message(first["id"], language=language, base_url=base_url)
    if first["kind"] == NudgeKind.DIGEST:
        return await digests.message(first["member"], key=first["key"], base_url=base_url, now=now)
    if first["kind"] == NudgeKind.NOTICE:
        return await notice_messages.message(first["member"], first["id"], base_url=base_url, now=now)
    zone = first["member_zone"] or first["team_zone"] or "UTC"
    links = await message_links.make(nudges, now=now)
    rules = await reply_rules.current()
    told: Sequence[nudge_messages.NudgeFacts] = [
        nudge_messages.facts_of(
            nudge,
            language=language,
            zone=zone,
            act=links.get(nudge["follow_up"], ""),
            step=_receiver(nudge, rules).step(next_steps.facts_of_row(nudge, "case_"), now=now),
        )
        for nudge in nudges
    ]
    return nudge_messages.message(told, base_url=base_url, now=now)


def _receiver(nudge: dict[str, Any], rules: ReplyRules) -> Viewer:
    """Who is told; what goes to the team is read by anybody."""
    if nudge["member"] is None:
        return Viewer(next_steps.ANYBODY, rules)
    stands_in = bool(nudge["leads_deputy"])
    return Viewer(Mover(nudge["member"], Role(nudge["member_role"]), stands_in), rules)
