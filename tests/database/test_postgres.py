"""PostgreSQL engine: what it promises beyond transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from functools import partial

import asyncpg
import pytest

from amends.database import TransactionLost, bind, connect, transaction
from amends.database.postgres import Postgres
from tests.database.shelves import SHELVES, STATEMENTS, add, add_and_fail, names
from tests.postgres import OwnServer, running_server
from tests.waiting import until

UNREACHABLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError)


async def shelves_on(url: str, **sizes: int) -> Postgres:
    engine = connect(url, **sizes)
    assert isinstance(engine, Postgres)
    bind(engine, SHELVES)
    for statement in STATEMENTS:
        await engine.run_ddl(statement)
    return engine


@pytest.fixture
async def engine(postgres_url: str) -> AsyncIterator[Postgres]:
    engine = await shelves_on(postgres_url, min_size=1, max_size=3)
    yield engine
    await engine.close_connection_pool()


def test_constructing_and_binding_an_engine_connects_to_nothing():
    bind(connect("postgresql://nobody@127.0.0.1:1/nowhere"), SHELVES)


async def test_an_error_that_was_hidden_in_a_transaction_is_not_taken_for_a_commit(engine: Postgres):
    async def hide_an_error() -> None:
        async with transaction():
            await add("b")
            with suppress(asyncpg.UniqueViolationError):
                await add("a")

    await add("a")
    with pytest.raises(TransactionLost):
        await hide_an_error()
    assert await names() == ["a"]


async def test_a_query_cancelled_at_work_is_stopped_and_the_pool_goes_on(engine: Postgres):
    active = (
        "SELECT count(*) AS n FROM pg_stat_activity"
        " WHERE state = 'active' AND starts_with(query, $1) AND datname = current_database()"
    )

    async def works(query: str) -> bool:
        return bool((await engine.run_statement(active, [query]))[0]["n"])

    async def nobody_sleeps() -> bool:
        return not await works("SELECT pg_sleep")

    for turn in range(6):  # more often than there are connections
        query = f"SELECT pg_sleep({600 + turn})"
        task = asyncio.create_task(engine.run_statement(query))
        await until(partial(works, query), "the query is not at work")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await until(nobody_sleeps, "a cancelled query is still at work")
    async with transaction():
        await add("a")
    assert await names() == ["a"]


async def test_an_idle_connection_is_not_left_in_a_transaction(engine: Postgres):
    with pytest.raises(KeyError):
        await add_and_fail("a")
    rows = await engine.run_statement(
        "SELECT count(*) AS n FROM pg_stat_activity"
        " WHERE state LIKE 'idle in%' AND datname = current_database()"
    )
    assert rows[0]["n"] == 0


async def test_the_first_queries_at_once_open_one_pool(postgres_url: str):
    engine = connect(postgres_url, max_size=2)
    rows = await asyncio.gather(*(engine.run_statement("SELECT pg_backend_pid() AS pid") for _ in range(20)))
    assert len({row[0]["pid"] for row in rows}) <= 2
    await engine.close_connection_pool()


async def test_a_restart_of_the_server_is_survived():
    with running_server() as server:
        engine = await shelves_on(server.url("postgres"))
        await add("before")
        with pytest.raises(UNREACHABLE):
            await write_while_it_stops(server)
        with pytest.raises(UNREACHABLE):
            await names()
        server.start()
        assert await names() == ["before"]
        async with transaction():
            await add("after")
        assert await names() == ["after", "before"]
        await engine.close_connection_pool()


async def write_while_it_stops(server: OwnServer) -> None:
    async with transaction():
        await add("during")
        await asyncio.to_thread(server.stop)
        await add("during too")


async def test_the_server_ends_a_statement_by_itself(engine: Postgres):
    [row] = await engine.run_statement("SELECT current_setting('statement_timeout') AS told")
    assert row["told"] == "1min"
