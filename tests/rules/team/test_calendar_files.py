"""Calendar files as other programs read them: every text stays inside its property, every line is short."""

from datetime import UTC, date, datetime, timedelta

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.calendar_files import Event, written

AT = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
HOSTILE = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from('\r\n\\;,:"\t\0\x0b\x0c\x85\u2028')),
    max_size=200,
)


def event(summary: str, **given) -> Event:
    usual = {"uid": "one", "written_at": AT, "starts": AT, "ends": AT + timedelta(minutes=30)}
    return Event(summary=summary, **usual | given)


def read(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_an_event_is_read_with_all_that_was_said_of_it():
    [found] = read(written("Test", [event("Call; then, wait", sequence=3, url="https://a.example/cases/1")]))
    assert (found["UID"], found["SEQUENCE"], found["SUMMARY"]) == ("one@amends", 3, "Call; then, wait")
    assert (found.start, found.end) == (AT, AT + timedelta(minutes=30))
    assert found["URL"] == found["DESCRIPTION"] == "https://a.example/cases/1"
    assert found["DTSTAMP"].dt == AT
    assert not found.errors


def test_another_zone_is_written_in_utc():
    summer = datetime.fromisoformat("2026-07-01T10:00+02:00")
    content = written("Test", [event("x", starts=summer, ends=summer + timedelta(hours=1))])
    assert b"DTSTART:20260701T080000Z\r\nDTEND:20260701T090000Z\r\n" in content


def test_whole_days_have_no_hour():
    content = written("Test", [event("x", starts=date(2026, 5, 14), ends=date(2026, 5, 15))])
    assert b"DTSTART;VALUE=DATE:20260514\r\nDTEND;VALUE=DATE:20260515\r\n" in content
    assert b"SEQUENCE" not in content


def test_a_calendar_says_its_name_and_how_often_to_look():
    content = written("Test", [], name="Amends, mine", refresh="PT1H")
    found = icalendar.Calendar.from_ical(content)
    assert found["NAME"].to_ical() == found["X-WR-CALNAME"].to_ical() == b"Amends\\, mine"
    assert found["REFRESH-INTERVAL"].to_ical() == b"PT1H"


@given(HOSTILE)
def test_no_words_begin_a_line_or_another_property(words: str):
    content = written("Test", [event(f"{words}\r\nURL:https://evil.example", url="https://a.example/1")])
    lines = content.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert [line.partition(":")[0] for line in unfolded.split("\r\n")] == [
        "BEGIN",
        "VERSION",
        "PRODID",
        "BEGIN",
        "UID",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "URL",
        "DESCRIPTION",
        "TRANSP",
        "END",
        "END",
        "",
    ]
    assert len(unfolded.splitlines()) == 14, "however somebody counts lines"
    [found] = read(content)
    assert found["URL"] == "https://a.example/1"
    assert not found.errors


def test_a_lone_surrogate_does_not_stop_the_file():
    assert b"SUMMARY:a b" in written("Test", [event("a\ud800b")])
