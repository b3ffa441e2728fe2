"""Columns of an imported table: suggestions by preset or by name, and mappings that are remembered."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from amends import tables
from amends.database import run
from amends.i18n import gettext as _
from amends.rules.capture import column_mapping, sheets, written_dates
from amends.rules.capture.column_mapping import ColumnMapping
from amends.rules.case.texts import excerpt
from amends.rules.vocabulary import FieldKind
from amends.services.capture import import_lines
from amends.services.case import fields as case_fields
from amends.services.case.fields import FieldShown

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


def own(header: Sequence[str], fields: Sequence[FieldShown]) -> ColumnMapping | None:
    """The mapping of a table whose columns all have our own names, each once; None for any other."""
    names = tuple(column_mapping.folded_name(name) for name in header)
    is_own = len(set(names)) == len(names) and set(names) <= _known(fields)
    return ColumnMapping(names) if is_own and {"url", "text"} & set(names) else None


async def suggested(
    content: bytes, header: Sequence[str], chosen: ColumnMapping | None, preset: str | None, most_lines: int
) -> Columns:
    """The columns as they were `chosen` or mapped last, else by the preset that fits, else by their names.

    With `preset` by that one.
    """
    offered = await case_fields.offered()
    mapping, source = await _mapping(header, chosen, preset, offered)
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
        not chosen and source != REMEMBERED and _month_first(table, mapping, offered)
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
    header: Sequence[str],
    chosen: ColumnMapping | None,
    preset: str | None,
    offered: Sequence[FieldShown],
) -> tuple[ColumnMapping, str]:
    meant = _meant(offered)
    if preset is not None:
        source = preset if preset in column_mapping.PRESETS else ""
        return column_mapping.suggested(header, preset, meant), source
    row = tables.ColumnMapping
    known = await row.select(row.mapping).where(row.signature == column_mapping.signature(header))
    if chosen or known:
        mapping = chosen or msgspec.convert(known[0]["mapping"], ColumnMapping)
        columns = _known(offered)
        still = tuple(field if field in columns else "" for field in mapping.fields)
        return replace(mapping, fields=still), "" if chosen else REMEMBERED
    source = column_mapping.recognised(header)
    return column_mapping.suggested(header, source, meant), source


def _known(fields: Sequence[FieldShown]) -> set[str]:
    return {*import_lines.COLUMNS, *import_lines.by_column(fields)}


def _meant(fields: Sequence[FieldShown]) -> dict[str, str]:
    """Fields of the team's own by the names of columns that mean them: their labels, names and columns."""
    return {
        column_mapping.folded_name(name): column
        for column, one in import_lines.by_column(fields).items()
        for name in (column, one.name, one.label_en, one.label_fr)
        if name
    }


def _samples(table: sheets.Table, place: int) -> list[str]:
    cells = (line.cells[place] for line in table.lines if place < len(line.cells) and not line.broken)
    samples: list[str] = []
    for cell in cells:
        if cell.strip() and len(samples) < SAMPLES:
            samples.append(excerpt(cell, SAMPLE_LENGTH))
    return samples


def _month_first(table: sheets.Table, mapping: ColumnMapping, fields: Sequence[FieldShown]) -> bool:
    own = {column for column, one in import_lines.by_column(fields).items() if one.kind is FieldKind.DATE}
    places = [place for place, field in enumerate(mapping.fields) if field in DATES | own]
    return written_dates.month_stands_first(
        line.cells[place] for line in table.lines for place in places if place < len(line.cells)
    )
