"""Does every case get a number of its own, and does nobody wait for another one to get it?"""

import asyncio
from uuid import uuid4

from amends import tables
from amends.database import transaction
from amends.services.case import case_numbers
from tests.world import MONDAY, make_case, make_member


async def test_numbers_are_given_once_however_many_ask(database: str):
    numbers = await asyncio.gather(*(case_numbers.next_number() for _ in range(20)))
    assert sorted(numbers) == list(range(1, 21))


async def test_who_has_taken_a_number_keeps_nobody_on_postgresql_waiting(database: str):
    taken, go_on = asyncio.Event(), asyncio.Event()

    async def slow() -> int:
        async with transaction():
            number = await case_numbers.next_number()
            taken.set()
            await go_on.wait()
        return number

    if not case_numbers.has_sequence():
        assert await case_numbers.next_number() == 1, "one writes at a time there anyway"
        return
    first = asyncio.create_task(slow())
    await taken.wait()
    assert await asyncio.wait_for(case_numbers.next_number(), 20) == 2
    go_on.set()
    assert await first == 1


async def test_numbers_go_on_behind_rows_that_came_from_elsewhere(database: str):
    """Behind removed cases, too: their numbers are in mails and notes of others."""
    alice = await make_member("alice")
    assert await make_case(alice) == 1
    await tables.RemovedCase.insert(tables.RemovedCase(id=uuid4(), number=700, removed_at=MONDAY))
    await case_numbers.go_on_from_the_last()
    assert await make_case(alice) == 701
    await case_numbers.go_on_from_the_last()
    assert await make_case(alice) == 702, "twice does no harm"
