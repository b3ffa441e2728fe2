"""When a report is due: once a period, in the morning of the team, the last one after a pause."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.i18n import use_language
from amends.rules.insight.periods import Period
from amends.rules.insight.report_letters import Rhythm, called, due, last_whole
from tests.clock_changes import CHANGES, DAY, HOUR, midnight, moments

APRIL = Period(date(2026, 4, 1), date(2026, 4, 30))
MARCH = date(2026, 3, 31)


def at(day: int, hour: int, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        ("Europe/Paris", at(1, 4), None),  # six in the morning
        ("Europe/Paris", at(1, 5), APRIL),
        ("Asia/Tokyo", at(30, 22, 4), APRIL),  # the first of May there
        ("America/Los_Angeles", at(1, 13), None),
        ("Europe/Paris", at(20, 0), APRIL),  # no worker ran for weeks
    ],
)
def test_a_month_is_reported_from_seven_on_where_the_team_is(
    zone: str, now: datetime, expected: Period | None
):
    assert due(Rhythm.MONTHLY, planned_to=MARCH, zone=zone, now=now) == expected


@pytest.mark.parametrize(("zone", "sunday", "hours"), CHANGES)
def test_the_week_in_which_the_clock_changes_is_reported_on_monday_at_seven_and_once(
    zone: str, sunday: date, hours: int
):
    week = Period(sunday - 6 * DAY, sunday)
    planned_to, sent = week.first - DAY, list[datetime]()
    for now in [*moments(zone, sunday, hours), *moments(zone, sunday + DAY, 24)]:
        if period := due(Rhythm.WEEKLY, planned_to=planned_to, zone=zone, now=now):
            assert period == week
            planned_to, sent = period.last, [*sent, now]
    assert sent == [midnight(zone, sunday + DAY) + 7 * HOUR]


def test_what_was_reported_is_not_reported_again():
    assert due(Rhythm.MONTHLY, planned_to=APRIL.last, zone="UTC", now=at(31, 12)) is None


def test_a_week_goes_from_monday_to_sunday():
    assert last_whole(Rhythm.WEEKLY, date(2026, 5, 10)) == Period(date(2026, 4, 27), date(2026, 5, 3))
    assert last_whole(Rhythm.WEEKLY, date(2026, 5, 11)) == Period(date(2026, 5, 4), date(2026, 5, 10))


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sampled_from(Rhythm))
def test_a_reported_period_is_whole_and_over(today: date, rhythm: Rhythm):
    period = last_whole(rhythm, today)
    assert period.last < today
    assert (today - period.last).days <= 31
    assert last_whole(rhythm, period.last).last < period.first


def test_a_period_has_a_name_in_each_language():
    week = Period(date(2026, 5, 4), date(2026, 5, 10))
    assert (called(APRIL), called(week)) == ("April 2026", "4–10 May 2026")
    with use_language("fr"):
        assert (called(APRIL), called(week)) == ("avril 2026", "4–10 mai 2026")
