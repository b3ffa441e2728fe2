"""Reports by mail: of which period, when each is due, what it is called."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from amends.rules.insight.periods import Period, is_month, month_of
from amends.rules.team import written_days

HOUR = 7
"""From this hour on of the first day after a period its report is sent, on the clock of the team."""


class Rhythm(StrEnum):
    """How often a reader gets a report."""

    WEEKLY = "week"
    MONTHLY = "month"


def last_whole(rhythm: Rhythm, today: date) -> Period:
    """The last week, from Monday on, or calendar month that is over."""
    if rhythm is Rhythm.MONTHLY:
        return month_of(today).before()
    monday = today - timedelta(days=today.weekday())
    return Period(monday - timedelta(days=7), monday - timedelta(days=1))


def due(rhythm: Rhythm, *, planned_to: date, zone: str, now: datetime) -> Period | None:
    """The period whose report is to be sent now; None while there is none.

    `planned_to` is the last day of the period before, of which nothing more is sent. Of several periods that
    passed while no worker ran only the last one is reported.
    """
    here = now.astimezone(ZoneInfo(zone))
    period = last_whole(rhythm, here.date())
    begins = datetime.combine(period.last + timedelta(days=1), time(HOUR), here.tzinfo)
    return period if period.last > planned_to and here >= begins else None


def called(period: Period) -> str:
    """A period by its name, in the language at hand: "May 2026", "4–10 May 2026"."""
    if is_month(period):
        return written_days.month(period.first)
    return written_days.between(period.first, period.last)
