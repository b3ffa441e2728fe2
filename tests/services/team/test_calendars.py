"""Which calendar counts for whom, and what happens to dates when it changes?"""

from datetime import date, datetime, timedelta

import pytest

from amends.rules.team.calendars import ALL_WEEK, WrongCalendar
from amends.rules.team.closed_day_files import ClosedDay
from amends.rules.team.closed_days import UnknownCountry
from amends.rules.vocabulary import Severity
from amends.services.team import calendars, closed_days
from amends.services.team.calendars import Hours
from amends.services.team.members import Act, Member, OnlyAdminsMay
from amends.services.workflow import severities
from tests.world import HOUR, MONDAY, lead_to, make_case, make_member, move, owed

WATCH = Hours(zone="Europe/Paris")


@pytest.fixture
async def root(database: str) -> Member:
    """An admin."""
    return await make_member("root", role="admin")


async def test_whoever_is_on_duty_has_the_teams_hours_until_they_get_their_own(root: Member):
    both = await calendars.both()
    assert both.on_duty is None
    assert both.of(Severity.S1) == both.team
    await calendars.set_on_duty(Act(root, MONDAY), WATCH)
    both = await calendars.both()
    assert both.on_duty == both.of(Severity.S1)
    assert both.of(Severity.S2) == both.of(None) == both.team
    assert both.on_duty
    assert (both.on_duty.week, both.on_duty.country) == (ALL_WEEK, None)


async def test_other_hours_take_the_place_of_the_first_ones_and_can_be_taken_away(root: Member):
    await calendars.set_on_duty(Act(root, MONDAY), WATCH)
    other = Hours(zone="UTC", country="FR", subdivision="57", week=(((0, 60),),) * 7, closed_days=True)
    await calendars.set_on_duty(Act(root, MONDAY), other)
    assert await calendars.on_duty() == other
    await calendars.set_on_duty(Act(root, MONDAY), None)
    assert await calendars.on_duty() is None


@pytest.mark.parametrize("counted", [False, True])
async def test_the_teams_closed_days_count_where_that_was_chosen(root: Member, counted: bool):
    await closed_days.add(Act(root, MONDAY), [ClosedDay(date(2026, 5, 15), date(2026, 5, 15))])
    await calendars.set_on_duty(Act(root, MONDAY), Hours(zone="Europe/Paris", closed_days=counted))
    found = (await calendars.both()).on_duty
    assert found
    assert (date(2026, 5, 15) in found.closed_days) is counted


async def working_on_an_s1(root: Member, *, since: datetime = MONDAY) -> int:
    number = await make_case(root, now=MONDAY)
    await lead_to(number, "contact", by=root)
    await severities.weigh(Act(root, MONDAY), number, severity=Severity.S1)
    await move(number, "hear_from_them", by=root, now=since, channel="email")
    return number


async def test_an_s1_that_is_made_at_night_is_counted_at_night(root: Member):
    await calendars.set_on_duty(Act(root, MONDAY), WATCH)
    night = MONDAY + 14 * HOUR
    number = await working_on_an_s1(root, since=night)
    step = (await owed(number))["next_step"]
    assert step["due_at"] == night + 4 * HOUR
    assert {"step": "calendar", "name": "on_duty"} in step["steps"]


async def test_what_is_left_of_a_pause_runs_on_in_the_same_hours(root: Member):
    await calendars.set_on_duty(Act(root, MONDAY), WATCH)
    number = await working_on_an_s1(root)
    before = (await owed(number))["resolve_by"]["due_at"]
    await move(number, "ask_them", by=root, now=MONDAY + 14 * HOUR, channel="email")
    await move(number, "receive_reply", by=root, now=MONDAY + 20 * HOUR, channel="email")
    after = (await owed(number))["resolve_by"]
    assert after["due_at"] == before + 6 * HOUR, "six hours of the night were waited"


async def test_dates_that_are_there_stay(root: Member):
    number = await working_on_an_s1(root)
    before = await owed(number)
    await calendars.set_on_duty(Act(root, MONDAY + timedelta(minutes=1)), WATCH)
    assert await owed(number) == before


async def test_hours_that_make_no_sense_are_refused_and_only_admins_may(root: Member, bob: Member):
    with pytest.raises(WrongCalendar):
        await calendars.set_on_duty(Act(root, MONDAY), Hours(zone="Mars/Olympus"))
    with pytest.raises(WrongCalendar):
        await calendars.set_on_duty(Act(root, MONDAY), Hours(zone="UTC", week=((),) * 7))
    with pytest.raises(UnknownCountry):
        await calendars.set_on_duty(Act(root, MONDAY), Hours(zone="UTC", country="XX"))
    with pytest.raises(OnlyAdminsMay):
        await calendars.set_on_duty(Act(bob, MONDAY), WATCH)
    with pytest.raises(OnlyAdminsMay):
        await calendars.set_on_duty(Act(bob, MONDAY), None)
    assert await calendars.on_duty() is None
