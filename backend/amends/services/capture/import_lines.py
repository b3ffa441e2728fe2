"""Parsing of one line of an imported table."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.platforms import WrongPlatformName, platform_name, probably_meant
from amends.rules.vocabulary import Severity
from amends.services.capture.written_captures import Written

TEXTS = tuple(field.name for field in msgspec.structs.fields(Written) if field.type is str)
DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](.+))?")
STARS = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:/\s*(\d{1,2}))?")


class Unclear(Exception):
    """A cell whose value is none; the message says what to write instead."""


def written(cells: dict[str, str], *, zone: str) -> tuple[Written, dict[str, str]]:
    """The post, without the cells that cannot be understood, and a sentence for each of those."""
    told: dict[str, Any] = {name: cells[name].strip() for name in TEXTS if name in cells}
    wrong = {}
    for name, understand in READERS.items():
        if name in cells:
            try:
                told[name] = understand(cells[name].strip(), ZoneInfo(zone))
            except Unclear as sentence:
                wrong[name] = str(sentence)
    if "rating" in told:
        told["rating"], told["rating_max"] = told["rating"]
    return Written(**told), wrong


def moment(cell: str, zone: ZoneInfo) -> datetime:
    """A day, or a day and a time: 2026-03-28, 2026-03-28T14:05Z or 28/03/2026 14:05, on the reader's clock.

    Raises Unclear.
    """
    try:
        if found := DAY_FIRST.fullmatch(cell):
            day = date(int(found[3]), int(found[2]), int(found[1]))
            at = datetime.combine(day, time.fromisoformat(found[4]) if found[4] else time())
        else:
            at = datetime.fromisoformat(cell)
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Unclear(_("Write a date such as 2026-03-28, 2026-03-28 14:05 or 28/03/2026.")) from None


def _platform(cell: str, _zone: ZoneInfo) -> str:
    """A name that is almost a known one is taken for a slip; any other is a platform of its own."""
    try:
        name = platform_name(cell)
    except WrongPlatformName as error:
        raise Unclear(error.detail) from None
    if known := probably_meant(name):
        raise Unclear(_("Did you mean %(name)s? Write it so.") % {"name": known})
    return name


def _severity(cell: str, _zone: ZoneInfo) -> Severity:
    if cell.casefold() not in set(Severity):
        raise Unclear(_("Write S1, S2, S3 or S4."))
    return Severity(cell.casefold())


def _rating(cell: str, _zone: ZoneInfo) -> tuple[float, float]:
    found = STARS.fullmatch(cell)
    if not found:
        raise Unclear(_("Write a rating such as 2 or 2/5."))
    return float(found[1].replace(",", ".")), float(found[2] or 5)


READERS: dict[str, Callable[[str, ZoneInfo], Any]] = {
    "platform": _platform,
    "posted_at": moment,
    "captured_at": moment,
    "severity": _severity,
    "rating": _rating,
}
COLUMNS = (*TEXTS, *READERS)
