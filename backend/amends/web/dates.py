"""Dates for a reader: relative words, and the exact time of their zone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec

from amends.i18n import language
from amends.rules.team import relative_times, written_days

_zone: ContextVar[str] = ContextVar("zone", default="UTC")


class Moment(msgspec.Struct, frozen=True):
    """An instant, ready to show: `iso` for machines, `relative` and `brief` on the page, `exact` on hover."""

    iso: str
    relative: str
    brief: str
    exact: str


def tell_time_in(zone: str) -> None:
    """From here to the end of this task's context, show times in this IANA zone."""
    _zone.set(zone)


@contextmanager
def telling_time_in(zone: str) -> Iterator[None]:
    """Everything shown inside is in this IANA zone."""
    token = _zone.set(zone)
    try:
        yield
    finally:
        _zone.reset(token)


def reader_zone() -> ZoneInfo:
    """The zone in which the reader of this request lives."""
    return ZoneInfo(_zone.get())


def moment(at: datetime, *, now: datetime) -> Moment:
    """An instant as the reader of this request sees it."""
    minute, present = at.replace(second=0, microsecond=0), now.replace(second=0, microsecond=0)
    return _moment(minute, present, _zone.get(), language())


@lru_cache(maxsize=8192)
def _moment(at: datetime, now: datetime, zone: str, _spoken: str) -> Moment:
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    return Moment(
        iso=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        relative=relative_times.relative(at, now=now, zone=zone),
        brief=_brief(local, today),
        exact=f"{written_days.full(local.date())}, {local:%H:%M} ({zone})",
    )


def _brief(local: datetime, today: datetime) -> str:
    """The shortest form that cannot be mistaken: the hour today, the day within a week, else the date."""
    distance = (local.date() - today.date()).days
    if distance == 0:
        return f"{local:%H:%M}"
    if -1 <= distance <= 6:
        return f"{written_days.name(local.date())} {local:%H:%M}"
    if abs(distance) < 300:
        return f"{written_days.short(local.date())}, {local:%H:%M}"
    return written_days.of_year(local.date())


def relative(at: datetime, *, now: datetime) -> str:
    """How far away an instant is for the reader: "in 2 h", "tomorrow 11:00", "3 days ago"."""
    return relative_times.relative(at, now=now, zone=_zone.get())


def span(seconds: int) -> str:
    """A length of elapsed time in its largest sensible unit, cut off and never rounded up."""
    return relative_times.span(seconds)


def work_span(seconds: int) -> str:
    """A length of working time in hours and minutes: a day's length differs from team to team."""
    return relative_times.work_span(seconds)


def clock(at: datetime) -> str:
    """The hour and minute on the reader's wall."""
    return f"{at.astimezone(reader_zone()):%H:%M}"


def first_day(midnight: datetime) -> str:
    """The day that begins at a midnight of the team's, wherever its reader is."""
    return day(local_day(midnight + timedelta(hours=12)))


def day(on: date) -> str:
    """A calendar day: "Tue 14 May 2026"."""
    return written_days.with_year(on)


def short_date(on: date) -> str:
    """A near calendar day: "Fri 8 Nov"."""
    return written_days.short(on)


def month(on: date) -> str:
    """The month of a day: "May 2026"."""
    name = written_days.month(on)
    return name[0].upper() + name[1:]


def month_day(on: date) -> str:
    """A calendar day of a near month: "14 May"."""
    return written_days.of_month(on)


def full_day(on: date) -> str:
    """A calendar day in full: "Thursday 14 May 2026"."""
    name = written_days.full(on)
    return name[0].upper() + name[1:]


def week_day(on: date) -> str:
    """A near calendar day by its name: "Thursday 14 May"."""
    return written_days.by_name(on)


def days(first: date, last: date) -> str:
    """From a day to another: "4–10 May 2026"."""
    return written_days.between(first, last)


def local_day(at: datetime) -> date:
    """The calendar day of an instant where the reader lives."""
    return at.astimezone(reader_zone()).date()


def late_words(due_at: datetime, *, now: datetime) -> str:
    """How late something is for the reader: "2 h late", "1 day late"."""
    return relative_times.late(due_at, now=now, zone=_zone.get())
