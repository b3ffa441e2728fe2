"""Working time: it adds up, it never runs backwards, and no change of the clock loses a minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.calendars import (
    Calendar,
    WrongCalendar,
    add_working,
    calendar,
    is_open,
    is_working_day,
    last_open,
    next_open,
    next_working_day_at,
    open_near,
    working_between,
    working_day_seconds,
)
from amends.rules.team.closed_days import UnknownCountry, holiday_name, holidays_of

PARIS = calendar("Europe/Paris", country="FR")
ST_JOHNS = calendar("America/St_Johns", country="CA", subdivision="NL")
LUNCH = calendar("Europe/Paris", ((((540, 720), (780, 1080)),) * 6 + ((),)), "FR")
NIGHT = calendar("Europe/Paris", ((((0, 120), (1320, 1440)),) * 7))
ALWAYS = calendar("Europe/Paris", ((((0, 1440)),),) * 7)
CALENDARS = st.sampled_from([PARIS, ST_JOHNS, LUNCH, NIGHT, ALWAYS])
ZONES = st.sampled_from(["Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
HOUR = 3600
INSTANTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=0)
)
LENGTHS = st.integers(1, 40 * 9 * HOUR)


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Paris")).astimezone(UTC)


@given(CALENDARS, INSTANTS, LENGTHS)
def test_counting_back_gives_the_length_that_was_added(of: Calendar, start: datetime, seconds: int):
    assert working_between(of, start, add_working(of, start, seconds)) == seconds


@given(CALENDARS, INSTANTS, LENGTHS, LENGTHS)
def test_two_lengths_after_each_other_are_their_sum(of: Calendar, start: datetime, a: int, b: int):
    assert add_working(of, add_working(of, start, a), b) == add_working(of, start, a + b)


@given(CALENDARS, INSTANTS, INSTANTS, LENGTHS)
def test_who_starts_later_is_never_due_earlier(of: Calendar, one: datetime, other: datetime, seconds: int):
    first, second = sorted((one, other))
    assert add_working(of, first, seconds) <= add_working(of, second, seconds)


@given(CALENDARS, INSTANTS, LENGTHS, LENGTHS)
def test_a_longer_term_is_due_later(of: Calendar, start: datetime, a: int, more: int):
    assert add_working(of, start, a) < add_working(of, start, a + more)


@given(CALENDARS, INSTANTS, LENGTHS)
def test_a_due_date_lies_in_working_time(of: Calendar, start: datetime, seconds: int):
    due = add_working(of, start, seconds)
    assert is_open(of, due - timedelta(seconds=1))


@given(CALENDARS, INSTANTS, LENGTHS, ZONES)
def test_the_zone_in_which_an_instant_is_written_changes_nothing(
    of: Calendar, start: datetime, seconds: int, zone: str
):
    written_there = start.astimezone(ZoneInfo(zone))
    assert add_working(of, written_there, seconds) == add_working(of, start, seconds)
    assert next_open(of, written_there) == next_open(of, start)


@given(INSTANTS, LENGTHS, ZONES, ZONES)
def test_by_day_the_wall_clock_says_the_same_in_every_zone_whatever_its_clock_does_at_night(
    start: datetime, seconds: int, here: str, there: str
):
    def due_on_the_wall(zone: str) -> datetime:
        begins = start.replace(hour=12, tzinfo=ZoneInfo(zone))  # no clock changes at noon
        return add_working(calendar(zone), begins, seconds).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert due_on_the_wall(here) == due_on_the_wall(there)


@given(INSTANTS, LENGTHS, st.integers(541, 1079), ZONES)
def test_slots_that_meet_are_one_slot(start: datetime, seconds: int, minute: int, zone: str):
    whole = calendar(zone)
    parted = calendar(zone, ((((540, minute), (minute, 1080)),) * 5 + ((),) * 2))
    assert add_working(parted, start, seconds) == add_working(whole, start, seconds)


@given(INSTANTS, st.integers(0, 7 * HOUR), ZONES)
def test_a_shift_over_midnight_is_worked_to_its_last_second(start: datetime, seconds: int, zone: str):
    shifts = calendar(zone, (((0, 60), (1080, 1440)),) * 7)
    begins = start.replace(hour=18, minute=0, second=0, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert add_working(shifts, begins, seconds) == begins + timedelta(seconds=seconds)
    assert is_open(shifts, begins + timedelta(seconds=min(seconds, 7 * HOUR - 1)))
    assert not is_open(shifts, begins + timedelta(hours=7))


@given(CALENDARS, INSTANTS, LENGTHS, st.sets(st.integers(0, 60), max_size=10))
def test_another_closed_day_never_brings_a_date_forward(
    of: Calendar, start: datetime, seconds: int, closed: set[int]
):
    days = frozenset(start.date() + timedelta(days=distance) for distance in closed)
    with_them = replace(of, closed_days=days)
    assert add_working(with_them, start, seconds) >= add_working(of, start, seconds)
    last = add_working(with_them, start, seconds) - timedelta(seconds=1)
    assert last.astimezone(ZoneInfo(of.zone)).date() not in days


@given(CALENDARS, INSTANTS)
def test_the_next_open_instant_is_open_and_nothing_before_it_is(of: Calendar, at: datetime):
    opens = next_open(of, at)
    assert is_open(of, opens)
    assert opens == at or not is_open(of, at)
    assert working_between(of, at, opens) == 0


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "UTC"])
def test_slots_that_meet_at_midnight_lose_no_minute(zone: str):
    whole = calendar(zone, (((0, 1440),),) * 7)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for days in range(1, 366):
        assert working_between(whole, start, start + timedelta(days=days)) == days * 24 * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2024-11-08T16:30", 4, "2024-11-12T11:30"),  # a week-end, and the holiday of 11 November
        ("2026-05-04T10:00", 2, "2026-05-04T12:00"),
        ("2026-05-04T07:00", 1, "2026-05-04T10:00"),  # before opening
        ("2026-05-04T19:00", 1, "2026-05-05T10:00"),  # after closing
        ("2026-03-27T17:00", 2, "2026-03-30T10:00"),  # over the change to summer time
        ("2026-10-23T17:00", 2, "2026-10-26T10:00"),  # and back
        ("2026-05-04T10:00", 8, "2026-05-04T18:00"),  # a closing time is in time
    ],
)
def test_a_person_would_count_the_same(start: str, hours: int, due: str):
    assert add_working(PARIS, paris(start), hours * HOUR) == paris(due)


def test_an_hour_that_the_clock_skips_is_not_worked_and_one_that_it_repeats_is_worked_twice():
    night = calendar("Europe/Paris", (((60, 240),),) * 7)  # 1:00 to 4:00
    assert working_between(night, paris("2026-03-29T00:00"), paris("2026-03-29T12:00")) == 2 * HOUR
    assert working_between(night, paris("2026-10-25T00:00"), paris("2026-10-25T12:00")) == 4 * HOUR


def test_regions_have_holidays_of_their_own():
    alsace = calendar("Europe/Paris", country="FR", subdivision="57")
    boxing_day = paris("2025-12-26T10:00")
    assert is_open(PARIS, boxing_day)
    assert not is_open(alsace, boxing_day)


def test_a_holidays_name_does_not_depend_on_the_machines_language(monkeypatch: pytest.MonkeyPatch):
    for language in ("fr_FR", "de_DE", "C"):
        monkeypatch.setenv("LANGUAGE", language)
        holidays_of.cache_clear()
        assert holiday_name("FR", None, date(2026, 11, 11)) == "Armistice Day"
        assert holiday_name("FR", None, date(2026, 11, 11), "fr") == "Armistice"
    assert holiday_name(None, None, date(2026, 11, 11)) is None


def test_a_working_day_is_worth_the_longest_normal_day():
    short_saturday = calendar("Europe/Paris", ((((540, 1080),),) * 5 + (((540, 720),), ())))
    assert working_day_seconds(PARIS) == 9 * HOUR
    assert working_day_seconds(short_saturday) == 9 * HOUR


def test_a_day_at_ten_moves_past_holidays_and_week_ends():
    assert next_working_day_at(PARIS, date(2026, 5, 1), 600) == paris("2026-05-04T10:00")


def test_own_closed_days_count_as_closed():
    closed = calendar("Europe/Paris", extra_closed=[date(2026, 5, 4)])
    assert not is_open(closed, paris("2026-05-04T10:00"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus"},
        {"zone": "Europe/Paris", "week": ((),) * 7},
        {"zone": "Europe/Paris", "week": (((540, 500),),) * 7},
        {"zone": "Europe/Paris", "week": (((540, 1500),),) * 7},
        {"zone": "Europe/Paris", "week": (((540, 700), (600, 900)),) * 7},
        {"zone": "Europe/Paris", "week": (((540, 700),),) * 6},
    ],
)
def test_hours_that_make_no_sense_are_refused(wrong: dict):
    with pytest.raises(WrongCalendar):
        calendar(**wrong)


def test_an_unknown_country_is_refused():
    with pytest.raises(UnknownCountry):
        calendar("Europe/Paris", country="XX")


@given(CALENDARS, INSTANTS)
def test_the_last_working_time_before_an_instant_leaves_none_between(of: Calendar, at: datetime):
    found = last_open(of, at)
    assert found <= at
    assert working_between(of, found, at) == 0
    assert is_open(of, found - timedelta(seconds=1))


@given(CALENDARS, INSTANTS)
def test_near_an_instant_of_a_worked_day_is_working_time_of_that_day(of: Calendar, at: datetime):
    zone = ZoneInfo(of.zone)
    day = at.astimezone(zone).date()
    if is_working_day(of, day):
        found = open_near(of, at)
        assert is_open(of, found) or is_open(of, found - timedelta(seconds=1))
        assert (found - timedelta(seconds=1)).astimezone(zone).date() == day or found.astimezone(
            zone
        ).date() == day
