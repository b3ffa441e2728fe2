"""Parsing of iCalendar (RFC 5545) into the properties of its events."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

LINE = re.compile(r'([A-Za-z0-9-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)')
FOLD = re.compile(r"\n[ \t]")
DURATION = re.compile(
    r"\+?P(?:(?P<weeks>\d{1,4})W|(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,8})S)?)?)",
    re.ASCII,
)
MOMENT = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)

Properties = dict[str, list[str]]
"""The values of each property in their order; names in upper case, parameters left out."""


class NotACalendar(ValueError):
    """The text does not begin as a calendar."""


def events(text: str) -> Iterator[Properties]:
    """The properties of each event itself; those of an alarm in it are not its own. Raises NotACalendar."""
    lines = FOLD.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip().split("\n")
    if lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise NotACalendar
    return _events(lines)


def _events(lines: Iterable[str]) -> Iterator[Properties]:
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
            event.setdefault(name, []).append(value)


def moment(value: str) -> date | datetime | None:
    """A day (20260814), or a day and an hour on the wall clock of the event's zone (20260814T090000).

    None for anything else. An hour in UTC comes back with that zone, any other without.
    """
    match = MOMENT.fullmatch(value)
    if not match:
        return None
    try:
        day = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
        if not match[2]:
            return day
        at = time(int(match[2][:2]), int(match[2][2:4]), min(int(match[2][4:]), 59))
    except ValueError:
        return None
    return datetime.combine(day, at, UTC if match[3] else None)


def duration(value: str) -> timedelta | None:
    """A length of time, such as P1D, P2W or P1DT0H0M0S; None for anything else."""
    match = DURATION.fullmatch(value)
    parts = {unit: int(count) for unit, count in match.groupdict().items() if count} if match else {}
    return timedelta(**parts) if parts else None


def text(value: str) -> str:
    """A value without what escapes its commas and line ends."""
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value)
