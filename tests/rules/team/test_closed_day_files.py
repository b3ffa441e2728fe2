"""Calendar files: what is written is read again, what is not a closed day is left out and counted."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amends.rules.team.closed_day_files import CalendarFileUnreadable, ClosedDay, days_of, read, written

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
BRIDGE = ClosedDay(date(2026, 5, 15), date(2026, 5, 15), "Bridge day")
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=120).map(str.strip)
CLOSED = st.builds(
    lambda first, length, words: ClosedDay(first, first + timedelta(days=length), words),
    DAYS,
    st.integers(0, 365),
    WORDS,
)


def file(*lines: str) -> bytes:
    event = ["BEGIN:VEVENT", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR", ""]).encode()


@given(st.sets(CLOSED, max_size=5))
@example({ClosedDay(BRIDGE.first, BRIDGE.last, r"Moving C:\New, \\n and \;")})
def test_what_is_written_is_read_again(closed: set[ClosedDay]):
    assert read(written(sorted(closed), now=NOW)) == (sorted(closed), 0)


@given(CLOSED)
def test_no_line_is_longer_than_75_octets_and_no_words_begin_one(one: ClosedDay):
    content = written([one], now=NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\r\n") - content.count(b"\r\n ") == 12


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(content: bytes):
    for given_bytes in (content, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:" + content):
        with suppress(CalendarFileUnreadable):
            found, left_out = read(given_bytes)
            assert len(found) + left_out <= 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20260515", "SUMMARY:Bridge day"], BRIDGE),
        (["DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20260516", "SUMMARY:Bridge day"], BRIDGE),
        (["dtstart;value=date:20260515", "summary;LANGUAGE=en:Bridge day"], BRIDGE),
        (["DTSTART:20260515", "SUMMARY:Bridge", "  day"], BRIDGE),
        (['DTSTART;X-FROM="a:b;c":20260515', "SUMMARY:Bridge day"], BRIDGE),
        (
            ["DTSTART;VALUE=DATE:20260803", "DURATION:P2W", "SUMMARY:Summer\\, at last"],
            ClosedDay(date(2026, 8, 3), date(2026, 8, 16), "Summer, at last"),
        ),
        (
            [
                "DTSTART:20260515",
                "BEGIN:VALARM",
                "SUMMARY:Alarm",
                "DTSTART:20260101T090000",
                "END:VALARM",
                "SUMMARY:Bridge day",
            ],
            BRIDGE,
        ),
    ],
)
def test_an_all_day_event_is_a_closed_day(lines: list[str], expected: ClosedDay):
    assert read(file(*lines)) == ([expected], 0)


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20260515T090000Z", "DTEND:20260515T180000Z"],
        ["DTSTART;TZID=Europe/Paris:20260515T090000"],
        ["DTSTART;VALUE=DATE:20260515", "RRULE:FREQ=YEARLY"],
        ["DTSTART;VALUE=DATE:20260515", "STATUS:CANCELLED"],
        ["DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20260515"],
        ["DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20280515"],
        ["DTSTART;VALUE=DATE:20260515", "DURATION:PT8H"],
        ["DTSTART;VALUE=DATE:20260230"],
        ["DTSTART;VALUE=DATE:00010101"],
        ["SUMMARY:No day"],
    ],
)
def test_what_has_an_hour_recurs_or_makes_no_sense_is_left_out_and_counted(lines: list[str]):
    assert read(file(*lines)) == ([], 1)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\xff\xfe", b"BEGIN:VCARD\nEND:VCARD"])
def test_another_file_is_refused_with_what_to_do(content: bytes):
    with pytest.raises(CalendarFileUnreadable) as refused:
        read(content)
    assert "ics" in refused.value.detail


@pytest.mark.parametrize(
    "lines",
    [
        [b"BEGIN:VEVENT"] * 70_000,
        [b"BEGIN:VEVENT", b"SUMMARY;" + b" " * 900_000 + b"A=b:x", b"END:VEVENT"],
        [b"BEGIN:VEVENT", b"SUMMARY" + b';A="b"' * 150_000 + b":x", b"END:VEVENT"],
        [b"BEGIN:VEVENT", b"SUMMARY:" + b"\r\n x" * 200_000, b"END:VEVENT"],
        [b"BEGIN:VTIMEZONE", *[b"RDATE:19700101T000000"] * 40_000, b"END:VTIMEZONE"],
        [b"BEGIN:VEVENT", *[b"SUMMARY:x"] * 80_000, b"END:VEVENT"],
    ],
)
def test_a_hostile_file_of_a_megabyte_is_read_without_backtracking(lines: list[bytes]):
    before = process_time()
    read(b"\r\n".join([b"BEGIN:VCALENDAR", *lines]))
    assert process_time() - before < 2, "0.2 s are usual: look for an expression that backtracks"


def test_a_file_with_thousands_of_entries_is_refused():
    with pytest.raises(CalendarFileUnreadable):
        read(b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 501)


def test_a_range_is_each_of_its_days():
    closed = [ClosedDay(date(2026, 8, 3), date(2026, 8, 5)), BRIDGE]
    assert days_of(closed) == {date(2026, 8, day) for day in (3, 4, 5)} | {date(2026, 5, 15)}
