"""How do closed days come from a calendar file, and go into one? A strict reader of iCalendar.

Only what a closed day needs of RFC 5545: all-day events with a first day, an end and words. What recurs or
has an hour is left out and counted, never guessed at.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team import calendar_files

MOST = 500
LONGEST = timedelta(days=366)
LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)')
WHOLE_DAYS = re.compile(r"P(?:(\d{1,3})D|(\d{1,2})W)")
RECURS = frozenset({"RRULE", "RDATE", "RECURRENCE-ID"})

Properties = dict[str, str]


class CalendarFileUnreadable(Invalid):
    """This file is no calendar, or too long a one."""


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


def days_of(closed: Iterable[ClosedDay]) -> frozenset[date]:
    """Every day on which one of them keeps the team away."""
    return frozenset(chain.from_iterable(one.days() for one in closed))


def read(content: bytes) -> tuple[list[ClosedDay], int]:
    """The closed days of a file, and how many of its entries were left out. Raises CalendarFileUnreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as unreadable:
        raise not_a_calendar() from unreadable
    lines = re.sub(r"\n[ \t]", "", text.replace("\r\n", "\n").replace("\r", "\n")).strip().split("\n")
    if lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise not_a_calendar()
    events = list(_events(lines))
    if len(events) > MOST:
        raise CalendarFileUnreadable(
            _("This calendar has too many entries. Keep the closed days alone in it.")
        )
    found = [_closed_day(event) for event in events]
    return sorted({one for one in found if one}), found.count(None)


def not_a_calendar() -> CalendarFileUnreadable:
    """The error for anything else than a calendar file."""
    return CalendarFileUnreadable(_("Choose a calendar file, whose name ends in .ics."))


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


def _events(lines: Iterable[str]) -> Iterator[Properties]:
    """The properties of each event itself; those of an alarm in it are not its own."""
    inside: list[str] = []
    event: Properties = {}
    for line in lines:
        parts = LINE.fullmatch(line)
        if not parts:
            continue
        name, value = parts[1].upper(), parts[3].strip()
        if name == "BEGIN":
            inside.append(value.upper())
            event = {} if value.upper() == "VEVENT" else event
        elif name == "END" and inside:
            if inside.pop() == "VEVENT":
                yield event
        elif inside and inside[-1] == "VEVENT":
            event.setdefault(name, value)


def _closed_day(event: Properties) -> ClosedDay | None:
    first = _day(event.get("DTSTART", ""))
    if first is None or RECURS & event.keys() or event.get("STATUS", "").upper() == "CANCELLED":
        return None
    end = _end(first, event)
    if end is None or not first < end <= first + LONGEST:
        return None
    return ClosedDay(first, end - timedelta(days=1), _unescaped(event.get("SUMMARY", "")))


def _end(first: date, event: Properties) -> date | None:
    """The day after the last: as the file says it, or the next where it says nothing."""
    if "DTEND" in event:
        return _day(event["DTEND"])
    if "DURATION" not in event:
        return first + timedelta(days=1)
    length = WHOLE_DAYS.fullmatch(event["DURATION"])
    return first + timedelta(days=int(length[1] or 0), weeks=int(length[2] or 0)) if length else None


def _day(value: str) -> date | None:
    """A day written as 20260814, of a year that can be; None for anything else, an hour included."""
    if not re.fullmatch(r"(?:19|20)\d{6}", value, re.ASCII):
        return None
    try:
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], text)
