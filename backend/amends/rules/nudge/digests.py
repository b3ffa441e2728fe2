"""Digests: contents, order and time of sending."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from amends.rules.follow_up.kinds import KINDS
from amends.rules.nudge.nudges import LAST_RUNG, is_soon
from amends.rules.team.calendars import Calendar, is_working_day
from amends.rules.vocabulary import FollowUpKind as Kind

A_WEEK = timedelta(days=7)
LATELY = timedelta(hours=1)
"""What a member was nudged of so shortly before is counted and not listed: nobody is told twice."""


class Section(StrEnum):
    """The parts of a digest, in their order (nudge policy, 4)."""

    STUCK = "stuck"
    OVERDUE = "overdue"
    TODAY = "today"
    SOON = "soon"
    PROMISES = "promises"
    WAITING = "waiting"
    SECOND_CHANCES = "second_chances"


AHEAD = {Kind.PROMISE: Section.PROMISES, Kind.SECOND_CHANCE: Section.SECOND_CHANCES}
"""Kinds that have a section of their own for the week before they are due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What the digest needs to know of a follow-up; `rung` is as far as it has climbed.

    `owner` is the name of somebody else who owns it; `told` when its member was nudged of it lately. `step`
    names the next step of the case, where that is to do this very thing. `words` are what a member wrote of
    it.
    """

    number: int
    title: str
    kind: Kind
    starts_at: datetime
    due_at: datetime
    rung: int
    owner: str = ""
    told: bool = False
    step: str = ""
    words: str = ""


def section_of(owed: Owed, *, now: datetime, midnight: datetime) -> Section | None:
    """Where a follow-up belongs; None when it can wait for another day. `midnight` ends the member's day.

    What has climbed its whole ladder comes first: nobody is nudged of it any more. A promise counts as one
    while it is ahead, and so does a second chance; what is late is simply late.
    """
    if owed.rung >= LAST_RUNG:
        return Section.STUCK
    if owed.due_at <= now:
        return Section.WAITING if KINDS[owed.kind].awaits_answer else Section.OVERDUE
    if owed.kind in AHEAD and owed.due_at < now + A_WEEK:
        return AHEAD[owed.kind]
    if owed.due_at < midnight:
        return Section.TODAY
    return Section.SOON if is_soon(starts_at=owed.starts_at, due_at=owed.due_at, now=now) else None


def sorted_out(owed: Iterable[Owed], *, now: datetime, midnight: datetime) -> dict[Section, list[Owed]]:
    """Every section that is not empty, in order, the longest late or the soonest due first."""
    found: dict[Section, list[Owed]] = {section: [] for section in Section}
    for one in sorted(owed, key=lambda one: (one.due_at, one.number)):
        if not one.told and (section := section_of(one, now=now, midnight=midnight)):
            found[section].append(one)
    return {section: some for section, some in found.items() if some}


def is_due(
    *,
    digest_at: int | None,
    zone: str,
    calendar: Calendar,
    quiet_week_ends: bool,
    digested_on: object,
    now: datetime,
) -> bool:
    """Whether a member's digest of this day is still to be decided: on working days, from their hour on.

    On a week-end that is quiet for the member there is none, though others work.

    `digest_at` is in minutes of the member's day, None for nobody who wants none; `digested_on` the last
    local day that was decided.
    """
    here = now.astimezone(ZoneInfo(zone))
    if digest_at is None or here.hour * 60 + here.minute < digest_at or digested_on == here.date():
        return False
    return is_digest_day(calendar, here.date(), quiet_week_ends=quiet_week_ends)


def is_digest_day(calendar: Calendar, day: date, *, quiet_week_ends: bool) -> bool:
    """Whether a member gets a digest on this day of theirs, if there is something to say."""
    return is_working_day(calendar, day) and not (quiet_week_ends and day.weekday() >= 5)


def is_weekly(*, zone: str, now: datetime) -> bool:
    """Whether this day's digest also tells a lead of the team's week: on Mondays."""
    return now.astimezone(ZoneInfo(zone)).weekday() == 0
