"""Closed days from a calendar file, and into one.

Only what a closed day needs of RFC 5545: events of whole days, once or every year. What has an hour or
repeats in another way is left out with its reason, never guessed at.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain
from typing import TypeVar

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team import calendar_events, calendar_files
from amends.rules.team.calendar_events import NotACalendar, Properties, moment
from amends.rules.team.file_encoding import decoded
from amends.rules.team.outside_dates import is_plausible
from amends.rules.team.yearly_repeats import yearly

MOST = 500
LONGEST = timedelta(days=366)
YEARS_AHEAD = 5
"""For so many years the days of an entry that comes every year are written down, this year's included."""
A_DAY = timedelta(days=1)
Day = TypeVar("Day", date, datetime)
MIDNIGHT = time()
LAST_MINUTE = time(23, 59)


class CalendarFileUnreadable(Invalid):
    "This file is not a calendar, or is too long."


class Reason(StrEnum):
    """Why an entry of a file is no closed day."""

    NO_DAY = "no_day"
    HOUR = "hour"
    REPEATS = "repeats"
    PAST = "past"
    CANCELLED = "cancelled"
    ENDS_BEFORE = "ends_before"
    LENGTH = "length"
    TOO_LONG = "too_long"
    YEAR = "year"


class NotClosed(Exception):
    """This entry is no closed day."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class ClosedDay:
    """A day, or the days from the first to the last, on which the team does not work, and why."""

    first: date
    last: date
    words: str = ""

    def days(self) -> Iterator[date]:
        """Each of the days."""
        for distance in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=distance)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry of a file that is no closed day: its words, its beginning as it is written, and the reason."""

    words: str
    begins: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a file brings: closed days, each once and in order, and the entries that were left out."""

    days: list[ClosedDay]
    left_out: list[LeftOut]


def days_of(closed: Iterable[ClosedDay]) -> frozenset[date]:
    """Every day on which one of them keeps the team away."""
    return frozenset(chain.from_iterable(one.days() for one in closed))


def read(content: bytes, *, today: date) -> CalendarFile:
    """The closed days of a file. Raises CalendarFileUnreadable.

    What comes every year is unrolled from `today` on for YEARS_AHEAD years; a repetition that another entry
    replaces (RECURRENCE-ID) gives way to it.
    """
    try:
        events = list(calendar_events.events(decoded(content)))
    except (UnicodeDecodeError, NotACalendar) as unreadable:
        raise not_a_calendar() from unreadable
    replaced = _replaced(events)
    days: set[ClosedDay] = set()
    left_out: list[LeftOut] = []
    for event in events:
        try:
            days.update(_closed_days(event, replaced, today))
        except NotClosed as why:
            left_out.append(LeftOut(_words(event), _first(event, "DTSTART"), why.reason))
        if len(days) > MOST:
            raise CalendarFileUnreadable(
                _("This calendar has more than %(count)s closed days. Keep only those of the coming years.")
                % {"count": MOST}
            )
    return CalendarFile(sorted(days), left_out)


def not_a_calendar() -> CalendarFileUnreadable:
    """The error for anything else than a calendar file."""
    return CalendarFileUnreadable(_("This is not a calendar. Choose a file in iCalendar format (.ics)."))


def written(closed: Iterable[ClosedDay], *, now: datetime) -> bytes:
    """The closed days as a calendar file; the same day has the same id in every export."""
    return calendar_files.written("Closed days", (_event(one, now) for one in closed))


def _event(one: ClosedDay, now: datetime) -> calendar_files.Event:
    day = f"{one.first.isoformat()}/{one.last.isoformat()}/{one.words}"
    return calendar_files.Event(
        uid=hashlib.sha256(day.encode()).hexdigest()[:32],
        written_at=now,
        starts=one.first,
        ends=one.last + timedelta(days=1),
        summary=one.words,
    )


def _replaced(events: Iterable[Properties]) -> dict[str, set[date]]:
    """By the id of an event that repeats, the days of it for which there is another entry."""
    replaced: defaultdict[str, set[date]] = defaultdict(set)
    for event in events:
        if day := _day(moment(_first(event, "RECURRENCE-ID"))):
            replaced[_first(event, "UID")].add(day)
    return replaced


def _closed_days(event: Properties, replaced: dict[str, set[date]], today: date) -> Iterator[ClosedDay]:
    """The days of one event. Raises NotClosed."""
    if _first(event, "STATUS").upper() == "CANCELLED":
        raise NotClosed(Reason.CANCELLED)
    first, last = _span(event)
    words = _words(event)
    rule = _first(event, "RRULE")
    if any(event.get("RDATE", ())):
        raise NotClosed(Reason.REPEATS)
    if not rule:
        return iter([ClosedDay(first, last, words)])
    skipped = replaced.get(_first(event, "UID"), set()) | _excluded(event)
    days = _repeated(rule, first, last, today)
    return iter([ClosedDay(day, day + (last - first), words) for day in days if day not in skipped])


def _repeated(rule: str, first: date, last: date, today: date) -> list[date]:
    """The first day of each coming repetition. Raises NotClosed."""
    yearly_rule = yearly(rule, first)
    if yearly_rule is None:
        raise NotClosed(Reason.REPEATS)
    end = date(today.year + YEARS_AHEAD, today.month, min(today.day, 28)) - A_DAY
    days = [day for day in yearly_rule.days(first, end) if day + (last - first) >= today]
    if not days:
        raise NotClosed(Reason.PAST)
    return days


def _excluded(event: Properties) -> set[date]:
    values = chain.from_iterable(value.split(",") for value in event.get("EXDATE", ()))
    return {day for value in values if (day := _day(moment(value)))}


def _span(event: Properties) -> tuple[date, date]:
    """The first and the last day. Raises NotClosed."""
    starts = moment(_first(event, "DTSTART"))
    if starts is None:
        raise NotClosed(Reason.NO_DAY)
    ends = _ends(event, starts)
    if isinstance(starts, datetime):
        starts, ends = _midnights(starts, ends)
    first, days = starts, (ends - starts).days
    if days < 0:
        raise NotClosed(Reason.ENDS_BEFORE)
    if days > LONGEST.days:
        raise NotClosed(Reason.TOO_LONG)
    # many programs write the last day where the day after it belongs: equal ones are one day
    last = first + max(days - 1, 0) * A_DAY if is_plausible(first) else first
    if not (is_plausible(first) and is_plausible(last)):
        raise NotClosed(Reason.YEAR)
    return first, last


def _midnights(starts: datetime, ends: date) -> tuple[date, date]:
    """The days from midnight to midnight, as Outlook writes whole days in a zone. Raises NotClosed."""
    if not isinstance(ends, datetime) or starts.tzinfo or ends.tzinfo:
        raise NotClosed(Reason.HOUR)
    if (ends.hour, ends.minute) == (LAST_MINUTE.hour, LAST_MINUTE.minute):
        ends = datetime.combine(_later(ends.date(), A_DAY), MIDNIGHT)
    if (starts.time(), ends.time()) != (MIDNIGHT, MIDNIGHT) or starts == ends:
        raise NotClosed(Reason.HOUR)
    return starts.date(), ends.date()


def _ends(event: Properties, starts: date) -> date:
    """When it ends: as it is written, else a day later, or at once where it has an hour. Raises NotClosed."""
    if written_end := _first(event, "DTEND"):
        ends = moment(written_end)
        if ends is None or isinstance(ends, datetime) != isinstance(starts, datetime):
            raise NotClosed(Reason.LENGTH)
        return ends
    if "DURATION" not in event:
        return starts if isinstance(starts, datetime) else _later(starts, A_DAY)
    length = calendar_events.duration(_first(event, "DURATION"))
    if length is None:
        raise NotClosed(Reason.LENGTH)
    if length % A_DAY:
        raise NotClosed(Reason.HOUR)
    return _later(starts, length)


def _later(starts: Day, length: timedelta) -> Day:
    try:
        return starts + length
    except OverflowError:
        raise NotClosed(Reason.YEAR) from None


def _day(at: date | datetime | None) -> date | None:
    return at.date() if isinstance(at, datetime) else at


def _first(event: Properties, name: str) -> str:
    return event.get(name, [""])[0]


def _words(event: Properties) -> str:
    return calendar_events.text(_first(event, "SUMMARY"))
