"""Parsing of one line of an imported table."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends.i18n import gettext as _
from amends.rules.capture import refusals, written_dates
from amends.rules.case import fields as own_fields
from amends.rules.case.fields import FieldUnusable
from amends.rules.case.locations import key_of
from amends.rules.case.platforms import WrongPlatformName, platform_name, probably_meant
from amends.rules.vocabulary import FieldKind, Severity
from amends.services.capture.written_captures import Written
from amends.services.case.fields import FieldShown

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

    `utc` names the fields whose times are those of UTC, `locations` has those of the team by their keys,
    `fields` those of the team's own by the columns that mean them.
    """

    zone: str
    month_first: bool = False
    utc: frozenset[str] = frozenset()
    locations: Mapping[str, UUID] = field(default_factory=dict)
    fields: Mapping[str, FieldShown] = field(default_factory=dict)

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


def own_values(cells: Mapping[str, str], reading: Reading) -> tuple[dict[str, str], dict[str, str]]:
    """What goes into fields of the team's own, by their names, and a sentence for each cell that does not."""
    values, wrong = dict[str, str](), dict[str, str]()
    for column, cell in cells.items():
        if column.startswith(own_fields.COLUMN):
            try:
                values[column.removeprefix(own_fields.COLUMN)] = _own_value(cell, column, reading)
            except (Unclear, FieldUnusable) as error:
                wrong[column] = str(error) if isinstance(error, Unclear) else error.fields[column]
    return values, wrong


def _own_value(cell: str, column: str, reading: Reading) -> str:
    """As it is kept; a date may be written as those of the post are."""
    known = reading.fields.get(column)
    if known is None:
        raise Unclear(_(refusals.FIELD_GONE))
    if known.kind is FieldKind.DATE:
        at = _moment(cell, column, reading)
        cell = at.astimezone(reading.zone_of(column)).date().isoformat()
    return own_fields.cleaned(known.kind, known.choices, cell, field=column)


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


def by_column(fields: Iterable[FieldShown]) -> dict[str, FieldShown]:
    """Fields of the team's own by the columns of a table that mean them."""
    return {f"{own_fields.COLUMN}{one.name}": one for one in fields}
