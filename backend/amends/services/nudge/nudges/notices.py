"""Planning of notices: one message to each member of what somebody else gave them, decided once, as a row."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from amends import tables
from amends.database import locking, queue, run, transaction
from amends.rules.vocabulary import NudgeKind
from amends.services.nudge.nudges.receivers import Receiver, Receivers
from amends.services.team import teams

BATCH = 500
ANY = "SELECT 1 AS one FROM notice WHERE nudge IS NULL LIMIT 1"
PENDING = "SELECT id, member FROM notice WHERE nudge IS NULL ORDER BY given_at LIMIT :most"


async def tell_members(*, now: datetime) -> int:
    """Plans the messages of what members were given: how many; any number of workers may do so.

    Whoever has no target, or is disabled, is told of nothing.
    """
    if not await run(ANY):  # mostly there is none, and nobody is kept from writing for it
        return 0
    async with transaction():
        of_members: dict[UUID, list[UUID]] = {}
        for row in await run(f"{PENDING} {locking(skipping=True)}", most=BATCH):
            of_members.setdefault(row["member"], []).append(row["id"])
        receivers = await Receivers.find(now=now, holidays=await teams.calendar())
        planned = 0
        for member, given in of_members.items():
            receiver = receivers.of_member(member)
            planned += await _plan(given, receiver, now) if receiver else await _forget(given)
    return planned


async def _plan(given: Sequence[UUID], receiver: Receiver, now: datetime) -> int:
    """Step: one nudge, outside quiet hours, for all that this member was given."""
    notice, run_at = tables.Notice, receiver.not_before(now)
    nudge = tables.Nudge(
        id=uuid4(),
        kind=NudgeKind.NOTICE,
        key=f"notice:{given[0]}",
        audience=receiver.audience,
        member=receiver.member,
        target=receiver.target,
        run_at=run_at,
        created_at=now,
    )
    await tables.Nudge.insert(nudge)
    await notice.update({notice.nudge: nudge.id}).where(notice.id.is_in(list(given)))
    if run_at <= now:
        await queue.announce([nudge.id])
    return 1


async def _forget(given: Sequence[UUID]) -> int:
    await tables.Notice.delete().where(tables.Notice.id.is_in(list(given)))
    return 0
