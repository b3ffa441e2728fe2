"""Does what is owed for many cases stand on the oldest of them, and nowhere where none is left?"""

from amends.database import transaction
from amends.rules.vocabulary import FollowUpKind, FollowUpState
from amends.services.desk import oldest_case, problems
from amends.services.desk.oldest_case import Due
from amends.services.desk.problems.corrections import FIXES
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, entries, make_case, owed

KIND = FollowUpKind.CORRECTION


async def test_it_stands_on_the_oldest_case_until_it_is_settled(alice: Member, bob: Member):
    cases = [await make_case(bob) for _ in range(2)]
    number = await problems.open_problem(Act(alice, MONDAY), "Late parcels", numbers=cases)
    due = Due(MONDAY + DAY, "Another carrier", alice.id)
    async with transaction():
        await oldest_case.hold(FIXES, number)
        made = await oldest_case.owe(FIXES, number, due, by=bob, now=MONDAY)
    assert made == (await owed(cases[0]))[KIND]["id"]
    assert KIND not in await owed(cases[1])
    assert (await entries(cases[0]))[-1] == "follow_up_rescheduled"
    async with transaction():
        await oldest_case.settle(made, FollowUpState.DONE, now=MONDAY)
    assert KIND not in await owed(cases[0])


async def test_without_a_case_nothing_is_owed(alice: Member):
    async with transaction():
        due = Due(MONDAY + DAY, "Another carrier", alice.id)
        assert await oldest_case.owe(FIXES, 7, due, by=alice, now=MONDAY) is None
        assert await oldest_case.owed_on(FIXES, 7) == []
