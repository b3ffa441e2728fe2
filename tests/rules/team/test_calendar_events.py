"""Are the properties of calendar events taken apart as they are written?"""

from datetime import UTC, date, datetime, timedelta

import pytest

from amends.rules.team.calendar_events import NotACalendar, duration, events, moment, text

HEAD = "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"


def test_a_property_may_come_twice_and_go_over_lines():
    [event] = events(HEAD + "EXDATE:20260101\nexdate;VALUE=DATE:2026\n 0102\nSUMMARY:a:b\nEND:VEVENT")
    assert event == {"EXDATE": ["20260101", "20260102"], "SUMMARY": ["a:b"]}


def test_what_is_no_calendar_is_refused():
    with pytest.raises(NotACalendar):
        events("BEGIN:VCARD")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20260814", date(2026, 8, 14)),
        ("20260814T090000", datetime(2026, 8, 14, 9)),
        ("20260814T235960Z", datetime(2026, 8, 14, 23, 59, 59, tzinfo=UTC)),
        ("20260230", None),
        ("20260814T250000", None),
        ("00000101", None),
        ("٢٠٢٦٠٨١٤", None),
        ("", None),
    ],
)
def test_a_day_may_have_an_hour(written: str, meant: date | None):
    assert moment(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("P1D", timedelta(days=1)),
        ("+P2D", timedelta(days=2)),
        ("P1DT0H0M0S", timedelta(days=1)),
        ("P2W", timedelta(weeks=2)),
        ("PT24H", timedelta(days=1)),
        ("P0D", timedelta(0)),
        ("P", None),
        ("-P1D", None),
        ("P999999999D", None),
    ],
)
def test_a_length_is_written_in_weeks_days_and_hours(written: str, meant: timedelta | None):
    assert duration(written) == meant


def test_what_was_escaped_in_a_text_is_as_it_was():
    assert text(r"a\, b\n\;c") == "a, b\n;c"
