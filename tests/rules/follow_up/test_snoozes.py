"""Does a case that sleeps wake while the team is at work, on the date that its button names?"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from amends.rules.follow_up.snoozes import presets
from amends.rules.team.calendars import DAYS_SEARCHED, Calendar

PARIS = ZoneInfo("Europe/Paris")
LONG_WEEK = (((540, 1080),),) * 5 + ((),) * 2
OFFICE = Calendar("Europe/Paris", LONG_WEEK)
AFTERNOONS = Calendar("Europe/Paris", (((780, 1080),),) * 5 + ((),) * 2)
CLOSED_MONDAY = Calendar("Europe/Paris", LONG_WEEK, None, None, frozenset({date(2026, 3, 9)}))
AWAY = frozenset(date(2026, 3, 1) + timedelta(days=days) for days in range(DAYS_SEARCHED + 30))
NEVER = Calendar("Europe/Paris", LONG_WEEK, None, None, AWAY)


@pytest.mark.parametrize(
    ("today", "calendar", "expected"),
    [
        (3, OFFICE, ["tomorrow 04 09:00", "monday 09 09:00", "in_a_week 10 09:00"]),
        (3, AFTERNOONS, ["tomorrow 04 13:00", "monday 09 13:00", "in_a_week 10 13:00"]),
        (6, OFFICE, ["next_working_day 09 09:00", "in_a_week 13 09:00"]),
        (8, OFFICE, ["tomorrow 09 09:00", "in_a_week 16 09:00"]),
        (3, CLOSED_MONDAY, ["tomorrow 04 09:00", "in_a_week 10 09:00"]),
        (4, CLOSED_MONDAY, ["tomorrow 05 09:00", "next_week 10 09:00", "in_a_week 11 09:00"]),
        (2, OFFICE, ["tomorrow 03 09:00", "in_a_week 09 09:00"]),
        (6, CLOSED_MONDAY, ["next_working_day 10 09:00", "in_a_week 13 09:00"]),
    ],
    ids=[
        "a Tuesday",
        "a team of afternoons",
        "a Friday",
        "a Sunday",
        "a closed Monday",
        "the day after",
        "a Monday",
        "before a long week-end",
    ],
)
def test_each_preset_wakes_it_while_the_team_works(today: int, calendar: Calendar, expected: list[str]):
    now = datetime(2026, 3, today, 15, tzinfo=PARIS)
    found = presets(now, zone=PARIS, calendar=calendar)
    assert [f"{one.name} {one.at:%d %H:%M}" for one in found] == expected


def test_a_reader_elsewhere_sees_the_same_moment_on_their_clock():
    now = datetime(2026, 3, 3, 15, tzinfo=PARIS)
    [tomorrow, *_later] = presets(now, zone=ZoneInfo("America/New_York"), calendar=OFFICE)
    assert f"{tomorrow.at:%d %H:%M}" == "04 09:00", "15:00 in Paris, where they are at work"
    [tomorrow, *_later] = presets(now, zone=ZoneInfo("Asia/Tokyo"), calendar=OFFICE)
    assert f"{tomorrow.at:%d %H:%M}" == "04 17:00", "they begin then"


def test_a_team_that_is_away_for_years_keeps_the_day():
    [tomorrow, *_later] = presets(datetime(2026, 3, 3, 15, tzinfo=PARIS), zone=PARIS, calendar=NEVER)
    assert f"{tomorrow.at:%d %H:%M}" == "04 09:00"
