"""Trials: a message that says that nudges arrive at a target, and how it ended (R-63)."""

from uuid import UUID, uuid4

from amends import tables
from amends.database import queue, transaction
from amends.gateways.notifier import Outcome, Result
from amends.i18n import gettext as _
from amends.rules.vocabulary import Audience, NudgeKind, NudgeState, Role
from amends.services.nudge.targets import TargetUnknown, take
from amends.services.team.members import Act, Member


async def begin(act: Act, target_id: UUID) -> UUID:
    """Plans a message that says that nudges arrive; the worker sends it at once, and once only.

    Returns the nudge's id, for `result`. Raises TargetUnknown, TargetNotYours.
    """
    async with transaction():
        target = await take(target_id, by=act.by)
        nudge_id = uuid4()
        await tables.Nudge.insert(
            tables.Nudge(
                id=nudge_id,
                kind=NudgeKind.TRIAL,
                key=f"test:{nudge_id}",
                audience=Audience.OWNER if target.member else Audience.TEAM,
                member=target.member,
                target=target_id,
                run_at=act.now,
                created_at=act.now,
            )
        )
        await queue.announce([nudge_id])
    return nudge_id


async def result(nudge_id: UUID, *, by: Member) -> Result | None:
    """How a test ended; None while it waits (R-63).

    Raises TargetUnknown when there is no such test, or it is of a target that the member does not see.
    """
    nudges = await tables.Nudge.select(tables.Nudge.state, tables.Nudge.member).where(
        (tables.Nudge.id == nudge_id) & (tables.Nudge.kind == NudgeKind.TRIAL)
    )
    if not nudges or (nudges[0]["member"] not in (None, by.id) and by.role is not Role.ADMIN):
        raise TargetUnknown(_("This test no longer exists. Send another one."))
    if nudges[0]["state"] in (NudgeState.READY, NudgeState.SENDING):
        return None
    deliveries = (
        await tables.Delivery.select(tables.Delivery.result, tables.Delivery.detail)
        .where(tables.Delivery.nudge == nudge_id)
        .order_by(tables.Delivery.attempt, ascending=False)
        .limit(1)
    )
    ended = deliveries[0] if deliveries else {"result": Outcome.unreachable, "detail": ""}
    return Result(Outcome(ended["result"]), ended["detail"])
