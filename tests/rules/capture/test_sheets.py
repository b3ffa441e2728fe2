"""Is a table read as its spreadsheet meant it, and refused with a sentence that helps when it cannot be?"""

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.sheets import MOST_LINES, Row, SheetUnreadable, read, rearmed, write

COLUMNS = ("url", "text", "author")


def rows(text: str | bytes) -> list[Row]:
    content = text if isinstance(text, bytes) else text.encode()
    return read(content, columns=COLUMNS, one_of=("url", "text")).rows


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_spreadsheet_s_way_of_writing_is_read(separator: str, mark: str, end: str):
    table = mark + separator.join(["Text", "AUTHOR "]) + end + separator.join(["Trop tard", "Zoé"]) + end
    assert rows(table) == [Row(2, {"text": "Trop tard", "author": "Zoé"}, False)]


def test_a_quoted_cell_goes_over_lines_and_the_next_line_keeps_its_number():
    table = 'text,author\n"Late,\nand ""cold""",Dana\n\nRude,Eve\n'
    assert rows(table) == [
        Row(2, {"text": 'Late,\nand "cold"', "author": "Dana"}, False),
        Row(5, {"text": "Rude", "author": "Eve"}, False),
    ]


def test_a_text_with_a_comma_that_was_not_quoted_is_noticed():
    assert [row.surplus for row in rows("text,author\nLate, and cold,Dana\nRude,Eve,,\n")] == [True, False]


def test_missing_cells_and_formulas_are_only_what_they_are():
    assert rows('text,author\n"=HYPERLINK(""http://x"")"\n')[0].cells == {"text": '=HYPERLINK("http://x")'}


def test_columns_that_nobody_reads_are_told():
    sheet = read(b"text,Order number\nLate,17\n", columns=COLUMNS, one_of=("text",))
    assert sheet.unread == ["order_number"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must name the columns"),
        (b"author\nDana\n", "must name the columns"),
        (b"Late again\nRude\n", "must name the columns"),
        (b"text\n", "no line below"),
        (b"text,text\nLate,Rude\n", "twice"),
        ("text\nDéçu\n".encode("cp1252"), "CSV UTF-8"),
        ("text\nLate\n".encode("utf-16"), "CSV UTF-8"),
        (b'text\nLate\n"Rude\n', "Line 3 cannot be read"),
        (b'text\n"Late" again\n', "Line 2 cannot be read"),
        (b"text\n" + b"x\n" * (MOST_LINES + 1), "more than 2000 lines"),
        (b"text\n" + b"x" * 300_000, "Line 2 cannot be read"),
        (b"x" * (3 * 1024 * 1024), "larger than 2 MB"),
    ],
)
def test_what_cannot_be_read_is_said_with_what_to_do(content: bytes, words: str):
    with pytest.raises(SheetUnreadable, match=words):
        rows(content)


def test_the_most_lines_are_still_read():
    assert len(rows(b"text\n" + b"x\n" * MOST_LINES)) == MOST_LINES


@given(st.binary(max_size=200))
def test_no_file_whatever_breaks_the_reading(content: bytes):
    with contextlib.suppress(SheetUnreadable):
        assert rows(b"text,author\n" + content)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20), max_size=5))
def test_what_is_written_comes_back_as_it_was_and_no_cell_begins_a_formula(cells: list[str]):
    kept = [cell for cell in cells if cell.strip()]
    content = write(("text",), [{"text": cell} for cell in kept])
    for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not line or line[0][:1] not in ("=", "+", "-", "@", "\t", "\r")
    if kept:
        assert [rearmed(row.cells["text"]) for row in rows(content)] == kept
