"""Translation of driver errors, on both databases."""

import errno
import sqlite3
from pathlib import Path

import asyncpg
import pytest

from amends.database import (
    DatabaseIsAway,
    DatabaseIsBusy,
    DiskIsFull,
    NumberTooLarge,
    bind,
    connect,
    from_driver_error,
    run,
)
from amends.database.engines import close


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), DiskIsFull),
        (OSError(errno.EDQUOT, "Quota exceeded"), DiskIsFull),
        (asyncpg.DiskFullError("could not extend file"), DiskIsFull),
        (ConnectionRefusedError(), DatabaseIsAway),
        (TimeoutError(), DatabaseIsAway),
        (asyncpg.CannotConnectNowError("the database system is starting up"), DatabaseIsAway),
        (asyncpg.AdminShutdownError("terminating connection"), DatabaseIsAway),
        (asyncpg.ConnectionDoesNotExistError("connection was closed"), DatabaseIsAway),
        (asyncpg.InterfaceError("connection is closed"), DatabaseIsAway),
        (asyncpg.InternalClientError("cannot switch to state 12"), DatabaseIsAway),
        (asyncpg.DeadlockDetectedError("deadlock detected"), DatabaseIsBusy),
        (asyncpg.SerializationError("could not serialize access"), DatabaseIsBusy),
        (asyncpg.InterfaceError("another operation is in progress"), None),
        (OverflowError("Python int too large to convert to SQLite INTEGER"), NumberTooLarge),
        (asyncpg.DataError("invalid input: 99 (value out of int32 range)"), NumberTooLarge),
        (asyncpg.DataError("invalid input syntax for type uuid"), None),
        (OverflowError("date value out of range"), None),
        (asyncpg.UniqueViolationError("duplicate key"), None),
        (OSError(errno.EACCES, "Permission denied"), None),
        (sqlite3.OperationalError("no such table: case_file"), None),
        (ZeroDivisionError(), None),
    ],
)
def test_of_all_that_can_fail_what_a_person_understands_is_told(error: Exception, meaning):
    told = from_driver_error(error)
    assert type(told) is (meaning or type(None))


def test_whoever_must_come_again_is_told_when():
    assert [
        from_driver_error(error).extra for error in (ConnectionResetError(), OSError(errno.ENOSPC, ""))
    ] == [
        {"retry_after": 2},
        {"retry_after": 60},
    ]


async def test_an_sqlite_file_that_cannot_grow_is_a_full_disk(tmp_path: Path):
    bind(connect(f"sqlite:///{tmp_path / 'small.db'}"), ())
    await run("CREATE TABLE heap (text TEXT)")
    await run("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as failed:
        await run("INSERT INTO heap VALUES (:text)", text="x" * 100_000)
    assert isinstance(from_driver_error(failed.value), DiskIsFull)
    await close()


async def test_an_sqlite_file_that_another_process_writes_is_busy(tmp_path: Path):
    first, second = (sqlite3.connect(tmp_path / "one.db", timeout=0, isolation_level=None) for _ in range(2))
    first.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as failed:
        second.execute("BEGIN IMMEDIATE")
    assert isinstance(from_driver_error(failed.value), DatabaseIsBusy)
