"""Preview of what a member would get at some moment."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends.database import run
from amends.rules.nudge import nudges as rules
from amends.rules.nudge.digests import is_digest_day
from amends.rules.team.calendars import Calendar, Calendars
from amends.rules.team.policies import Policy
from amends.rules.vocabulary import Audience, FollowUpKind, Nature, Severity
from amends.services.follow_up import active
from amends.services.nudge import digests
from amends.services.nudge.digest_messages import Digest
from amends.services.nudge.nudges.ladders import owed
from amends.services.nudge.nudges.receivers import quiet_hours
from amends.services.team import absences, calendars, members, policies
from amends.services.team.members import Member

MOST = 50

LATE = """
SELECT c.number, c.title, c.nature, c.severity, c.owner AS case_owner, f.kind, f.owner,
member.name AS owner_name, f.due_at, f.climbs_from, f.allotted, f.counted, 0 AS rung
FROM follow_up f JOIN case_file c ON c.id = f."case" LEFT JOIN member ON member.id = f.owner
WHERE ({whose}) AND f.due_at <= :at AND {active}
ORDER BY f.due_at, c.number LIMIT :most
"""


ACTIVE = active.condition(now=":at")


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that would be late; `told_at` is when the member would hear of it at the earliest.

    `audience` says why they hear: it is theirs, or an S1 while they are on duty. `stands_in_for` is the name
    of its owner, who is away. `given_back` when the case would be in the pool by then.
    """

    number: int
    title: str
    nature: Nature | None
    kind: FollowUpKind
    due_at: datetime
    rung: int
    told_at: datetime
    audience: Audience = Audience.OWNER
    stands_in_for: str = ""
    given_back: bool = False


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What would be late at a moment, the soonest due first, and the digest of that day.

    `away` when the member is not there then; `deputy` is the name of whoever stands in.
    """

    at: datetime
    late: list[Foreseen]
    digest: Digest | None
    away: bool
    deputy: str = ""

    @property
    def held_until(self) -> datetime | None:
        """When quiet hours would let the first of it through, if they hold all of it."""
        told_at = min((one.told_at for one in self.late), default=None)
        return told_at if told_at and told_at > self.at else None


async def at(member: Member, moment: datetime) -> Preview:
    """What the member would be nudged of at that moment, and when quiet hours would let it through."""
    counted_in = await calendars.both()
    absent = await absences.away(now=moment)
    away = member.id in absent
    is_on_duty = member.id in await absences.on_duty(now=moment, absent=absent)
    stands_in = () if away else [one for one, deputy in absent.items() if deputy == member.id]
    rows = await _late(member, moment, stands_in=stands_in, on_duty=is_on_duty)
    deputy = absent.get(member.id)
    view = View(
        member=member,
        at=moment,
        calendars=counted_in,
        policy=await policies.current(),
        stands_in_for=stands_in,
        breaks_through=member.hears_urgent and is_on_duty,
    )
    return Preview(
        at=moment,
        late=[await _foreseen(row, view) for row in rows],
        digest=None if away else await _digest(member, counted_in.team, moment),
        away=away,
        deputy=(await members.find(deputy)).name if deputy else "",
    )


async def _late(
    member: Member, moment: datetime, *, stands_in: Sequence[UUID], on_duty: bool
) -> Sequence[Mapping[str, Any]]:
    """What is theirs or an absent member's whose deputy they are; while they are on duty also every S1."""
    absent: dict[str, Any] = {f"absent_{place}": one for place, one in enumerate(stands_in)}
    whose = ["f.owner = :owner", *(f"f.owner = :{name}" for name in absent)]
    whose += ["c.severity = 's1'"] if on_duty else []
    return await run(
        LATE.format(whose=" OR ".join(whose), active=ACTIVE),
        owner=member.id,
        at=moment,
        most=MOST,
        **absent,
    )


async def _digest(member: Member, calendar: Calendar, moment: datetime) -> Digest | None:
    day = moment.astimezone(ZoneInfo(member.zone)).date()
    quiet = member.quiet_week_ends
    if member.digest_at is None or not is_digest_day(calendar, day, quiet_week_ends=quiet):
        return None
    return await digests.content_of(member, now=moment)


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Through whose eyes one looks ahead, and by which times."""

    member: Member
    at: datetime
    calendars: Calendars
    policy: Policy
    stands_in_for: Sequence[UUID]
    breaks_through: bool


async def _foreseen(row: Mapping[str, Any], view: View) -> Foreseen:
    facts, is_theirs = owed(row, policy=view.policy), row["owner"] == view.member.id
    step = rules.plan(replace(facts, returns=False), calendars=view.calendars, now=view.at)
    quiet = quiet_hours(msgspec.to_builtins(view.member), view.calendars.team)
    urgent = row["severity"] == Severity.S1
    return Foreseen(
        number=row["number"],
        title=row["title"],
        nature=Nature(row["nature"]) if row["nature"] else None,
        kind=FollowUpKind(row["kind"]),
        due_at=row["due_at"],
        rung=step.rung,
        told_at=rules.not_before(
            quiet=quiet, told_at=None, urgent=urgent, breaks_through=view.breaks_through, now=view.at
        ),
        audience=Audience.OWNER if is_theirs or row["owner"] in view.stands_in_for else Audience.ON_DUTY,
        stands_in_for="" if is_theirs or row["owner"] not in view.stands_in_for else row["owner_name"],
        given_back=await _is_given_back(row, facts, view),
    )


async def _is_given_back(row: Mapping[str, Any], facts: rules.Owed, view: View) -> bool:
    """Whether nobody would own it any more: unless a deputy stood in when the ladder ended."""
    ends = rules.goes_back_at(facts, view.calendars)
    if ends is None or ends > view.at:
        return False
    absent = await absences.away(now=ends)
    deputy = absent.get(row["owner"])
    return deputy is None or deputy in absent
