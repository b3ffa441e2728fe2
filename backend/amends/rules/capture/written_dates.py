"""Dates in tables, as programs, spreadsheets and people write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from amends.rules.capture.post_times import MONTH_OF
from amends.rules.team.outside_dates import is_plausible

LONGEST = 60
DAY_ZERO = date(1899, 12, 30)
"""Day 0 of spreadsheets, so that 1 is the last of 1899 (ECMA-376, part 1, 18.17.4)."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

CLOCK = (
    r"(?:(?:,|\s|\sà\s|t)\s*(?P<hour>\d{1,2})\s?(?:[:h]\s?(?P<minute>\d\d)?)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s?(?P<half>[ap]\.?m\.?)?)?"
)
ZONE = r"(?:\s?(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d\d:?(?:\d\d)?))?"
WEEKDAY = r"(?:[^\W\d]{2,9}\.?,?\s)?"
FORMS = tuple(
    re.compile(form + CLOCK + ZONE)
    for form in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        r"(?P<first>\d{1,2})([-/.])(?P<other>\d{1,2})\2(?P<year>\d{4}|\d\d)",
        WEEKDAY
        + r"(?P<day>\d{1,2})(?:er|\.|st|nd|rd|th)?[\s-](?P<name>[^\W\d]{3,12})\.?,?[\s-](?P<year>\d{4}|\d\d)",
        WEEKDAY + r"(?P<name>[^\W\d]{3,12})\.?\s(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s(?P<year>\d{4})",
    )
)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
NUMBER = re.compile(r"\d{5}(?:[.,]\d{1,15})?|\d{10}|\d{13}", re.ASCII)
NUMBERS = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d\d)(?!\d)", re.ASCII)


class NoDate(ValueError):
    """This cell holds no date that is understood in one way only."""


def moment(cell: str, zone: tzinfo, *, month_first: bool = False) -> datetime:
    """The instant of a date in UTC, midnight in `zone` without an hour; a zone in the cell goes before.

    2026-03-28, 2026-03-28 14:05:33 UTC, 28/03/2026 14:05, 28/3/26, 28 mars 2026 à 14h05, Mar 28, 2026 2:05
    PM, the numbers of spreadsheets (46109.58) and seconds or milliseconds since 1970. Of two numbers the day
    is the first unless `month_first`. Raises NoDate, also for what is not between 1990 and 2100.
    """
    text = " ".join(cell.split()).casefold()
    if len(text) > LONGEST:
        raise NoDate
    try:
        at = _counted(text, zone) or _written(text, zone, month_first)
        aware = at if at.tzinfo else at.replace(tzinfo=zone)
        if not is_plausible(aware):
            raise NoDate
        return aware.astimezone(UTC)
    except (ValueError, OverflowError, KeyError) as error:
        raise NoDate from error


def month_stands_first(cells: Iterable[str]) -> bool:
    """Whether a column is only read with the month first: a second number is above 12, a first one never."""
    pairs = [(int(match[1]), int(match[2])) for cell in cells if (match := NUMBERS.match(cell))]
    return any(second > 12 for _first, second in pairs) and all(first <= 12 for first, _second in pairs)


def _counted(text: str, zone: tzinfo) -> datetime | None:
    """A date that is one number; None for any other."""
    if compact := COMPACT.fullmatch(text):
        return datetime(int(compact[1]), int(compact[2]), int(compact[3]))  # noqa: DTZ001 - its zone comes later
    if not NUMBER.fullmatch(text):
        return None
    if len(text) in (10, 13) and text.isdecimal():
        return EPOCH + timedelta(milliseconds=int(text) * (1 if len(text) == 13 else 1_000))
    days = float(text.replace(",", "."))
    return datetime.combine(DAY_ZERO, time(), zone) + timedelta(seconds=round(days * 86_400))


def _written(text: str, zone: tzinfo, month_first: bool) -> datetime:
    for form in FORMS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            return datetime.combine(_day(parts, month_first), _clock(parts), _zone(parts["zone"]) or zone)
    raise NoDate


def _day(parts: dict[str, str | None], month_first: bool) -> date:
    year = int(parts["year"] or "")
    year += 2000 if len(parts["year"] or "") == 2 else 0
    if name := parts.get("name"):
        return date(year, MONTH_OF[name], int(parts["day"] or ""))
    if "first" in parts:
        day, month = parts["first"], parts["other"]
        if month_first:
            day, month = month, day
        return date(year, int(month or ""), int(day or ""))
    return date(year, int(parts["month"] or ""), int(parts["day"] or ""))


def _clock(parts: dict[str, str | None]) -> time:
    hour = int(parts["hour"] or 0)
    if half := parts["half"]:
        if not 1 <= hour <= 12:
            raise NoDate
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))


def _zone(words: str | None) -> tzinfo | None:
    if not words:
        return None
    digits = re.sub(r"[^\d+-]", "", words)
    if not digits:
        return UTC
    offset = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5] or 0))
    return timezone(-offset if digits[0] == "-" else offset)
