"""Columns of an imported table: suggestions by preset or by name, and mappings that are remembered."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from amends import tables
from amends.database import run
from amends.i18n import gettext as _
from amends.rules.capture import column_mapping, sheets, written_dates
from amends.rules.capture.column_mapping import ColumnMapping
from amends.rules.case.texts import excerpt
from amends.services.capture import import_lines

SAMPLES = 3
SAMPLE_LENGTH = 80
DATES = frozenset({"posted_at", "captured_at"})
REMEMBERED = "remembered"


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a table: its name, the first cells in it that are not empty, and the field it goes to."""

    name: str
    samples: list[str]
    field: str


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a table with what is suggested; `source` is "remembered", the key of a preset, or ""."""

    columns: list[Column]
    platform: str
    month_first: bool
    source: str


def own(header: Sequence[str]) -> ColumnMapping | None:
    """The mapping of a table whose columns all have our own names, each once; None for any other."""
    names = tuple(column_mapping.folded_name(name) for name in header)
    is_own = len(set(names)) == len(names) and set(names) <= set(import_lines.COLUMNS)
    return ColumnMapping(names) if is_own and {"url", "text"} & set(names) else None


async def suggested(
    content: bytes, header: Sequence[str], chosen: ColumnMapping | None, preset: str | None, most_lines: int
) -> Columns:
    """The columns as they were `chosen` or mapped last, else by the preset that fits, else by their names.

    With `preset` by that one.
    """
    mapping, source = await _mapping(header, chosen, preset)
    table = await asyncio.to_thread(sheets.parse, content, most_lines=most_lines)
    columns = [
        Column(
            name=name or _("Column %(number)s") % {"number": place + 1},
            samples=_samples(table, place),
            field=field,
        )
        for place, (name, field) in enumerate(zip(header, mapping.fields, strict=True))
    ]
    month_first = mapping.month_first or (
        not chosen and source != REMEMBERED and _month_first(table, mapping)
    )
    return Columns(columns=columns, platform=mapping.platform, month_first=month_first, source=source)


async def remember(header: Sequence[str], mapping: ColumnMapping, *, now: datetime) -> None:
    """Step: a table with these columns is read alike the next time."""
    values = {
        "signature": column_mapping.signature(header),
        "mapping": msgspec.to_builtins(mapping),
        "now": now,
    }
    await run(REMEMBER, **values)


REMEMBER = """
INSERT INTO column_mapping (signature, mapping, used_at) VALUES (:signature, :mapping, :now)
ON CONFLICT (signature) DO UPDATE SET mapping = :mapping, used_at = :now
"""


async def _mapping(
    header: Sequence[str], chosen: ColumnMapping | None, preset: str | None
) -> tuple[ColumnMapping, str]:
    if preset is not None:
        return column_mapping.suggested(header, preset), preset if preset in column_mapping.PRESETS else ""
    row = tables.ColumnMapping
    known = await row.select(row.mapping).where(row.signature == column_mapping.signature(header))
    if chosen or known:
        return chosen or msgspec.convert(known[0]["mapping"], ColumnMapping), "" if chosen else REMEMBERED
    source = column_mapping.recognised(header)
    return column_mapping.suggested(header, source), source


def _samples(table: sheets.Table, place: int) -> list[str]:
    cells = (line.cells[place] for line in table.lines if place < len(line.cells) and not line.broken)
    samples: list[str] = []
    for cell in cells:
        if cell.strip() and len(samples) < SAMPLES:
            samples.append(excerpt(cell, SAMPLE_LENGTH))
    return samples


def _month_first(table: sheets.Table, mapping: ColumnMapping) -> bool:
    places = [place for place, field in enumerate(mapping.fields) if field in DATES]
    return written_dates.month_stands_first(
        line.cells[place] for line in table.lines for place in places if place < len(line.cells)
    )
