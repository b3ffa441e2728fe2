"""SQLite engine: what it promises beyond transactions."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from amends.database import CannotOpenDatabase, TransactionLost, bind, connect, transaction
from amends.database.sqlite import MOST_LONG_TEXTS, LongReads, Sqlite, use_wal
from tests.database.shelves import SHELVES, STATEMENTS, add, names

COUNT_FOR_HOURS = (
    "WITH RECURSIVE n(i) AS (SELECT announce() UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
)


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[Sqlite]:
    engine = connect(f"sqlite:///{tmp_path}/shelves.db")
    assert isinstance(engine, Sqlite)
    bind(engine, SHELVES)
    for statement in STATEMENTS:
        await engine.run_ddl(statement)
    yield engine
    await engine.close_connection_pool()


async def setting(engine: Sqlite, name: str) -> object:
    [row] = await engine.run_statement(f"PRAGMA {name}")
    return row[name]


async def test_a_reading_connection_refuses_to_write(engine: Sqlite):
    reader = await engine.acquire(writing=False)
    try:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await reader.run("DELETE FROM shelf")
    finally:
        await engine.give_back(reader)


async def test_readers_are_opened_as_more_read_at_once_and_never_more_than_chosen(tmp_path: Path):
    engine = connect(f"sqlite:///{tmp_path}/readers.db", readers=3)
    taken = [await engine.acquire(writing=False) for _ in range(3)]
    one_more = asyncio.create_task(engine.acquire(writing=False))
    await asyncio.sleep(0)
    assert not one_more.done()
    await engine.give_back(taken[0])
    assert await one_more is taken[0]
    for reader in taken:
        await engine.give_back(reader)
    await engine.close_connection_pool()


async def test_a_reader_that_cannot_be_opened_keeps_nobody_else_waiting(tmp_path: Path):
    engine = connect(f"sqlite:///{tmp_path}/readers.db", readers=2)
    first = await engine.acquire(writing=False)
    moved = (tmp_path / "readers.db").rename(tmp_path / "moved.db")
    (tmp_path / "readers.db").mkdir()
    for _ in range(3):
        with pytest.raises(CannotOpenDatabase):
            await asyncio.wait_for(engine.acquire(writing=False), 5)
    (tmp_path / "readers.db").rmdir()
    moved.rename(tmp_path / "readers.db")
    second = await asyncio.wait_for(engine.acquire(writing=False), 5)
    for reader in (first, second):
        await engine.give_back(reader)
    await engine.close_connection_pool()


@pytest.mark.parametrize(
    ("sql", "writes"),
    [
        ("SELECT * FROM shelf", False),
        ("  select 'DELETE' ", False),
        ("WITH a AS (SELECT 1) SELECT * FROM a", False),
        ("WITH a AS (SELECT 1)\nDELETE FROM shelf", True),
        ("INSERT INTO shelf DEFAULT VALUES", True),
        ("CREATE TABLE x (y)", True),
        ("PRAGMA user_version = 3", True),
    ],
)
def test_a_statement_goes_to_the_writer_unless_it_only_reads(tmp_path: Path, sql: str, writes: bool):
    assert Sqlite(tmp_path / "x.db").writes(sql) is writes


@pytest.mark.parametrize("writing", [False, True])
async def test_a_query_cancelled_at_work_is_stopped_and_its_connection_goes_on(engine: Sqlite, writing: bool):
    for _ in range(6):  # more often than there are connections
        connection = await engine.acquire(writing=writing)
        at_work = threading.Event()
        connection.raw.create_function("announce", 0, lambda at_work=at_work: at_work.set() or 1)
        task = asyncio.create_task(connection.run(COUNT_FOR_HOURS))
        await asyncio.to_thread(at_work.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert [dict(row) for row in await connection.run("SELECT 1 AS one")] == [{"one": 1}]
        await engine.give_back(connection)


async def test_a_transaction_that_sqlite_itself_rolled_back_is_not_taken_for_committed(engine: Sqlite):
    async def write_on() -> None:
        async with transaction() as current:
            await add("a")
            current.connection.raw.rollback()  # as SQLite does when the disk is full
            with pytest.raises(TransactionLost):
                await add("b")

    with pytest.raises(TransactionLost):
        await write_on()
    assert await names() == []


async def test_foreign_keys_are_enforced_and_the_journal_is_ahead_of_the_file(engine: Sqlite):
    assert await setting(engine, "foreign_keys") == 1
    assert await setting(engine, "journal_mode") == "wal"
    assert await setting(engine, "synchronous") == 1


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path: Path):
    barrier = threading.Barrier(6)

    def open_it(number: int) -> str:
        connection = sqlite3.connect(tmp_path / f"{number}.db", timeout=10)
        barrier.wait()
        use_wal(connection)
        [(mode,)] = connection.execute("PRAGMA journal_mode").fetchall()
        connection.close()
        return mode

    with ThreadPoolExecutor(barrier.parties) as threads:
        modes = threads.map(open_it, [number for number in range(30) for _ in range(barrier.parties)])
        assert set(modes) == {"wal"}


async def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path):
    with pytest.raises(CannotOpenDatabase, match="no-such-folder"):
        await connect(f"sqlite:///{tmp_path}/no-such-folder/a.db").run_statement("SELECT 1")


WRITE_FOR_EVER = """
import asyncio, sys
from amends.database import bind, connect, transaction
from tests.database.shelves import SHELVES, Shelf

