"""Are promises counted as the person who was promised something would count them?"""

from amends.rules.follow_up.promises import Record
from amends.services.follow_up import follow_ups, promises
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, move, owed


async def promised(number: int, by: Member, *, days: int = 1) -> object:
    await follow_ups.promise(Act(by, MONDAY), number, words="A call", due_at=MONDAY + days * DAY)
    return (await owed(number))["promise"]["id"]


async def test_each_promise_that_came_due_counts_once_by_how_it_ended(bob: Member):
    cases = [await make_case(bob) for _ in range(5)]
    kept, late, broken, _open, ahead = [
        await promised(number, bob, days=9 if number == cases[-1] else 1) for number in cases
    ]
    await follow_ups.keep(Act(bob, MONDAY + HOUR), kept)
    await follow_ups.keep(Act(bob, MONDAY + DAY + HOUR), late)
    await follow_ups.break_promise(Act(bob, MONDAY + HOUR), broken)
    await follow_ups.keep(Act(bob, MONDAY + HOUR), ahead)
    found = await promises.record(since=MONDAY, now=MONDAY + 2 * DAY)
    assert found == Record(kept=1, late=1, broken=1, open=1)
    assert await promises.record(since=MONDAY + DAY, now=MONDAY + 2 * DAY) == Record()


async def test_who_closes_a_case_breaks_what_was_promised_on_it(bob: Member, alice: Member):
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    await promised(number, bob)
    await move(number, "let_go", by=alice, reason="Nothing more to do")
    assert await promises.record(since=MONDAY, now=MONDAY + 2 * DAY) == Record(broken=1)
