"""Wall-clock time to instants, through daylight saving time changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def wall_second(zone: ZoneInfo, day: date, minute: int) -> int:
    """The first second at which the wall clock shows `minute` of `day`, or the jump when it skips it.

    So an hour that happens twice counts twice, one that is skipped counts nothing, and slots never overlap.
    """
    early = datetime.combine(day, time(), zone) + timedelta(minutes=minute)
    wall = early.replace(tzinfo=None)
    second = seconds_of(early)
    if instant(second).astimezone(zone).replace(tzinfo=None) == wall:
        return second
    before = seconds_of(early.replace(fold=1))
    while second - before > 1:
        middle = (before + second) // 2
        if instant(middle).astimezone(zone).replace(tzinfo=None) < wall:
            before = middle
        else:
            second = middle
    return second


def seconds_of(at: datetime) -> int:
    """An aware instant in whole seconds since 1970, rounded down: everything here counts in whole seconds."""
    return (at - EPOCH) // SECOND


def instant(second: int) -> datetime:
    """The aware UTC datetime of a second since 1970."""
    return EPOCH + timedelta(seconds=second)


def start_of_week(now: datetime, zone: str) -> datetime:
    """The midnight with which the Monday of this week began on the wall clock of a zone, in UTC."""
    here = now.astimezone(ZoneInfo(zone))
    monday = here.date() - timedelta(days=here.weekday())
    return datetime.combine(monday, time(), here.tzinfo).astimezone(UTC)


def end_of_day(now: datetime, zone: str) -> datetime:
    """The midnight after `now` on the wall clock of a zone, in UTC."""
    here = now.astimezone(ZoneInfo(zone))
    return datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo).astimezone(UTC)
