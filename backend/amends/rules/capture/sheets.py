"""CSV files: encoding, separator and columns."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from amends.errors import Invalid
from amends.i18n import gettext as _

SEPARATORS = (",", ";", "\t")
MOST_LINES = 2_000
LARGEST_BYTES = 2 * 1024 * 1024
LONGEST_FIELD = 200_000
FORMULA = re.compile(r"[=+\-@\t\r]")
"""With these a spreadsheet begins to compute; an apostrophe before them makes a text of it (OWASP)."""
DISARMED = re.compile(r"'(?='*[=+\-@\t\r])")


class SheetUnreadable(Invalid):
    """This table cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row by column; `line` is where it begins in the file, as editors count.

    `surplus` tells of cells beyond the columns: a text with a comma in it was not quoted.
    """

    line: int
    cells: dict[str, str]
    surplus: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table, and the names of columns that nobody reads."""

    rows: list[Row]
    unread: list[str]


def read(content: bytes, *, columns: Sequence[str], one_of: Sequence[str]) -> Sheet:
    """The rows of a CSV file in UTF-8, separated by commas, semicolons or tabs; empty rows are left out.

    Columns may stand in any order and case; one of `one_of` must be there. Raises SheetUnreadable with a
    sentence that says what to do.
    """
    text = _decoded(content)
    rows = _rows(text, _separator(text, columns))
    header = next(rows, None)
    names = [_name(cell) for cell in header[1]] if header else []
    _check_header(names, one_of)
    found = []
    for line, cells in rows:
        if any(cell.strip() for cell in cells):
            surplus = any(cell.strip() for cell in cells[len(names) :])
            found.append(Row(line, _by_name(names, cells, columns), surplus))
        if len(found) > MOST_LINES:
            raise SheetUnreadable(
                _("There are more than %(count)s lines. Split the table.") % {"count": MOST_LINES}
            )
    if not found:
        raise SheetUnreadable(_("There is no line below the names of the columns."))
    return Sheet(found, [name for name in names if name and name not in columns])


def write(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A CSV file in UTF-8 whose cells no spreadsheet runs as formulas; `rearmed` gives a cell as it was."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_disarmed(row.get(name, "")) for name in columns] for row in rows)
    return ("\ufeff" + text.getvalue()).encode()


def rearmed(cell: str) -> str:
    """A cell of a table that `write` made, without the apostrophe that it put there."""
    return DISARMED.sub("", cell, count=1) if cell.startswith("'") else cell


def _disarmed(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell.lstrip("'")) else cell


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST_BYTES:
        raise SheetUnreadable(_("This file is larger than 2 MB. Split the table."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SheetUnreadable(
            _("This is not text in UTF-8. In your spreadsheet, save the table as “CSV UTF-8”.")
        ) from None


def _separator(text: str, columns: Sequence[str]) -> str:
    """The sign that makes the most known names of columns out of the first line."""
    first = text.lstrip("\r\n").partition("\n")[0]
    return max(SEPARATORS, key=lambda sign: sum(_name(cell) in columns for cell in first.split(sign)))


def _rows(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line on which it begins; a quoted cell may go over several lines."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if cells:
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise SheetUnreadable(
            _("Line %(line)s cannot be read: a quotation mark is missing there, or a cell is much too long.")
            % {"line": begins}
        ) from None


def _name(cell: str) -> str:
    return cell.strip().strip('"').strip().casefold().replace(" ", "_")


def _check_header(names: list[str], one_of: Sequence[str]) -> None:
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise SheetUnreadable(_("The column “%(name)s” is there twice.") % {"name": twice[0][:40]})
    if not set(names) & set(one_of):
        raise SheetUnreadable(
            _("The first line must name the columns; at least one of: %(names)s.")
            % {"names": ", ".join(one_of)}
        )


def _by_name(names: list[str], cells: list[str], columns: Sequence[str]) -> dict[str, str]:
    known = dict(zip(names, cells, strict=False))
    return {name: value for name, value in known.items() if name in columns and value.strip()}
