"""Totals of a period: one number for each unit and exactly these days, with who typed it."""

from datetime import date

import pytest

from amends.rules.insight.periods import Period
from amends.rules.insight.proportions import MOST, Unit
from amends.services.insight import totals
from amends.services.team.members import Act, Member
from tests.world import HOUR, MONDAY, make_member

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
WEEK = Period(date(2026, 5, 4), date(2026, 5, 10))


async def told(period: Period) -> list[tuple[str, int, str]]:
    return [(str(one.unit), one.number, one.by) for one in await totals.of_period(period)]


async def test_the_last_number_stands_with_who_typed_it_for_exactly_its_days(alice: Member):
    bob = await make_member("bob")
    await totals.type_in(Act(alice, MONDAY), MAY, Unit.ORDERS, 12_000)
    await totals.type_in(Act(bob, MONDAY + HOUR), MAY, Unit.ORDERS, 12_500)
    await totals.type_in(Act(alice, MONDAY), MAY, Unit.CUSTOMERS, MOST)
    assert await told(MAY) == [("customers", MOST, "Alice"), ("orders", 12_500, "Bob")]
    assert await told(WEEK) == []


async def test_nothing_takes_a_number_away_and_one_that_is_none_changes_nothing(alice: Member):
    await totals.type_in(Act(alice, MONDAY), MAY, Unit.ORDERS, 12_000)
    for wrong in (0, -1, MOST + 1):
        with pytest.raises(totals.TotalRefused):
            await totals.type_in(Act(alice, MONDAY), MAY, Unit.ORDERS, wrong)
    assert await told(MAY) == [("orders", 12_000, "Alice")]
    await totals.type_in(Act(alice, MONDAY), MAY, Unit.ORDERS, None)
    assert await told(MAY) == []
