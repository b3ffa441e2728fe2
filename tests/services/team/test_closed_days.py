"""Which days does the team take off, and do due dates know?"""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from amends.rules.team.closed_day_files import ClosedDay
from amends.services.team import closed_days, teams
from amends.services.team.closed_days import ClosedDayUnknown, WrongClosedDay
from amends.services.team.members import Act, Member, OnlyAdminsMay
from tests.world import HOUR, MONDAY, make_case, make_member, owed

TUESDAY = ClosedDay(date(2026, 5, 5), date(2026, 5, 5), "Stocktaking")
SUMMER = ClosedDay(date(2026, 8, 3), date(2026, 8, 16), "Summer")


@pytest.fixture
async def root(database: str) -> Member:
    """An admin."""
    return await make_member("root", role="admin")


async def test_due_dates_pass_over_the_days_that_the_team_takes_off(root: Member):
    evening = MONDAY + 7 * HOUR  # 17:00: an hour today, the other on the next day that is worked
    before = await make_case(root, now=evening)
    await closed_days.add(Act(root, MONDAY), [TUESDAY])
    after = await make_case(root, now=evening)
    assert (await owed(before))["triage"]["due_at"] == datetime(2026, 5, 5, 8, 0, tzinfo=UTC)
    triage = (await owed(after))["triage"]
    assert triage["due_at"] == datetime(2026, 5, 6, 8, 0, tzinfo=UTC)
    assert [step["day"] for step in triage["steps"] if step.get("why") == "closed_day"] == ["2026-05-05"]


async def test_they_are_listed_in_order_and_each_only_once(root: Member):
    assert await closed_days.add(Act(root, MONDAY), [SUMMER, TUESDAY]) == 2
    assert await closed_days.add(Act(root, MONDAY), [TUESDAY]) == 0
    assert [shown.day for shown in await closed_days.every()] == [TUESDAY, SUMMER]
    assert len((await teams.calendar()).closed_days) == 15


async def test_one_that_is_taken_away_is_worked_again(root: Member):
    await closed_days.add(Act(root, MONDAY), [TUESDAY])
    [shown] = await closed_days.every()
    await closed_days.remove(Act(root, MONDAY), shown.id)
    assert (await teams.calendar()).closed_days == frozenset()
    with pytest.raises(ClosedDayUnknown):
        await closed_days.remove(Act(root, MONDAY), shown.id)


async def test_words_are_one_harmless_line(root: Member):
    hostile = ClosedDay(TUESDAY.first, TUESDAY.last, "Stock\u202e\n\x00taking " + "x" * 500)
    await closed_days.add(Act(root, MONDAY), [hostile])
    [shown] = await closed_days.every()
    assert shown.day.words.startswith("Stock taking x")
    assert len(shown.day.words) == 120


@pytest.mark.parametrize("last", [date(2026, 5, 4), date(2027, 5, 6)])
async def test_a_range_that_makes_no_sense_is_refused(root: Member, last: date):
    with pytest.raises(WrongClosedDay) as refused:
        await closed_days.add(Act(root, MONDAY), [ClosedDay(TUESDAY.first, last)])
    assert "last" in refused.value.fields


async def test_there_is_an_end_to_how_many(root: Member, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(closed_days, "MOST", 1)
    with pytest.raises(WrongClosedDay):
        await closed_days.add(Act(root, MONDAY), [TUESDAY, SUMMER])
    assert await closed_days.every() == []


async def test_only_admins_may(alice: Member):
    with pytest.raises(OnlyAdminsMay):
        await closed_days.add(Act(alice, MONDAY), [TUESDAY])
    with pytest.raises(OnlyAdminsMay):
        await closed_days.remove(Act(alice, MONDAY), uuid4())
