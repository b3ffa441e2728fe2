"""Retention periods: how long closed cases are kept, by how they ended, and when theirs is over."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from amends.rules.team.wall_clocks import end_of_day

KEPT_FOR_EVER = 0
MOST_MONTHS = 360
NOTICE_DAYS = range(7, 366)


class Term(StrEnum):
    """Which retention period a closed case has; the longest comes first where several fit."""

    THREAT = "threat"
    """Flagged as a threat and not taken back, of the nature of a threat, or referred."""
    REFUSED = "refused"
    """Not about us."""
    SILENCE = "silence"
    """Watched in silence on purpose, and closed without action."""
    ENDED = "ended"
    """Ended in any other way."""
    MERGED = "merged"
    """A duplicate: it goes after the case that it was merged into."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Months after closing, 0 for ever; of drafts too. Before an admin has switched it on, nothing goes.

    The values are what is proposed. `notice_days` lie between listing a case and erasing it.
    """

    is_on: bool = False
    ended: int = 24
    silence: int = 12
    refused: int = 1
    threat: int = 72
    drafts: int = 3
    notice_days: int = 30


PERIODS = ("ended", "silence", "refused", "threat", "drafts")
"""The fields of a plan that are numbers of months."""


def closed_before(months: int, *, now: datetime, zone: str) -> datetime | None:
    """The instant before which a case was closed whose period is over now; None where it is kept for ever.

    A period ends on the same day of a later month, or on its last day: 31 January and a month is 28 February.
    The whole day counts, on the wall clock of the zone.
    """
    if months == KEPT_FOR_EVER:
        return None
    today = now.astimezone(ZoneInfo(zone)).date()
    day = _last_day_before(today, months) + timedelta(days=1)
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def _last_day_before(today: date, months: int) -> date:
    """The last day from which so many months are over today."""
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    is_last_of_month = today.day == monthrange(today.year, today.month)[1]
    return date(year, month + 1, last if is_last_of_month else min(today.day, last))


def goes_at(listed_at: datetime, *, notice_days: int, zone: str) -> datetime:
    """When a case is erased that is listed now: the midnight after the whole notice."""
    return end_of_day(listed_at + timedelta(days=notice_days), zone)


def local_day(now: datetime, zone: str) -> date:
    """The day on the wall clock of a zone."""
    return now.astimezone(ZoneInfo(zone)).date()
