"""CSV files: encoding, separator and columns."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.team.file_encoding import decoded

SEPARATORS = (",", ";", "\t")
LARGEST_BYTES = 10 * 1024 * 1024
LONGEST_FIELD = 200_000
MOST_COLUMNS = 100
MOST_BROKEN = 50
"""So many lines with a stray quotation mark are passed over; more of them are another kind of file."""
NAMED_SEPARATOR = re.compile(r"\"?sep=([^\"\r\n])\"?[ ,;\t]*(?:\r\n?|\n)", re.IGNORECASE)
"""The first line by which Excel writes down the separator."""
FORMULA = "[\\s\ufeff\u200b]*[=+\\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n]"
"""With these a spreadsheet begins to compute, in full width too; an apostrophe before them makes a text of it
(OWASP, CSV injection)."""
ARMED = re.compile(FORMULA)
DISARMED = re.compile(f"'(?='*(?:{FORMULA}))")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How Excel's and LibreOffice's own files begin."""


class SheetUnreadable(Invalid):
    """This table cannot be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """The cells of one row in their order; `number` is where it begins in the file, as editors count.

    Of a broken one only the first words are there: a quotation mark in it has no other, or a cell is too
    long.
    """

    number: int
    cells: list[str]
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The names of the columns as they are written, and the rows below them without those that are empty."""

    header: list[str]
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column; `line` is where it begins in the file, as editors count.

    `surplus` tells of cells beyond the columns: a text with a comma in it was not quoted.
    """

    line: int
    cells: dict[str, str]
    surplus: bool


def parse(content: bytes, *, most_lines: int) -> Table:
    """The table of a CSV file in any encoding of office programs, separated by commas, semicolons or tabs.

    A line that cannot be read comes back as broken, and reading goes on below it. Raises SheetUnreadable with
    a sentence that says what to do.
    """
    text = _text(content)
    named = NAMED_SEPARATOR.match(text)
    separator = named[1] if named else _separator(text)
    lines = _lines(text[named.end() :] if named else text, separator, begins=2 if named else 1)
    header = next(lines, None)
    if header is None or header.broken or len(header.cells) > MOST_COLUMNS:
        raise SheetUnreadable(
            _("The first line must name the columns, at most %(count)s.") % {"count": MOST_COLUMNS}
        )
    below: list[Line] = []
    for line in lines:
        if line.broken or any(cell.strip() for cell in line.cells):
            below.append(line)
        if len(below) > most_lines:
            raise SheetUnreadable(
                _("There are more than %(count)s lines. Split the table.") % {"count": most_lines}
            )
        if line.broken and sum(each.broken for each in below) > MOST_BROKEN:
            raise _unreadable(line)
    if not below:
        raise SheetUnreadable(_("There are no lines below the column names."))
    return Table([cell.strip() for cell in header.cells], below)


def read(content: bytes, *, columns: Sequence[str], one_of: Sequence[str], most_lines: int) -> list[Row]:
    """The rows of a table whose columns have known names, in any order and case; others are left out.

    One of `one_of` must be there. Raises SheetUnreadable, also for a line that is broken.
    """
    table = parse(content, most_lines=most_lines)
    names = [folded_name(cell) for cell in table.header]
    _check_header(names, one_of)
    for line in table.lines:
        if line.broken:
            raise _unreadable(line)
    return [
        Row(line.number, _by_name(names, line.cells, columns), surplus(table, line)) for line in table.lines
    ]


def surplus(table: Table, line: Line) -> bool:
    """Whether a line has cells beyond the columns."""
    return any(cell.strip() for cell in line.cells[len(table.header) :])


def folded_name(cell: str) -> str:
    """The name of a column without case and with one kind of space."""
    return "_".join(cell.strip().strip('"').casefold().split())


def write(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A CSV file in UTF-8 whose cells no spreadsheet runs as formulas; `rearmed` gives a cell as it was.

    Every cell is in quotation marks, so that none becomes two where the file is opened with another
    separator.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([_disarmed(row.get(name, "")) for name in columns] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def rearmed(cell: str) -> str:
    """A cell of a table that `write` made, without the apostrophe that it put there."""
    return DISARMED.sub("", cell, count=1) if cell.startswith("'") else cell


def _disarmed(cell: str) -> str:
    return f"'{cell}" if ARMED.match(cell.lstrip("'")) else cell


def _text(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        raise SheetUnreadable(
            _("This file is larger than %(count)s MB. Split the table.") % {"count": LARGEST_BYTES // 1024**2}
        )
    if content.startswith(WORKBOOKS):
        raise SheetUnreadable(_("This is a workbook. In your spreadsheet, save the table as “CSV UTF-8”."))
    try:
        return decoded(content).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise SheetUnreadable(
            _("This file is not CSV. In your spreadsheet, save the table as “CSV UTF-8”.")
        ) from None


def _separator(text: str) -> str:
    """The sign that makes the most cells out of the first line."""
    first = text.lstrip("\r\n")[:LONGEST_FIELD]
    return max(SEPARATORS, key=lambda sign: len(next(iter(_lines(first, sign)), Line(1, [])).cells))


def _lines(text: str, separator: str, begins: int = 1) -> Iterator[Line]:
    """Each row; a quoted cell may go over several lines. Below a broken one reading begins anew."""
    csv.field_size_limit(LONGEST_FIELD)
    physical = io.StringIO(text, newline="").readlines()
    at = 0
    while at < len(physical):
        rest = map(physical.__getitem__, range(at, len(physical)))
        reader = csv.reader(rest, delimiter=separator, strict=True)
        start = at
        try:
            for cells in reader:
                if cells:
                    yield Line(begins + at, cells)
                at = start + reader.line_num
        except csv.Error:
            yield Line(begins + at, [physical[at][:LONGEST_FIELD].strip()], broken=True)
            at += 1


def _unreadable(line: Line) -> SheetUnreadable:
    return SheetUnreadable(
        _("Line %(line)s cannot be read: a quotation mark is missing, or a cell is too long.")
        % {"line": line.number}
    )


def _check_header(names: list[str], one_of: Sequence[str]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SheetUnreadable(_("The column “%(name)s” appears twice.") % {"name": twice[0][:40]})
    if not set(names) & set(one_of):
        raise SheetUnreadable(
            _("The first line must name the columns; at least one of: %(names)s.")
            % {"names": ", ".join(one_of)}
        )


def _by_name(names: list[str], cells: list[str], columns: Sequence[str]) -> dict[str, str]:
    known = dict(zip(names, cells, strict=False))
    return {name: value for name, value in known.items() if name in columns and value.strip()}
