"""Since when a public account exists: an instant, a day, a month or a year, as its site says.

It is kept as ISO 8601, as precise as the page (`2014-06-28`), and compared as the span that this can mean.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from amends.rules.capture.post_times import DATES, MONTH_OF, NUMBERS
from amends.rules.team.outside_dates import is_plausible

LONGEST = 100
ANYWHERE = timedelta(hours=14)
"""A day is a day in a zone that the page does not say: so much earlier or later at most."""
INSTANT = re.compile(r"\d{4}-\d\d-\d\dt\d\d:\d\d(:\d\d(\.\d{1,6})?)?(z|[+-]\d\d:?\d\d)")
PARTS = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


class Span(NamedTuple):
    """From the earliest to the latest instant that a date can mean."""

    earliest: datetime
    latest: datetime


def stated(said: object, seen_at: datetime) -> str | None:
    """The date in ISO 8601, as precise as the page; None for what is not understood in one way only.

    `2010-10-23T17:01:35Z`, `28. Juni 2014`, `18.09.2008, 05:56`, `Jun 2008`, `2012` are understood; 3/4/2026
    is not, nor a date that was still to come when the page was seen.
    """
    words = " ".join(unicodedata.normalize("NFKC", str(said)[:LONGEST]).casefold().split())
    try:
        written = _instant(words) or _date(words)
        meant = span(written) if written else None
    except (KeyError, ValueError, OverflowError):
        return None
    is_known = meant and is_plausible(meant.earliest) and meant.earliest <= seen_at
    return written if is_known else None


def span(since: str) -> Span:
    """What a date that `stated` gave can mean."""
    if "T" in since:
        at = datetime.fromisoformat(since)
        return Span(at, at)
    year, month, day = parts_of(since)
    last = monthrange(year, month or 12)[1]
    begins = datetime(year, month or 1, day or 1, tzinfo=UTC)
    ends = datetime(year, month or 12, day or last, tzinfo=UTC) + timedelta(days=1)
    return Span(begins - ANYWHERE, ends + ANYWHERE)


def parts_of(since: str) -> tuple[int, int | None, int | None]:
    """Year, month and day of a date that is no instant, as far as it has them. Raises ValueError."""
    found = PARTS.fullmatch(since)
    if not found:
        raise ValueError(since)
    year, month, day = (int(part) if part else None for part in found.groups())
    return year or 0, month, day


def _instant(words: str) -> str | None:
    if not INSTANT.fullmatch(words):
        return None
    return datetime.fromisoformat(words.upper()).astimezone(UTC).isoformat(timespec="seconds")


def _date(words: str) -> str | None:
    if PARTS.fullmatch(words):
        return words
    if numbered := NUMBERS.search(words):
        return _numbered(numbered)
    for form in DATES:
        if (found := form.search(words)) and (year := found.groupdict().get("year")):
            month = found["month"]
            day = found.groupdict().get("day")
            number = int(month) if month.isdecimal() else MONTH_OF[month]
            return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")
    return None


def _numbered(found: re.Match[str]) -> str | None:
    """With dots the day comes first everywhere; with slashes only where the other order makes no date."""
    first, other = int(found[1]), int(found[3])
    if found[2] == "/" and first <= 12 and other <= 12 and first != other:
        return None
    day, month = (first, other) if found[2] == "." or first > 12 else (other, first)
    return f"{found[4]}-{month:02}-{day:02}"
