"""Calendar files: what is written is read again, what is no closed day is left out with its own reason."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from amends.rules.team.closed_day_files import (
    CalendarFile,
    CalendarFileUnreadable,
    ClosedDay,
    LeftOut,
    Reason,
    days_of,
    read,
    written,
)

TODAY = date(2026, 5, 4)
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
    assert read(written(sorted(closed), now=NOW), today=TODAY) == CalendarFile(sorted(closed), [])


@given(CLOSED)
def test_no_line_is_longer_than_75_octets_and_no_words_begin_one(one: ClosedDay):
    content = written([one], now=NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\r\n") - content.count(b"\r\n ") == 12


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(content: bytes):
    for given_bytes in (content, b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:" + content):
        with suppress(CalendarFileUnreadable):
            file_read = read(given_bytes, today=TODAY)
            assert len(file_read.days) + len(file_read.left_out) <= 1


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
    assert read(file(*lines), today=TODAY) == CalendarFile([expected], [])


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20260515"],
        ["DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20260516", "RRULE:"],
        ["DTSTART;VALUE=DATE:20260515", "DURATION:P1DT0H0M0S"],
        ["DTSTART;VALUE=DATE:20260515", "DURATION:+P1D"],
        ["DTSTART;VALUE=DATE:20260515", "DURATION:PT24H"],
        ['DTSTART;TZID="Romance Standard Time":20260515T000000', 'DTEND;TZID="W":20260516T000000'],
        ["DTSTART;TZID=Europe/Paris:20260515T000000", "DURATION:P1D"],
        ["DTSTART:20260515T000000", "DTEND:20260515T235900"],
        ["DTSTART:20260515T000000", "DTEND:20260515T235959"],
    ],
)
def test_one_whole_day_is_one_closed_day_however_a_program_writes_it(lines: list[str]):
    assert read(file(*lines, "SUMMARY:Bridge day"), today=TODAY) == CalendarFile([BRIDGE], [])


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["DTSTART:20260515T090000Z", "DTEND:20260515T180000Z"], Reason.HOUR),
        (["DTSTART;TZID=Europe/Paris:20260515T090000"], Reason.HOUR),
        (["DTSTART:20260515T000000"], Reason.HOUR),
        (["DTSTART:20260515T000000Z", "DTEND:20260516T000000Z"], Reason.HOUR),
        (["DTSTART;VALUE=DATE:20260515", "DURATION:PT8H"], Reason.HOUR),
        (["DTSTART;VALUE=DATE:20260515", "RRULE:FREQ=WEEKLY"], Reason.REPEATS),
        (["DTSTART;VALUE=DATE:20260515", "RRULE:FREQ=SECONDLY;BYSETPOS=1"], Reason.REPEATS),
        (["DTSTART;VALUE=DATE:20260515", "RRULE:FREQ=YEARLY;BYDAY=MO"], Reason.REPEATS),
        (["DTSTART;VALUE=DATE:20260515", "RRULE:FREQ=YEARLY;INTERVAL=0"], Reason.REPEATS),
        (["DTSTART;VALUE=DATE:20260515", "RRULE:FREQ=YEARLY;BYMONTH=13"], Reason.REPEATS),
        (["DTSTART;VALUE=DATE:20260515", "RDATE;VALUE=DATE:20260601"], Reason.REPEATS),
        (["DTSTART;VALUE=DATE:20200515", "RRULE:FREQ=YEARLY;UNTIL=20240101"], Reason.PAST),
        (["DTSTART;VALUE=DATE:20200515", "RRULE:FREQ=YEARLY;COUNT=2"], Reason.PAST),
        (["DTSTART;VALUE=DATE:20200515", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"], Reason.PAST),
        (["DTSTART;VALUE=DATE:20260515", "STATUS:CANCELLED"], Reason.CANCELLED),
        (["DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20260514"], Reason.ENDS_BEFORE),
        (["DTSTART;VALUE=DATE:20260515", "DTEND:tomorrow"], Reason.LENGTH),
        (["DTSTART;VALUE=DATE:20260515", "DTEND:20260516T000000"], Reason.LENGTH),
        (["DTSTART;VALUE=DATE:20260515", "DURATION:P"], Reason.LENGTH),
        (["DTSTART;VALUE=DATE:20260515", "DTEND;VALUE=DATE:20280515"], Reason.TOO_LONG),
        (["DTSTART;VALUE=DATE:20260230"], Reason.NO_DAY),
        (["SUMMARY:No day"], Reason.NO_DAY),
        (["DTSTART;VALUE=DATE:00010101"], Reason.YEAR),
        (["DTSTART;VALUE=DATE:99991231"], Reason.YEAR),
        (["DTSTART:99991231T000000", "DTEND:99991231T235900"], Reason.YEAR),
        (["DTSTART;VALUE=DATE:21001231", "DURATION:P2D"], Reason.YEAR),
    ],
)
def test_an_entry_that_is_no_closed_day_is_left_out_with_its_own_reason(lines: list[str], reason: Reason):
    found = read(file(*lines), today=TODAY)
    assert (found.days, [entry.reason for entry in found.left_out]) == ([], [reason])


def test_an_entry_that_is_left_out_is_named_by_its_words_and_day():
    found = read(file("DTSTART:20260515T090000Z", "SUMMARY:Stand-up\\, daily"), today=TODAY)
    assert found.left_out == [LeftOut("Stand-up, daily", "20260515T090000Z", Reason.HOUR)]


@pytest.mark.parametrize(
    ("starts", "rule", "expected"),
    [
        ("20201224", "FREQ=YEARLY", ["2026-12-24", "2027-12-24", "2028-12-24", "2029-12-24", "2030-12-24"]),
        ("20200301", "FREQ=YEARLY", ["2027-03-01", "2028-03-01", "2029-03-01", "2030-03-01", "2031-03-01"]),
        ("20200504", "FREQ=YEARLY;UNTIL=20270504", ["2026-05-04", "2027-05-04"]),
        ("20200504", "FREQ=YEARLY;COUNT=8", ["2026-05-04", "2027-05-04"]),
        ("20240601", "FREQ=YEARLY;INTERVAL=2;WKST=MO", ["2026-06-01", "2028-06-01", "2030-06-01"]),
        ("20240229", "FREQ=YEARLY", ["2028-02-29"]),
        ("20200101", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1;COUNT=8", ["2027-02-28"]),
        (
            "20250903",
            "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO;UNTIL=20281001T000000Z",
            ["2026-09-07", "2027-09-06", "2028-09-04"],
        ),
        ("20250526", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO;UNTIL=20271231", ["2026-05-25", "2027-05-31"]),
    ],
)
def test_what_comes_every_year_is_unrolled_for_the_five_years_ahead(
    starts: str, rule: str, expected: list[str]
):
    found = read(file(f"DTSTART;VALUE=DATE:{starts}", f"RRULE:{rule}"), today=TODAY)
    assert [day.first.isoformat() for day in found.days] == expected
    assert all(day.first == day.last for day in found.days)


def test_a_yearly_closing_of_several_days_keeps_its_length_and_leaves_out_what_is_excluded():
    lines = ("DTSTART:20231224", "DURATION:P3D", "RRULE:FREQ=YEARLY;COUNT=6", "EXDATE:20261224,20271224")
    assert read(file(*lines), today=TODAY).days == [ClosedDay(date(2028, 12, 24), date(2028, 12, 26))]


def test_a_repetition_that_was_moved_gives_way_to_its_new_day():
    series = ["UID:1", "DTSTART:20251224", "RRULE:FREQ=YEARLY;COUNT=3"]
    moved = ["UID:1", "RECURRENCE-ID;VALUE=DATE:20261224", "DTSTART:20261223"]
    content = file(*series, "END:VEVENT", "BEGIN:VEVENT", *moved)
    assert [day.first for day in read(content, today=TODAY).days] == [date(2026, 12, 23), date(2027, 12, 24)]


def french_calendars() -> dict[str, list[ClosedDay]]:
    """The holidays of each French territory."""
    text = Path(__file__).with_name("french_holidays.tsv").read_text("utf-8")
    everywhere = text.splitlines()[1].partition("all of: ")[2].split()
    calendars: dict[str, list[ClosedDay]] = {territory: [] for territory in everywhere}
    for line in text.splitlines()[2:]:
        written_day, name, where = line.split("\t")
        day = date.fromisoformat(written_day)
        for territory in everywhere if where == "*" else where.split():
            calendars[territory].append(ClosedDay(day, day, name))
    return calendars


def as_the_french_state_writes_it(days: list[ClosedDay]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "NAME:Jours fériés", "PRODID:-//DINUM//Jours fériés//FR"]
    for number, day in enumerate(days):
        lines += [
            "BEGIN:VEVENT",
            f"DTSTART;VALUE=DATE:{day.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{day.first:%Y%m%d}",
        ]
        lines += ["DTSTAMP:20260101T000000Z", f"SUMMARY:{day.words}", f"UID:{number}", "END:VEVENT"]
    return "\n".join([*lines, "END:VCALENDAR", ""]).encode()


def test_every_public_holiday_of_the_thirteen_calendars_of_the_french_state_is_read():
    calendars = french_calendars()
    for territory, days in calendars.items():
        found = read(as_the_french_state_writes_it(days), today=TODAY)
        assert (territory, found) == (territory, CalendarFile(sorted(days), []))
    assert (len(calendars), sum(map(len, calendars.values()))) == (13, 1_672)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16", "utf-16-le"])
def test_a_file_is_read_in_the_encodings_that_office_programs_write(encoding: str):
    content = file("DTSTART:20261225", "SUMMARY:Noël fêté à l’œuvre"[: 25 if encoding != "latin-1" else 14])
    text = content.decode()
    assert read(text.encode(encoding), today=TODAY).days[0].words in text


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"PK\x03\x04\0", b"\xff\xfe", b"\xff\xfe\x00", b"BEGIN:VCARD\nEND:VCARD"]
)
def test_another_file_is_refused_with_what_to_do(content: bytes):
    with pytest.raises(CalendarFileUnreadable) as refused:
        read(content, today=TODAY)
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
        [b"BEGIN:VEVENT", b"DTSTART:20260515", b"DURATION:P" + b"1" * 900_000, b"END:VEVENT"],
        [b"BEGIN:VEVENT", b"DTSTART:19900101", b"RRULE:FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2", b"END:VEVENT"]
        * 10_000,
        [b"BEGIN:VEVENT", b"DTSTART:19900101", b"RRULE:FREQ=YEARLY;COUNT=9999", b"END:VEVENT"] * 12_000,
    ],
)
def test_a_hostile_file_of_a_megabyte_is_read_without_backtracking(lines: list[bytes]):
    before = process_time()
    read(b"\r\n".join([b"BEGIN:VCALENDAR", *lines]), today=TODAY)
    why = "0.2 s are usual, some on a busy machine; an expression that backtracks takes minutes: look for it"
    assert process_time() - before < 30, why


def test_the_limit_counts_the_days_that_would_be_kept_and_not_the_entries_that_were_read():
    event = b"BEGIN:VEVENT\nDTSTART:%d\nEND:VEVENT\n"
    repeated = b"".join([event % 20260515, b"BEGIN:VEVENT\nEND:VEVENT\n"] * 600)
    found = read(b"BEGIN:VCALENDAR\n" + repeated, today=TODAY)
    assert (len(found.days), len(found.left_out)) == (1, 600)
    days = [int(f"{TODAY + timedelta(days=distance):%Y%m%d}") for distance in range(501)]
    with pytest.raises(CalendarFileUnreadable):
        read(b"BEGIN:VCALENDAR\n" + b"".join(event % day for day in days), today=TODAY)


def test_a_range_is_each_of_its_days():
    closed = [ClosedDay(date(2026, 8, 3), date(2026, 8, 5)), BRIDGE]
    assert days_of(closed) == {date(2026, 8, day) for day in (3, 4, 5)} | {date(2026, 5, 15)}
