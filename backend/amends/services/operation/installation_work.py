"""Work of the installation: the anchor of the day, and how all that recurs stands."""

from datetime import datetime

import msgspec

from amends.rules.operation import backup_plan
from amends.rules.operation import recurring as rules
from amends.rules.operation.recurring import ANCHOR, VERIFICATION, Last, Outcome, Rhythm, Work
from amends.services.case import anchors
from amends.services.operation import recurring
from amends.services.operation.backups import schedule


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """How one work stands: when it was last good, when it is due next, None for never, and its trouble."""

    work: Work
    good_at: datetime | None
    next_at: datetime | None
    is_running: bool
    is_overdue: bool
    problem: str

    @property
    def is_in_trouble(self) -> bool:
        """Whether people must look after it."""
        return self.is_overdue or bool(self.problem)


async def standing(*, now: datetime) -> list[Standing]:
    """How each stands, in the order of their declaration."""
    plan = await schedule.plan()
    rhythms = {
        Work.BACKUP: (backup_plan.rhythm(plan), plan.changed_at),
        Work.VERIFICATION: (VERIFICATION, None),
        Work.ANCHOR: (ANCHOR, None),
    }
    return [
        _standing(work, rhythm, await recurring.last(work), decided_at, now)
        for work, (rhythm, decided_at) in rhythms.items()
    ]


def _standing(
    work: Work, rhythm: Rhythm, last: Last | None, decided_at: datetime | None, now: datetime
) -> Standing:
    good_at = last.good_at if last else None
    return Standing(
        work=work,
        good_at=good_at,
        next_at=rules.next_due(rhythm, last, now=now),
        is_running=last is not None and last.ended_at is None,
        is_overdue=rules.is_overdue(rhythm, (good_at, decided_at), now=now),
        problem=last.problem if last else "",
    )


async def make_anchor(*, now: datetime) -> bool:
    """The anchor of the day where it is due: whether it was. There is none before there is a case."""

    async def make(_begun: Last) -> Outcome:
        await anchors.make_daily(now=now)
        return Outcome()

    if not await anchors.have_something_to_cover():
        return False
    return await recurring.run_due(Work.ANCHOR, ANCHOR, make, now=now)
