"""Days of an agenda: their bounds, and which of them a period touches."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from amends.rules.team.wall_clocks import instant, wall_second

View = Literal["day", "week", "month"]

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def days_of(view: View, day: date) -> tuple[date, ...]:
    """The day itself, its week from Monday on, or the whole weeks in which its month lies."""
    if view == "day":
        return (day,)
    first, last = (day, day) if view == "week" else (day.replace(day=1), turned("month", day, 1) - DAY)
    monday = first - first.weekday() * DAY
    sunday = last + (6 - last.weekday()) * DAY
    return tuple(monday + distance * DAY for distance in range((sunday - monday).days + 1))


def turned(view: View, day: date, by: int) -> date:
    """A day of the next page of the agenda (1), or of the one before (-1); of a month the first."""
    if view == "month":
        years, month = divmod(day.month - 1 + by, 12)
        return date(day.year + years, month + 1, 1)
    return day + by * (WEEK if view == "week" else DAY)


def edges(days: Sequence[date], zone: str) -> tuple[datetime, ...]:
    """When (UTC) each day begins on a wall clock of the zone, and when the last one ends.

    A day over a change of the clock has 23 or 25 hours; one whose midnight is skipped begins at the jump.
    """
    here = ZoneInfo(zone)
    return tuple(instant(wall_second(here, day, 0)) for day in (*days, days[-1] + DAY))


def ahead(of: Sequence[datetime], now: datetime) -> tuple[datetime, ...]:
    """The same edges without what lies before now: that is overdue, and stands apart."""
    return tuple(max(edge, now) for edge in of)


def touched(begins_at: datetime, ends_at: datetime, of: Sequence[datetime]) -> Iterator[int]:
    """The places of the days on which a stretch has at least a moment; it ends before its last instant."""
    for place, (begins, ends) in enumerate(pairwise(of)):
        if begins_at < ends and ends_at > begins:
            yield place
