"""A minute of a day becomes one instant, also on days on which the clock is changed."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.rules.team.wall_clocks import end_of_day, instant, seconds_of, wall_second

PARIS = ZoneInfo("Europe/Paris")
ZONES = st.sampled_from(["Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "America/Havana", "UTC"])
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("day", "minute", "at"),
    [
        (date(2026, 5, 4), 9 * 60, datetime(2026, 5, 4, 7, 0, tzinfo=UTC)),
        (date(2026, 5, 4), 1440, datetime(2026, 5, 4, 22, 0, tzinfo=UTC)),
        (date(2026, 3, 29), 150, datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),  # 2:30 is skipped: the jump
        (date(2026, 10, 25), 150, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 2:30 comes twice: the first
    ],
)
def test_a_minute_of_a_day_is_one_instant(day: date, minute: int, at: datetime):
    assert instant(wall_second(PARIS, day, minute)) == at


@given(ZONES, DAYS, st.integers(0, 1439), st.integers(1, 1440))
def test_a_later_minute_never_comes_earlier(zone: str, day: date, minute: int, more: int):
    clock, later = ZoneInfo(zone), min(minute + more, 1440)
    assert wall_second(clock, day, minute) <= wall_second(clock, day, later)


@given(ZONES, DAYS, st.integers(0, 1439))
def test_the_clock_shows_the_minute_or_has_just_jumped_over_it(zone: str, day: date, minute: int):
    second = wall_second(ZoneInfo(zone), day, minute)
    here, before = (instant(one).astimezone(ZoneInfo(zone)) for one in (second, second - 1))
    shows_it = (here.date(), here.hour * 60 + here.minute) == (day, minute)
    assert shows_it or here.utcoffset() != before.utcoffset()


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_seconds_are_rounded_down(at: datetime):
    assert instant(seconds_of(at)) == at.replace(microsecond=0)


def test_a_day_ends_at_the_next_midnight_of_its_zone_also_when_the_clock_changes():
    assert end_of_day(datetime(2026, 3, 29, 0, 30, tzinfo=UTC), "Europe/Paris") == datetime(
        2026, 3, 29, 22, tzinfo=UTC
    )
    assert end_of_day(datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "Europe/Paris") == datetime(
        2026, 10, 25, 23, tzinfo=UTC
    )
