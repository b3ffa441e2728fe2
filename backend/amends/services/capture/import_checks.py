"""Checks of the lines of an imported table: what each would become, before anything is made."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import bound, run, run_with_rows, transaction
from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture import column_mapping, refusals, sheets
from amends.rules.capture.cleaning import Clean, cleaned
from amends.rules.capture.column_mapping import ColumnMapping
from amends.rules.capture.incoming import NewCapture
from amends.rules.case.texts import clean, excerpt
from amends.services.capture import import_lines
from amends.services.capture.import_lines import Reading
from amends.services.capture.written_captures import Written, as_capture, content_id
from amends.services.case.fields import FieldShown

SPACE = UUID("5f0b4d0e-3b5e-4a53-9a53-6c1d2f0d8a11")
"""In which lines get their ids: the same line of any file is the same capture."""
TITLED_BY = ("title", "text", "url", "author", "handle", "note")
"""What a line is called by: the first of these that it has."""
TOGETHER = 250
"""So many lines are written down at once: others write in between."""


class Capturable(msgspec.Struct, frozen=True):
    """A line that is understood: the capture that importing makes of it, and that capture as it is kept.

    `fields` is what goes into fields of the team's own.
    """

    capture_id: UUID
    given: NewCapture
    kept: Clean
    fields: dict[str, str]


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it was read; without a capture where something is wrong, of which `wrong` tells by field."""

    number: int
    cells: dict[str, str]
    title: str
    wrong: dict[str, str]
    capturable: Capturable | None = None


def check(
    content: bytes,
    mapping: ColumnMapping,
    *,
    zone: str,
    locations: Mapping[str, UUID],
    fields: Iterable[FieldShown],
    kept_at: datetime,
    most_lines: int,
) -> list[Checked]:
    """Every line of a table, read by its mapping. Takes seconds for a long one: run it in a thread.

    Lines that do not say when count from `kept_at`. Raises SheetUnreadable.
    """
    table = sheets.parse(content, most_lines=most_lines)
    reading = reading_of(table.header, mapping, zone, locations, fields)
    return [_check(table, line, mapping, reading, kept_at) for line in table.lines]


def reading_of(
    header: list[str],
    mapping: ColumnMapping,
    zone: str,
    locations: Mapping[str, UUID],
    fields: Iterable[FieldShown],
) -> Reading:
    """How the cells of a table with these columns are read."""
    utc = {name for name in set(mapping.fields) if column_mapping.in_utc(header, mapping, name)}
    return Reading(zone, mapping.month_first, frozenset(utc), locations, import_lines.by_column(fields))


def capturable(
    cells: Mapping[str, str], reading: Reading, kept_at: datetime
) -> tuple[Capturable | None, dict[str, str]]:
    """What a line says as a capture; without one, a sentence for each field that is not understood."""
    written, wrong = import_lines.written(cells, reading)
    fields, unusable = import_lines.own_values(cells, reading)
    wrong |= unusable
    try:
        given = as_capture(written, reader="table", now=kept_at)
        kept = cleaned(given)
    except Invalid as error:
        return None, (error.fields or {"text": error.detail}) | wrong
    return (None if wrong else Capturable(_capture_id(written), given, kept, fields)), wrong


def _capture_id(written: Written) -> UUID:
    return content_id(SPACE, written)


def _check(
    table: sheets.Table, line: sheets.Line, mapping: ColumnMapping, reading: Reading, kept_at: datetime
) -> Checked:
    plain = [clean(cell, limit=sheets.LONGEST_FIELD).text for cell in line.cells]
    cells = column_mapping.by_field(mapping, plain)
    if "platform" not in cells and mapping.platform:
        cells["platform"] = mapping.platform
    title = excerpt(next((cells[name] for name in TITLED_BY if name in cells), ""))
    if line.broken or sheets.surplus(table, line):
        sentence = _(refusals.BROKEN_LINE if line.broken else refusals.SURPLUS_CELLS)
        return Checked(number=line.number, cells=cells, title=title, wrong={"text": sentence})
    capture, wrong = capturable(cells, reading, kept_at)
    return Checked(number=line.number, cells=cells, title=title, wrong=wrong, capturable=capture)


LINES = """
INSERT INTO import_line (id, upload, number, state, cells, title, author, platform, posted_at, post_key,
wrong, case_number, same_as) VALUES :rows ON CONFLICT (upload, number) DO NOTHING
"""
"""Of two requests that check one table at once, as a double click sends them, each may write a line."""


async def write_down(upload_id: UUID, lines: Sequence[Checked]) -> None:
    """Writes down what each line would become, in the place of what was written before."""
    await tables.ImportLine.delete().where(tables.ImportLine.upload == upload_id)
    first: dict[str, int] = {}
    for begin in range(0, len(lines), TOGETHER):
        part = lines[begin : begin + TOGETHER]
        async with transaction():
            if not await _is_kept(upload_id):
                return  # another table took its place meanwhile
            known = await cases_of([line.capturable.kept.post_key for line in part if line.capturable])
            await run_with_rows(LINES, [_row(upload_id, line, known, first) for line in part])


async def _is_kept(upload_id: UUID) -> bool:
    """Step: whether the table is still there, and stays there until the transaction ends."""
    lock = "FOR KEY SHARE" if bound().engine_type == "postgres" else ""
    return bool(await run(f"SELECT id FROM upload WHERE id = :upload {lock}", upload=upload_id))  # noqa: S608


async def cases_of(keys: Iterable[str]) -> dict[str, int]:
    """The numbers of the cases that posts with these keys have."""
    post = tables.Post
    wanted = post.key.is_in(list(dict.fromkeys(keys)) or [""])
    rows = await post.select(post.key, post.case.number.as_alias("number")).where(wanted)
    return {row["key"]: row["number"] for row in rows}


def _row(upload_id: UUID, line: Checked, known: Mapping[str, int], first: dict[str, int]) -> list[object]:
    """The columns of a line. `known` are the cases of posts by key, `first` the lines that came before."""
    if not line.capturable:
        empty = ["", "", None, ""]
        return [uuid4(), upload_id, line.number, "wrong", {}, line.title, *empty, line.wrong, None, None]
    post = line.capturable.kept
    number = known.get(post.post_key)
    before = first.setdefault(post.post_key, line.number)
    same_as = before if number is None and before != line.number else None
    state = "known" if number is not None else "repeat" if same_as else "new"
    shown = [line.title, (post.author.name or post.author.handle)[:200], post.platform, post.posted_at]
    cells = line.cells if state == "new" else {}
    return [uuid4(), upload_id, line.number, state, cells, *shown, post.post_key, {}, number, same_as]
