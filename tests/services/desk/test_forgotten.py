"""Is a case that nobody hears of counted on Today, and found by that number?"""

from datetime import timedelta

import pytest

from amends import tables
from amends.rules.team.policies import SMALL_SHOP, longest
from amends.services.desk import cases, today
from amends.services.desk.cases import CaseFilters
from amends.services.nudge import nudges
from amends.services.team import absences
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import DAY, HOUR, MONDAY, make_case


async def forgotten(by: Member, now=MONDAY) -> list[int]:
    """The numbers behind the figure on Today, which counts as many."""
    found = await cases.page(CaseFilters(forgotten=True), now=now)
    assert (await today.lanes(Act(by, now))).forgotten == len(found.rows)
    return sorted(row.number for row in found.rows)


@pytest.fixture
async def number(alice: Member, bob: Member) -> int:
    """A case of Bob's, and one that is everybody's."""
    made = await make_case(alice)
    await case_commands.assign(Act(bob, MONDAY), made, owner=bob.id)
    await make_case(alice)
    return made


async def test_what_somebody_owns_who_is_here_is_not_forgotten(alice: Member, number: int):
    assert await forgotten(alice) == []
    assert await forgotten(alice, MONDAY + 2 * DAY) == [], "late is not forgotten"


async def test_the_cases_of_who_is_away_without_a_deputy_are(alice: Member, bob: Member, number: int):
    away = {"begins_at": MONDAY - HOUR, "ends_at": MONDAY + DAY}
    await absences.plan(Act(bob, MONDAY), bob.id, **away, deputy=alice.id)
    assert await forgotten(alice) == []
    await absences.plan(Act(bob, MONDAY), bob.id, **away, deputy=None)
    assert await forgotten(alice) == [number]
    assert await forgotten(alice, MONDAY + DAY) == [], "back again"


async def test_the_cases_of_who_can_no_longer_sign_in_are(alice: Member, bob: Member, number: int):
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == bob.id)
    assert await forgotten(alice) == [number]


async def test_what_is_late_beyond_every_term_is(alice: Member, number: int):
    long = longest(SMALL_SHOP)
    assert long == timedelta(days=60), "how long a quiet S1 is watched"
    assert len(await forgotten(alice, MONDAY + long + 3 * DAY)) == 2
    await case_commands.snooze(Act(alice, MONDAY), number, until=MONDAY + 199 * DAY, wake_on_reply=True)
    assert number not in await forgotten(alice, MONDAY + long + 3 * DAY), "it sleeps on purpose"


async def test_what_has_come_to_the_end_of_its_ladder_and_nobody_heard_is(alice: Member, number: int):
    later = MONDAY + 5 * DAY
    await nudges.sweep(now=later)
    assert len(await forgotten(alice, later)) == 2, "there is no target to tell"
    owed = tables.FollowUp
    [row] = await owed.select(owed.id).where(owed.case.number == number)
    told = {tables.FollowUp.rung: 3}
    await owed.update(told).where(owed.id == row["id"])
    assert number not in await forgotten(alice, later)
