"""Unrolling of yearly repetition rules (RRULE, RFC 5545)."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from amends.rules.team.calendar_events import moment

NTH_DAY = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
PARTS = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"})
MOST = 9_999
"""The highest number that a rule may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """A day that comes once in each year, or in each `interval` of them.

    It is a date (`month`, `day`; a negative day counts from the end of the month), or the `nth` of a weekday
    of its month (Monday is 0), the last one for -1.
    """

    month: int
    day: int = 0
    nth: int = 0
    weekday: int = 0
    interval: int = 1
    count: int = MOST
    until: date = date.max

    def days(self, first: date, end: date) -> Iterator[date]:
        """Each of its days from the first to the end, both included; years without such a day are skipped."""
        years = range(first.year, end.year + 1, self.interval)
        days = (day for year in years if (day := self._in(year)) and day >= first)
        for day in islice(days, self.count):
            if day > min(self.until, end):
                return
            yield day

    def _in(self, year: int) -> date | None:
        length = calendar.monthrange(year, self.month)[1]
        if self.nth:
            return _nth(year, self.month, self.nth, self.weekday)
        day = self.day if self.day > 0 else length + 1 + self.day
        return date(year, self.month, day) if 1 <= day <= length else None


def yearly(rule: str, first: date) -> Yearly | None:
    """The rule of an event that begins on `first`; None for one that repeats in any other way.

    Read are a date of the year and the nth weekday of a month, at an interval, up to a day or a number of
    times: what holidays and yearly closings need. Each year costs the same, whatever a stranger wrote.
    """
    parts = dict(part.upper().partition("=")[::2] for part in rule.split(";") if part)
    if parts.get("FREQ") != "YEARLY" or parts.keys() - PARTS:
        return None
    until = moment(parts["UNTIL"]) if "UNTIL" in parts else date.max
    numbers = {
        name.lower(): _number(parts.get(name, fallback))
        for name, fallback in (("INTERVAL", "1"), ("COUNT", str(MOST)), ("BYMONTH", str(first.month)))
    }
    if until is None or not all(numbers.values()) or not 1 <= numbers["bymonth"] <= 12:
        return None
    place = _place(parts, first)
    if place is None:
        return None
    return Yearly(
        month=numbers["bymonth"],
        interval=numbers["interval"],
        count=numbers["count"],
        until=until.date() if isinstance(until, datetime) else until,
        **place,
    )


def _place(parts: dict[str, str], first: date) -> dict[str, int] | None:
    """Which day of its month it is."""
    if "BYDAY" in parts:
        match = NTH_DAY.fullmatch(parts["BYDAY"])
        if not match or "BYMONTHDAY" in parts or "BYMONTH" not in parts:
            return None
        return {"nth": int(match[1]), "weekday": WEEKDAYS.index(match[2])}
    day = re.fullmatch(r"[+-]?\d{1,2}", parts.get("BYMONTHDAY", str(first.day)), re.ASCII)
    return {"day": int(day[0])} if day and 1 <= abs(int(day[0])) <= 31 else None


def _nth(year: int, month: int, nth: int, weekday: int) -> date | None:
    length = calendar.monthrange(year, month)[1]
    if nth > 0:
        start = date(year, month, 1)
        day = start + timedelta(days=(weekday - start.weekday()) % 7 + 7 * (nth - 1))
    else:
        end = date(year, month, length)
        day = end - timedelta(days=(end.weekday() - weekday) % 7 + 7 * (-nth - 1))
    return day if day.month == month and day.year == year else None


def _number(text: str) -> int:
    """A number from 1 to 9999; 0 for anything else."""
    return int(text) if re.fullmatch(r"\d{1,4}", text, re.ASCII) else 0
