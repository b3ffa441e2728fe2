"""Work of the installation: the anchor of the day, and how all that recurs stands."""

from datetime import datetime

from amends.rules.operation.recurring import ANCHOR, VERIFICATION, Last, Outcome, Work
from amends.services.case import anchors
from amends.services.operation import recurring
from amends.services.operation.backups import schedule
from amends.services.operation.recurring import Standing


async def standing(*, now: datetime) -> list[Standing]:
    """How each stands, in the order of their declaration."""
    return [
        await schedule.work_standing(now=now),
        await recurring.standing(Work.VERIFICATION, VERIFICATION, decided_at=None, now=now),
        await recurring.standing(Work.ANCHOR, ANCHOR, decided_at=None, now=now),
    ]


async def make_anchor(*, now: datetime) -> bool:
    """The anchor of the day where it is due: whether it was. There is none before there is a case."""

    async def make(_begun: Last) -> Outcome:
        await anchors.make_daily(now=now)
        return Outcome()

    if not await anchors.have_something_to_cover():
        return False
    return await recurring.run_due(Work.ANCHOR, ANCHOR, make, now=now)
