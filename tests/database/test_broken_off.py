"""A transaction that the database breaks off runs again, a few times, and never by half."""

import asyncio

import asyncpg
import pytest

from amends.database import Engine, again_if_broken_off, run, transaction
from tests.database.shelves import add, names

BROKEN = asyncpg.DeadlockDetectedError("deadlock detected")


class Fails:
    """A command that the database breaks off so many times."""

    def __init__(self, times: int, error: Exception = BROKEN) -> None:
        self.times, self.error, self.tries = times, error, 0

    async def __call__(self) -> str:
        self.tries += 1
        async with transaction():
            await add(f"try {self.tries}")
            if self.tries <= self.times:
                raise self.error
        return "done"


async def test_what_was_broken_off_twice_is_done_once(engine: Engine) -> None:
    command = Fails(2)
    assert await again_if_broken_off(command) == "done"
    assert await names() == ["try 3"]


async def test_what_is_broken_off_each_time_is_given_up(engine: Engine) -> None:
    command = Fails(99)
    with pytest.raises(asyncpg.DeadlockDetectedError):
        await again_if_broken_off(command)
    assert command.tries == 3
    assert await names() == []


async def test_any_other_failure_is_no_reason_to_try_again(engine: Engine) -> None:
    command = Fails(1, ValueError("no text"))
    with pytest.raises(ValueError, match="no text"):
        await again_if_broken_off(command)
    assert command.tries == 1


async def test_within_a_transaction_the_whole_of_it_was_broken_off(engine: Engine) -> None:
    command = Fails(1)
    with pytest.raises(asyncpg.DeadlockDetectedError):
        async with transaction():
            await again_if_broken_off(command)
    assert command.tries == 1


async def test_two_who_wait_for_each_other_both_get_through(engine: Engine) -> None:
    """Really so on PostgreSQL, which breaks one of them off; SQLite lets one after the other begin."""
    await add("left")
    await add("right")
    tries = []

    async def change(first: str, second: str) -> None:
        async def command() -> None:
            async with transaction():
                await run("UPDATE shelf SET name = name WHERE name = :name", name=first)
                tries.append(first)
                while len(tries) < 2 and engine.engine_type == "postgres":
                    await run("SELECT 1")
                await run("UPDATE shelf SET name = name WHERE name = :name", name=second)

        await again_if_broken_off(command)

    await asyncio.gather(change("left", "right"), change("right", "left"))
    if engine.engine_type == "postgres":
        assert len(tries) == 3
