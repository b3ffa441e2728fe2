"""Parsing of one line of an imported table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends.i18n import gettext as _
from amends.rules.capture import refusals, written_dates
from amends.rules.case.locations import key_of
from amends.rules.case.platforms import WrongPlatformName, platform_name, probably_meant
from amends.rules.vocabulary import Severity
from amends.services.capture.written_captures import Written

TEXTS = tuple(field.name for field in msgspec.structs.fields(Written) if field.type is str)
STARS = re.compile(
    r"(\d{1,2}(?:[.,]\d{1,2})?)\s*(?:(?:/|out of|sur|of)\s*(\d{1,2})|stars?|étoiles?|\*)?", re.IGNORECASE
)
DRAWN = re.compile(r"(★{1,5}|⭐{1,5})️?(☆{0,4})")
COUNTED = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
"""How Google writes stars."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the cells of a table are read: the clock of its dates, and whether the month stands first in them.

    `utc` names the fields whose times are those of UTC, `locations` has those of the team by their keys.
    """

    zone: str
    month_first: bool = False
    utc: frozenset[str] = frozenset()
    locations: Mapping[str, UUID] = field(default_factory=dict)

    def zone_of(self, field: str) -> tzinfo:
        """The clock on which the dates of a field are read."""
        return UTC if field in self.utc else ZoneInfo(self.zone)


class Unclear(Exception):
    """A cell whose value is none; the message says what to write instead."""


def written(cells: Mapping[str, str], reading: Reading) -> tuple[Written, dict[str, str]]:
    """The post, without the cells that cannot be understood, and a sentence for each of those."""
    values: dict[str, Any] = {name: cells[name].strip() for name in TEXTS if name in cells}
    wrong = {}
    for name, understand in READERS.items():
        if name in cells:
            try:
                values[name] = understand(cells[name].strip(), name, reading)
            except Unclear as sentence:
                wrong[name] = str(sentence)
    if "rating" in values:
        values["rating"], values["rating_max"] = values["rating"]
    return Written(**values), wrong


def _moment(cell: str, field: str, reading: Reading) -> datetime:
    try:
        return written_dates.moment(cell, reading.zone_of(field), month_first=reading.month_first)
    except written_dates.NoDate:
        raise Unclear(_(refusals.DATE)) from None


def _platform(cell: str, _field: str, _reading: Reading) -> str:
    """A name that is almost a known one is taken for a slip; any other is a platform of its own."""
    try:
        name = platform_name(cell)
    except WrongPlatformName as error:
        raise Unclear(error.detail) from None
    if known := probably_meant(name):
        raise Unclear(_(refusals.PROBABLY_MEANT) % {"name": known})
    return name


def _severity(cell: str, _field: str, _reading: Reading) -> Severity:
    if cell.casefold() not in set(Severity):
        raise Unclear(_(refusals.SEVERITY))
    return Severity(cell.casefold())


def _location(cell: str, _field: str, reading: Reading) -> UUID | None:
    """A team without locations has other columns of this name, which say nothing here."""
    if not reading.locations:
        return None
    found = reading.locations.get(key_of(cell))
    if found is None:
        raise Unclear(_(refusals.LOCATION))
    return found


def _rating(cell: str, _field: str, _reading: Reading) -> tuple[float, float]:
    if word := COUNTED.get(cell.casefold()):
        return float(word), 5.0
    if drawn := DRAWN.fullmatch(cell):
        return float(len(drawn[1])), 5.0
    match = STARS.fullmatch(cell)
    if not match:
        raise Unclear(_(refusals.RATING))
    return float(match[1].replace(",", ".")), float(match[2] or 5)


READERS: dict[str, Callable[[str, str, Reading], Any]] = {
    "platform": _platform,
    "posted_at": _moment,
    "captured_at": _moment,
    "severity": _severity,
    "location": _location,
    "rating": _rating,
}
COLUMNS = (*TEXTS, *READERS)
