"""What would a member get at some moment, if nothing were done until then?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from amends.database import run
from amends.rules import nudges as rules
from amends.rules.calendars import Calendar
from amends.rules.digests import is_digest_day
from amends.rules.vocabulary import FollowUpKind, Severity
from amends.services import absences, calendars, digests, members
from amends.services.digest_messages import Digest
from amends.services.members import Member
from amends.services.nudges.planning import owed
from amends.services.nudges.receivers import quiet_hours

MOST = 50

LATE = """
SELECT c.number, c.title, c.severity, f.kind, f.owner, f.due_at, f.climbs_from, f.allotted, f.counted,
0 AS rung
FROM follow_up f JOIN case_file c ON c.id = f."case"
WHERE f.owner = :owner AND f.state = 'due' AND f.paused_at IS NULL AND f.due_at <= :at
AND c.stage <> 'closed' AND (c.snoozed_until IS NULL OR c.snoozed_until <= :at OR f.kind = 'promise')
ORDER BY f.due_at LIMIT :most
"""


class Foreseen(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up that would be late; `told_at` is when the member would hear of it at the earliest."""

    number: int
    title: str
    kind: FollowUpKind
    due_at: datetime
    rung: int
    told_at: datetime


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
    quiet = quiet_hours(msgspec.to_builtins(member), counted_in.team)
    absent = await absences.away(now=moment)
    away = member.id in absent
    through = member.hears_urgent and member.id in await absences.on_duty(now=moment, absent=absent)
    rows = await run(LATE, owner=member.id, at=moment, most=MOST)
    deputy = absent.get(member.id)
    return Preview(
        at=moment,
        late=[
            _foreseen(row, quiet, through, rules.plan(owed(row), calendars=counted_in, now=moment), moment)
            for row in rows
        ],
        digest=None if away else await _digest(member, counted_in.team, moment),
        away=away,
        deputy=(await members.find(deputy)).name if deputy else "",
    )


async def _digest(member: Member, calendar: Calendar, moment: datetime) -> Digest | None:
    day = moment.astimezone(ZoneInfo(member.zone)).date()
    quiet = member.quiet_week_ends
    if member.digest_at is None or not is_digest_day(calendar, day, quiet_week_ends=quiet):
        return None
    return await digests.content_of(member, now=moment)


def _foreseen(
    row: Mapping[str, Any], quiet: rules.QuietHours, through: bool, step: rules.Step, moment: datetime
) -> Foreseen:
    urgent = row["severity"] == Severity.S1
    told_at = rules.not_before(quiet=quiet, told_at=None, urgent=urgent, breaks_through=through, now=moment)
    return Foreseen(
        number=row["number"],
        title=row["title"],
        kind=FollowUpKind(row["kind"]),
        due_at=row["due_at"],
        rung=step.rung,
        told_at=told_at,
    )
