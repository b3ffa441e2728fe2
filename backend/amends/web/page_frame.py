"""Frame of every page: counts of the navigation, and health banners."""

from datetime import datetime

import msgspec

from amends.rules.team.permissions import Permission
from amends.rules.vocabulary import Role
from amends.services.desk import first_steps, today
from amends.services.nudge import target_health
from amends.services.operation import health
from amends.services.team.members import Act, Member
from amends.services.workflow import queues


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """For the title, the icon, the navigation, and the banner above the page."""

    overdue: int
    due: int
    worker_late: bool
    failing: tuple[str, ...] = ()
    reach: first_steps.Reach = first_steps.Reach.PROVEN
    """Whether anybody is known to be reached, for readers who may change that for the team."""
    triage: int = 0
    drafts: int = 0
    mails: int = 0
    """How many mails wait for the member's decision."""
    has_mail: bool = False
    """Whether mail reaches the team, and the member may decide on it."""


async def frame(member: Member, *, now: datetime, counts: today.Summary | None = None) -> Frame:
    """What stands around a page now; `counts` where the page has counted already."""
    counted = counts or await today.summary(Act(member, now))
    waiting = await queues.waiting(Act(member, now))
    decides = member.may(Permission.WORK)
    return Frame(
        overdue=counted.overdue,
        due=counted.due,
        worker_late=await health.worker_is_late(now=now),
        failing=tuple(await target_health.failing_of(member.id)),
        reach=await first_steps.reach() if member.role is Role.ADMIN else first_steps.Reach.PROVEN,
        triage=waiting.triage,
        drafts=waiting.approvals,
        mails=waiting.mails if decides else 0,
        has_mail=waiting.has_mail and decides,
    )