async def main():
    bind(connect(sys.argv[1]), SHELVES)
    for number in range(10_000):
        async with transaction():
            await Shelf.insert(Shelf(name=str(number)))
        print(number, flush=True)

asyncio.run(main())
"""


async def test_what_was_acknowledged_survives_the_death_of_the_process(engine: Sqlite):
    command = [sys.executable, "-c", WRITE_FOR_EVER, f"sqlite:///{engine.path}"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert process.stdout is not None
    acknowledged = [process.stdout.readline() for _ in range(50)]
    process.kill()
    acknowledged += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    complete = {line.strip() for line in acknowledged if line.endswith("\n")}
    assert len(complete) >= 50
    assert complete <= set(await names())
    assert await setting(engine, "integrity_check") == "ok"


FORGET_TO_CLOSE = """
import asyncio, sys
from amends.database import connect

async def main():
    [row] = await connect(sys.argv[1]).run_statement("SELECT 1 AS one")
    print(row["one"])

asyncio.run(main())
"""


def test_a_process_that_forgets_to_close_still_ends(tmp_path: Path):
    command = [sys.executable, "-c", FORGET_TO_CLOSE, f"sqlite:///{tmp_path}/a.db"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, env=os.environ)
    assert (ended.returncode, ended.stdout) == (0, "1\n"), ended.stderr


A_MILLION_STEPS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000) "
    "SELECT max(i) AS most FROM n"
)


async def test_a_quick_read_that_turns_out_long_is_stopped_and_answered_by_a_thread(engine: Sqlite):
    await engine.start_connection_pool()
    assert engine._idle[-1].run_here(A_MILLION_STEPS, ()) is None

    [row] = await engine.run_statement(A_MILLION_STEPS, quick=True)

    assert row["most"] == 1_000_000
    assert [row["one"] for row in await engine.run_statement("SELECT 1 AS one", quick=True)] == [1]


async def test_the_event_loop_goes_on_while_a_quick_read_turns_out_long(engine: Sqlite):
    reading = asyncio.create_task(engine.run_statement(A_MILLION_STEPS, quick=True))
    await asyncio.sleep(0)  # begun, and handed to its thread
    turns = 0
    while not reading.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1


async def test_a_long_read_within_a_transaction_loses_nothing_of_it(engine: Sqlite):
    async with transaction():
        await add("kept")
        [row] = await engine.run_statement(A_MILLION_STEPS, quick=True)
        assert row["most"] == 1_000_000
    assert await names() == ["kept"]


async def test_only_the_newest_long_texts_are_remembered():
    long_reads = LongReads()
    for place in range(MOST_LONG_TEXTS + 1):
        long_reads.add(f"SELECT {place}")
    assert not long_reads.holds("SELECT 0")
    assert long_reads.holds("SELECT 1")
    assert not long_reads.holds("SELECT of something else")
