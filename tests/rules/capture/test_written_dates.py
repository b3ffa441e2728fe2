"""Are dates in tables read as programs, spreadsheets and people write them?"""

import contextlib
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.capture.written_dates import NoDate, moment, month_stands_first
from amends.rules.team.outside_dates import is_plausible

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2026-03-28", "2026-03-27T23:00"),
        ("2026-03-28 14:05", "2026-03-28T13:05"),
        ("2026-03-28T14:05:30Z", "2026-03-28T14:05"),
        ("2026-03-28T14:05:30.123456Z", "2026-03-28T14:05"),
        ("2026-03-28T14:05+05:00", "2026-03-28T09:05"),
        ("2026-03-28 14:05:33 UTC", "2026-03-28T14:05"),
        ("2026-03-28 14:05:33 +0200", "2026-03-28T12:05"),
        ("2026/03/28 14:05", "2026-03-28T13:05"),
        ("20260328", "2026-03-27T23:00"),
        ("28/03/2026", "2026-03-27T23:00"),
        ("28/03/2026 14:05:33", "2026-03-28T13:05"),
        ("28/03/26", "2026-03-27T23:00"),
        ("28-03-2026", "2026-03-27T23:00"),
        ("28/03/2026 à 14h05", "2026-03-28T13:05"),
        ("28/03/2026 14 h", "2026-03-28T13:00"),
        ("1.4.2026 09:30", "2026-04-01T07:30"),
        ("28 mars 2026", "2026-03-27T23:00"),
        ("1er avril 2026", "2026-03-31T22:00"),
        ("samedi 28 mars 2026 à 14h05", "2026-03-28T13:05"),
        ("28-Mar-26", "2026-03-27T23:00"),
        ("March 28, 2026", "2026-03-27T23:00"),
        ("Mar 28, 2026 2:05 PM", "2026-03-28T13:05"),
        ("Mar 28, 2026, 12:05 am", "2026-03-27T23:05"),
        ("Sat, 28 Mar 2026 14:05:33 GMT", "2026-03-28T14:05"),
        ("46109", "2026-03-27T23:00"),
        ("46109.5", "2026-03-28T11:00"),
        ("46109,5", "2026-03-28T11:00"),
        ("1774706733", "2026-03-28T14:05"),
        ("1774706733000", "2026-03-28T14:05"),
    ],
)
def test_a_date_is_read_on_the_reader_s_clock_unless_it_names_its_own(cell: str, meant: str):
    assert f"{moment(cell, PARIS):%Y-%m-%dT%H:%M}" == meant


@pytest.mark.parametrize(
    "cell",
    [
        *("03/28/2026", "yesterday", "2026-02-30", "0000-01-01", "1", "12345", "28 smarch 2026", "28/03"),
        *("9" * 13, "2026-03-28 25:00", "13:05 PM", "28/03/2026 13:05 PM", "1989-12-31", "2101-01-02"),
        *("9999-12-31", "", "٢٠٢٦-٠٣"),
    ],
)
def test_what_is_no_date_is_not_guessed(cell: str):
    with pytest.raises(NoDate):
        moment(cell, PARIS)


def test_the_month_stands_first_only_where_it_is_said():
    assert f"{moment('3/28/2026', PARIS, month_first=True):%Y-%m-%d}" == "2026-03-27"
    assert f"{moment('3/4/2026', PARIS):%m}" == "04"
    assert f"{moment('3/5/2026', PARIS, month_first=True):%m}" == "03"


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["3/28/2026", "4/3/2026"], True),
        (["28/3/2026", "4/3/2026"], False),
        (["3/4/2026"], False),
        (["28/3/2026", "3/28/2026"], False),
        (["2026-03-28", ""], False),
    ],
)
def test_a_column_tells_by_its_numbers_whether_the_month_stands_first(cells: list[str], expected: bool):
    assert month_stands_first(cells) is expected


@given(st.text(max_size=70) | st.from_regex(r"\d{1,14}([.,/-]\d{1,4}){0,3}( \d\d:\d\d)?", fullmatch=True))
def test_no_cell_whatever_breaks_the_reading(cell: str):
    with contextlib.suppress(NoDate):
        assert is_plausible(moment(cell, PARIS))
