"""Several posts of one complaint are one case, when the browser says so and the post is not known yet."""

import asyncio
from uuid import UUID, uuid4

from amends import tables
from amends.services.capture import captures
from amends.services.capture.captures import Received
from amends.services.team.members import Act, Member
from benchmarks.recording import recording
from tests.world import HOUR, MONDAY, case_row, entries, make_case, post


async def sent(by: Member, beside: UUID | None, **particulars: object) -> Received:
    given = post(**particulars, **({"sameCaseAs": str(beside)} if beside else {}))
    return await captures.receive(Act(by, MONDAY + HOUR), uuid4(), given)


async def a_capture(by: Member) -> UUID:
    capture_id = uuid4()
    await captures.receive(Act(by, MONDAY), capture_id, post())
    return capture_id


async def test_an_unknown_post_joins_the_case_of_the_capture_that_is_named(bob: Member):
    first = await a_capture(bob)
    received = await sent(bob, first, author={"name": "Nell Nobody", "handle": "@nell"})
    assert (received.case.number, received.existing) == (1, True)
    assert await tables.Case.count() == 1
    assert await tables.Post.count() == 2
    assert await entries(1) == ["captured", "captured"]
    assert (await case_row(1))["came_back_at"] is None
    rows = await tables.Capture.select(tables.Capture.author.name).order_by(tables.Capture.received_at)
    assert [row["author.name"] for row in rows] == ["Dana", "Nell Nobody"]


async def test_a_known_post_stays_with_its_own_case(bob: Member):
    first = await a_capture(bob)
    other = await make_case(bob, id="1700000000000012345")
    received = await sent(bob, first, id="1700000000000012345")
    assert (received.case.number, received.existing) == (other, True)
    assert await entries(other) == ["captured", "seen_again"]


async def test_a_capture_beside_one_that_never_arrived_opens_its_own_case(bob: Member):
    received = await sent(bob, uuid4())
    assert (received.case.number, received.existing) == (1, False)


async def test_twenty_posts_that_join_at_once_all_join(bob: Member):
    first = await a_capture(bob)
    received = await asyncio.gather(*(sent(bob, first) for _ in range(20)))
    assert {one.case.number for one in received} == {1}
    assert await tables.Post.count() == 21
    assert await entries(1) == ["captured"] * 21


async def test_an_ordinary_capture_asks_nothing_more_for_what_others_may_say(bob: Member):
    """The hot path: nothing for looks and further posts; one for calendars, times, locations, rules."""
    await a_capture(bob)
    with recording() as statements:
        await a_capture(bob)
    assert len(statements) == 18
