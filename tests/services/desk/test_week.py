"""Are the figures of the week those of what was done since Monday?"""

from datetime import timedelta

from amends.rules.team.wall_clocks import start_of_week
from amends.services.desk import week
from amends.services.desk.week import Week
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case


async def test_the_week_counts_what_was_captured_answered_in_time_and_won_back(alice: Member, bob: Member):
    assert await week.so_far(Act(bob, MONDAY)) == Week(0, 0, 0, 0)
    in_time, late, last_week = [await make_case(bob, now=at) for at in (MONDAY, MONDAY, MONDAY - 4 * DAY)]
    await lead_to(in_time, "contact", by=bob)
    await lead_to(late, "contact", by=bob, now=MONDAY + 4 * DAY)
    await lead_to(last_week, "contact", by=bob, now=MONDAY - 4 * DAY)
    assert await week.so_far(Act(bob, MONDAY + 4 * DAY)) == Week(
        captured=2, answered=2, in_time=1, won_back=0
    )
    assert await week.so_far(Act(bob, MONDAY + 7 * DAY)) == Week(0, 0, 0, 0)


def test_a_week_begins_on_monday_where_the_reader_lives():
    sunday_evening = start_of_week(MONDAY, "Europe/Paris") - HOUR
    assert start_of_week(sunday_evening, "Europe/Paris") == start_of_week(MONDAY, "Europe/Paris") - 7 * DAY
    assert start_of_week(sunday_evening, "Asia/Tokyo") == start_of_week(MONDAY, "Asia/Tokyo")
    assert start_of_week(MONDAY, "UTC") == MONDAY.replace(hour=0, minute=0, second=0) + timedelta(0)
