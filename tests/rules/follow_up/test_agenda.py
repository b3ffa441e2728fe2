"""The days of an agenda: whole weeks from Monday on, over changes of the clock, and what touches them."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.follow_up.agenda import DAY, ahead, days_of, edges, touched, turned
from tests.clock_changes import CHANGES, moments

HOUR = timedelta(hours=1)
DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))
ZONES = st.sampled_from(["Europe/Paris", "Africa/Cairo", "America/Santiago", "Pacific/Apia", "UTC"])


@given(DATES)
def test_a_week_is_seven_days_from_monday_that_hold_the_day(day: date):
    days = days_of("week", day)
    assert (len(days), days[0].weekday()) == (7, 0)
    assert day in days


@given(DATES)
def test_a_month_is_its_whole_weeks_and_no_other(day: date):
    days = days_of("month", day)
    assert (days[0].weekday(), days[-1].weekday()) == (0, 6)
    assert {one for one in days if one.month == day.month} == {
        day.replace(day=1) + distance * DAY
        for distance in range((turned("month", day, 1) - day.replace(day=1)).days)
    }
    assert any(one.month == day.month for one in days[:7])
    assert any(one.month == day.month for one in days[-7:])
    assert all(after - before == DAY for before, after in pairwise(days))


def test_may_2026_begins_on_the_27th_of_april():
    days = days_of("month", date(2026, 5, 20))
    assert (days[0], days[-1], len(days)) == (date(2026, 4, 27), date(2026, 5, 31), 35)
    assert days_of("day", date(2026, 5, 20)) == (date(2026, 5, 20),)


@pytest.mark.parametrize(
    ("view", "day", "by", "expected"),
    [
        ("week", date(2026, 12, 30), 1, date(2027, 1, 6)),
        ("week", date(2026, 1, 1), -1, date(2025, 12, 25)),
        ("day", date(2026, 2, 28), 1, date(2026, 3, 1)),
        ("month", date(2026, 1, 31), 1, date(2026, 2, 1)),
        ("month", date(2026, 1, 31), -1, date(2025, 12, 1)),
        ("month", date(2026, 12, 31), 1, date(2027, 1, 1)),
        ("month", date(2026, 12, 31), 0, date(2026, 12, 1)),
    ],
)
def test_the_page_is_turned(view, day: date, by: int, expected: date):
    assert turned(view, day, by) == expected


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("Europe/Paris", date(2026, 3, 29), 23),
        ("Europe/Paris", date(2026, 10, 25), 25),
        ("Europe/Paris", date(2026, 5, 4), 24),
        ("Africa/Cairo", date(2026, 4, 24), 23),  # the clock jumps at midnight: the day begins at 1:00
    ],
)
def test_a_day_over_a_change_of_the_clock_has_its_own_length(zone: str, day: date, hours: int):
    begins, ends = edges([day], zone)
    assert ends - begins == hours * HOUR
    assert begins.astimezone(ZoneInfo(zone)).date() == day


@given(DATES, ZONES, st.integers(0, 7 * 86400 - 1))
def test_every_instant_of_a_week_lies_on_the_day_that_the_wall_calendar_says(day: date, zone: str, seconds):
    days = days_of("week", day)
    begins = edges(days, zone)
    at = begins[0] + timedelta(seconds=seconds)
    if at < begins[-1]:
        [place] = touched(at, at + timedelta(seconds=1), begins)
        assert at.astimezone(ZoneInfo(zone)).date() == days[place]


def test_what_is_past_is_no_part_of_the_days_ahead():
    now = datetime(2026, 5, 6, 9, 30, tzinfo=UTC)
    of = edges(days_of("week", now.date()), "UTC")
    left = ahead(of, now)
    assert left[:3] == (now, now, now)
    assert left[3:] == of[3:]


def test_a_stretch_touches_each_day_on_which_it_has_a_moment():
    of = edges(days_of("week", date(2026, 5, 4)), "Europe/Paris")
    assert list(touched(of[0] - HOUR, of[0], of)) == []
    assert list(touched(of[0], of[2], of)) == [0, 1]
    assert list(touched(of[1] + HOUR, of[2] + HOUR, of)) == [1, 2]
    assert list(touched(of[0] - 9 * DAY, of[-1] + 9 * DAY, of)) == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("zone", "day", "hours"), CHANGES)
def test_the_lane_of_a_day_on_which_the_clock_changes_holds_its_moments_and_no_other(
    zone: str, day: date, hours: int
):
    of = edges(days_of("week", day), zone)
    lengths = [(ends - begins) // HOUR for begins, ends in pairwise(of)]
    assert lengths == [*[24] * 6, hours]
    inside = moments(zone, day, hours)
    assert {place for at in inside for place in touched(at, at + HOUR / 2, of)} == {6}
    assert list(touched(inside[0] - HOUR / 2, inside[0], of)) == [5]
    assert list(touched(inside[0] - HOUR / 2, inside[0] + HOUR, of)) == [5, 6]
    assert list(touched(of[-1], of[-1] + HOUR, of)) == []
