"""Transactions and savepoints on both engines."""

import asyncio
import uuid

import pytest

from amends.database import InheritedTransaction, bound, close, transaction
from tests.database.shelves import Book, Shelf, add, add_and_fail, names

pytestmark = pytest.mark.usefixtures("engine")


async def test_five_hundred_of_five_hundred_concurrent_writers_succeed():
    await add("shared")

    async def read_then_write() -> None:
        async with transaction():
            await Shelf.update({Shelf.lit: True}).where(Shelf.name == "shared")  # PostgreSQL locks the row
            [shelf] = await Shelf.select(Shelf.copies).where(Shelf.name == "shared")
            await Shelf.update({Shelf.copies: shelf["copies"] + 1}).where(Shelf.name == "shared")

    await asyncio.gather(*(read_then_write() for _ in range(500)))
    [shelf] = await Shelf.select(Shelf.copies)
    assert shelf["copies"] == 500


async def test_a_committed_transaction_is_kept():
    async with transaction():
        await add("a")
    assert await names() == ["a"]


async def test_a_failing_transaction_leaves_nothing():
    with pytest.raises(KeyError):
        await add_and_fail("a")
    assert await names() == []


async def test_a_nested_transaction_rolls_back_alone():
    async with transaction():
        await add("kept")
        with pytest.raises(KeyError):
            await add_and_fail("dropped")
        async with transaction():
            await add("kept too")
    assert await names() == ["kept", "kept too"]


async def test_a_nested_transaction_goes_with_the_outer_one():
    async def fail_after_the_inner_one() -> None:
        async with transaction():
            async with transaction():
                await add("a")
            raise KeyError

    with pytest.raises(KeyError):
        await fail_after_the_inner_one()
    assert await names() == []


async def test_transactions_nest_as_deep_as_needed():
    async def fail_around_another() -> None:
        async with transaction():
            await add("b")
            async with transaction():
                await add("c")
            raise KeyError

    async with transaction():
        async with transaction():
            await add("a")
            with pytest.raises(KeyError):
                await fail_around_another()
        await add("d")
    assert await names() == ["a", "d"]


async def test_a_refused_statement_can_be_survived_inside_a_nested_transaction():
    async def add_nested(name: str) -> None:
        async with transaction():
            await add(name)

    await add("a")
    async with transaction():
        await add("b")
        with pytest.raises(Exception, match=r"(?i)unique"):
            await add_nested("a")
        await add("c")
    assert await names() == ["a", "b", "c"]


async def test_failed_commits_give_their_connection_back():
    async def put_on_a_shelf_that_is_not_there() -> None:
        async with transaction():
            await Book.insert(Book(shelf=uuid.uuid4()))

    for _ in range(30):  # more than any pool has connections
        with pytest.raises(Exception, match=r"(?i)foreign key"):
            await put_on_a_shelf_that_is_not_there()
    async with transaction():
        await add("a")
    assert await names() == ["a"]
    assert await Book.count() == 0


async def test_a_task_started_inside_a_transaction_may_not_use_it():
    async with transaction():
        with pytest.raises(InheritedTransaction):
            await asyncio.create_task(add("a"))

        async def nest() -> None:
            async with transaction():
                pass

        with pytest.raises(InheritedTransaction):
            await asyncio.create_task(nest())
        await add("b")
    assert await names() == ["b"]


async def test_a_task_that_outlives_the_transaction_it_was_started_in_may_not_use_it_either():
    go = asyncio.Event()

    async def later() -> None:
        await go.wait()
        await add("a")

    async with transaction():
        task = asyncio.create_task(later())
    go.set()
    with pytest.raises(InheritedTransaction):
        await task


async def test_a_cancelled_transaction_leaves_nothing_and_blocks_nobody():
    written = asyncio.Event()

    async def write_and_wait() -> None:
        async with transaction():
            await add("a")
            written.set()
            await asyncio.Event().wait()

    for _ in range(15):
        written.clear()
        task = asyncio.create_task(write_and_wait())
        await written.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with transaction():
        await add("b")
    assert await names() == ["b"]


async def test_cancelling_at_any_moment_blocks_nobody():
    async def write(number: int) -> None:
        async with transaction():
            await add(f"shelf {number}")
            await Shelf.update({Shelf.copies: 1}).where(Shelf.name == f"shelf {number}")

    for turns in range(40):  # cancelled after as many turns of the event loop
        task = asyncio.create_task(write(turns))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
    kept = await names()
    assert await Shelf.count().where(Shelf.copies == 0) == 0
    async with transaction():
        await add("last")
    assert len(await names()) == len(kept) + 1


async def test_a_closed_engine_opens_again_when_it_is_needed():
    await add("a")
    await close()
    assert await names() == ["a"]


async def test_closing_waits_for_the_transaction_that_is_under_way():
    begun, finish = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await add("a")
            begun.set()
            await finish.wait()

    task = asyncio.create_task(write())
    await begun.wait()
    closing = asyncio.create_task(bound().close_connection_pool())
    await asyncio.sleep(0)
    finish.set()
    await asyncio.gather(task, closing)
    assert await names() == ["a"]


async def test_readers_see_the_last_commit_while_a_writer_is_at_work():
    async with transaction():
        await add("a")
    begun, finish = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with transaction():
            await add("b")
            begun.set()
            await finish.wait()

    task = asyncio.create_task(write())
    await begun.wait()
    assert await names() == ["a"]
    finish.set()
    await task
    assert await names() == ["a", "b"]
