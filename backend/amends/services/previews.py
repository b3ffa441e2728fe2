"""What would a member get at some moment, if nothing were done until then?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from amends.database import run
from amends.gateways.notifier import Message
from amends.rules import nudges as rules
from amends.rules.vocabulary import FollowUpKind, Severity
from amends.services import absences, digest_messages, digests, teams
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
    """What would be late at a moment, and the digest of that day; `away` when somebody stands in then."""

    at: datetime
    late: list[Foreseen]
    digest: Message | None
    away: bool


async def at(member: Member, moment: datetime, *, base_url: str) -> Preview:
    """What the member would be nudged of at that moment, and when quiet hours would let it through."""
    calendar = await teams.calendar()
    quiet = quiet_hours(msgspec.to_builtins(member), calendar)
    absent = await absences.away(now=moment)
    away = member.id in absent
    through = member.hears_urgent and member.id in await absences.on_duty(now=moment, absent=absent)
    rows = await run(LATE, owner=member.id, at=moment, most=MOST)
    wants_one = member.digest_at is not None and not away
    content = await digests.content_of(member, now=moment) if wants_one else None
    return Preview(
        at=moment,
        late=[
            _foreseen(row, quiet, through, rules.plan(owed(row), calendar=calendar, now=moment), moment)
            for row in rows
        ],
        digest=digest_messages.message(content, reference="", base_url=base_url, now=moment)
        if content
        else None,
        away=away,
    )


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
