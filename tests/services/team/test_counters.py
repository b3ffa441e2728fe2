"""Do counters count everything once, whoever counts, and keep what they have when rows are forgotten?"""

import asyncio

from amends import tables
from amends.database import transaction
from amends.gateways.notifier import Outcome, Result
from amends.services.nudge import nudges, targets
from amends.services.team import counters
from amends.services.team.members import Act
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.world import make_case

desk = nudging.desk


async def test_what_happens_at_once_is_counted_once_each(desk: Desk):
    async def happen() -> None:
        async with transaction():
            await counters.count_up({"deliveries:timeout": 2, "nudges:dead": 1})

    await asyncio.gather(*(happen() for _ in range(8)))
    assert await counters.read("deliveries") == {"timeout": 16}
    assert await counters.read("nudges") == {"dead": 8}


async def test_nothing_is_no_row_and_another_counter_is_left_alone(desk: Desk):
    await counters.count_up({"deliveries:timeout": 0})
    assert await counters.read("deliveries") == {}
    await counters.count_up({"deliveries:timeout": 7})
    bob = await desk.member("bob")
    assert [await make_case(bob), await make_case(bob)] == [1, 2]


async def deliver_all(desk: Desk) -> None:
    for one in await nudges.ready(now=NOON, limit=10):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=NOON, base_url=BASE_URL)


async def test_each_try_and_each_end_is_counted_and_stays_when_its_target_goes(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    place = await desk.target("ada", ada)
    await desk.target("bob", bob)
    desk.receiver.answers["json://bob.example.org/"] = [Result(Outcome.timeout, "no answer")]
    untrue = await desk.follow_up(bob)
    await desk.follow_up(ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    await deliver_all(desk)
    assert await counters.read("deliveries") == {"delivered": 2, "timeout": 1}
    assert await counters.read("nudges") == {"sent": 2}
    await desk.settle(untrue)
    await tables.Nudge.update({tables.Nudge.run_at: NOON}, force=True)
    await deliver_all(desk)
    await targets.remove(Act(ada, NOON), place)
    assert await counters.read("nudges") == {"sent": 2, "void": 1}
    assert await tables.Nudge.count() == 1


async def test_a_counter_is_raised_and_never_lowered(desk: Desk):
    await counters.raise_to({"waves:seen": 7})
    await counters.raise_to({"waves:seen": 5, "waves:hour": 1})
    assert await counters.read("waves") == {"seen": 7, "hour": 1}
