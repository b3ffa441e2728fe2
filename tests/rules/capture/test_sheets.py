"""Is a table read as its spreadsheet meant it, and refused with a sentence that helps when it cannot be?"""

import contextlib
import csv
import io
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.sheets import Line, Row, SheetUnreadable, parse, read, rearmed, write

COLUMNS = ("url", "text", "author")
MOST_LINES = 2_000


def rows(text: str | bytes) -> list[Row]:
    content = text if isinstance(text, bytes) else text.encode()
    return read(content, columns=COLUMNS, one_of=("url", "text"), most_lines=MOST_LINES)


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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("first", ["", "sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
def test_what_excel_saves_is_read_in_each_encoding_and_with_its_line_of_the_separator(
    encoding: str, first: str
):
    table = parse(f"{first}texte;note\r\nDéçu à l’œil;2\r\n".encode(encoding), most_lines=10)
    assert table.header == ["texte", "note"]
    assert table.lines == [Line(3 if first else 2, ["Déçu à l’œil", "2"])]


def test_a_separator_that_only_the_first_line_names_is_used():
    assert parse(b"sep=|\ntext|author\nLate, and cold|Dana\n", most_lines=9).lines == [
        Line(3, ["Late, and cold", "Dana"])
    ]


def test_a_line_that_cannot_be_read_is_broken_and_reading_goes_on_below_it():
    table = parse(b'text,author\n"Rude\nfine,"x"\n"Late" again,3\nok,2\n"never closed', most_lines=9)
    assert [(line.number, line.broken) for line in table.lines] == [
        (2, True),
        (3, False),
        (4, True),
        (5, False),
        (6, True),
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"a\n" + b'"x\n' * 2_000_000,
        b"a,b\n" + b'"x' * 2_000_000,
        b"," * 5_000_000,
        b"a\n" + b"x\r" * 2_000_000,
    ],
)
def test_a_hostile_file_costs_a_few_seconds_at_most(content: bytes):
    before = process_time()
    with contextlib.suppress(SheetUnreadable):
        parse(content, most_lines=MOST_LINES)
    assert process_time() - before < 8, "2 s are usual: what is read again below a broken line grows"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "must name the columns"),
        (b"author\nDana\n", "must name the columns"),
        (b"Late again\nRude\n", "must name the columns"),
        (b"text\n", "no lines below"),
        (b"text,text\nLate,Rude\n", "twice"),
        (b"PK\x03\x04\x14\0", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1", "workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0", "CSV UTF-8"),
        (b'text\nLate\n"Rude\n', "Line 3 cannot be read"),
        (b'text\n"Late" again\n', "Line 2 cannot be read"),
        (b"text\n" + b"x\n" * (MOST_LINES + 1), "more than 2000 lines"),
        (b"text\n" + b"x" * 300_000, "Line 2 cannot be read"),
        (b"x" * (11 * 1024 * 1024), "larger than 10 MB"),
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


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\ufeff=1+1",
    " =1+1",
    "\t=1",
    "\r=1",
    "\n=1",
]


@pytest.mark.parametrize("cell", [*FORMULAS, "'=1", "''＝1"])
def test_no_cell_that_is_written_begins_a_formula_and_each_comes_back(cell: str):
    content = write(("text", "author"), [{"text": cell, "author": "Dana"}]).decode("utf-8-sig")
    written = next(csv.reader(io.StringIO(content.partition("\r\n")[2], newline="")))[0]
    assert written == f"'{cell}"
    assert rearmed(written) == cell


def test_no_cell_becomes_two_where_the_file_is_opened_with_another_separator():
    content = write(("text",), [{"text": "a;=1+1"}, {"text": "a\t=1+1"}]).decode("utf-8-sig")
    assert content.splitlines()[1:] == ['"a;=1+1"', '"a\t=1+1"']


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20), max_size=5))
def test_what_is_written_comes_back_as_it_was_and_no_cell_begins_a_formula(cells: list[str]):
    texts = [cell for cell in cells if cell.strip()]
    content = write(("text",), [{"text": cell} for cell in texts])
    for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not line or line[0].lstrip("\ufeff \u200b")[:1] not in tuple("=+-@＝＋－＠\t\r\n")
    if texts:
        assert [rearmed(row.cells["text"]) for row in rows(content)] == texts
