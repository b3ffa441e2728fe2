"""SQLite engine: one writer connection and a pool of read-only connections, in WAL mode.

WAL with synchronous=NORMAL: what was committed survives the death of every process (kill -9). A power cut may
lose the last commits, never damage the file.
"""

import asyncio
import re
import sqlite3
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from amends.database import sqlite_values  # noqa: F401 - the converters
from amends.database.transactions import Connection, Engine, TransactionLost, must_have_zones
from amends.errors import Invalid

OLDEST = (3, 35)  # RETURNING
BUSY_SECONDS = 10.0  # how long a writer waits for another process
INTERRUPT_SECONDS = 0.05
RETRY_SECONDS = 0.01
QUICK_SECONDS = 0.002
"""So long a quick read may run in the event loop, where everybody waits; then a thread begins it anew."""
STEPS_BETWEEN_LOOKS = 1_000
"""Instructions of SQLite's machine, some 20 µs, after which it is asked whether that time has passed."""
LONG_FOR_SECONDS = 60
"""So long a text that took longer goes to a thread at once: what made it long is probably still there."""
MOST_LONG_TEXTS = 200
PRAGMAS = (
    "foreign_keys=ON",
    "synchronous=NORMAL",
    "temp_store=MEMORY",
    "cache_size=-8000",  # KiB for each connection; the system's own cache keeps the rest
)

READS = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)
WRITES_AFTER_WITH = re.compile(r"\s*WITH\b.*\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE | re.DOTALL)


class CannotOpenDatabase(Invalid):
    """The database cannot be opened."""


def use_wal(raw: sqlite3.Connection) -> None:
    """Lets readers go on beside the writer; the file remembers it, so that only the first time can wait.

    Processes that switch a new file at once meet a lock for which SQLite itself does not wait.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            raw.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(RETRY_SECONDS)
        else:
            return


def _settle(answer: asyncio.Future[Any], rows: list[sqlite3.Row] | None, error: Exception | None) -> None:
    if answer.done():
        return  # cancelled meanwhile
    if error is None:
        answer.set_result(rows)
    else:
        answer.set_exception(error)


class LongReads:
    """Texts that were called quick and took too long in the event loop, for a while."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def holds(self, sql: str) -> bool:
        """Whether this text was too long a short while ago."""
        return bool(self._until) and self._until.get(sql, 0.0) > time.monotonic()

    def add(self, sql: str) -> None:
        """Remembers a text; the oldest one goes where there are too many."""
        self._until.pop(sql, None)
        if len(self._until) >= MOST_LONG_TEXTS:
            del self._until[next(iter(self._until))]
        self._until[sql] = time.monotonic() + LONG_FOR_SECONDS


class SqliteConnection(Connection):
    """One sqlite3 connection. What may wait or take long is a hop to a thread; what is quick is not."""

    raw: sqlite3.Connection

    def __init__(
        self, raw: sqlite3.Connection, threads: ThreadPoolExecutor, long_reads: LongReads, *, writer: bool
    ) -> None:
        self.raw, self.writer = raw, writer
        self._threads, self._long_reads = threads, long_reads

    @property
    def in_transaction(self) -> bool:
        return self.raw.in_transaction

    async def begin(self) -> None:
        # IMMEDIATE: a transaction that reads and then writes would else fail at once when another one wrote
        await self.run("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        if not self.raw.in_transaction:
            raise TransactionLost("SQLite rolled this transaction back; nothing of it was kept.")
        await self.run("COMMIT")

    async def run(self, sql: str, values: Sequence[Any] = (), *, quick: bool = False) -> list[Any]:
        if quick and (rows := self.run_here(sql, values)) is not None:
            return rows
        # Awaiting the executor's own future, shielded, would take two more turns of the event loop.
        answer: asyncio.Future[list[sqlite3.Row]] = asyncio.get_running_loop().create_future()
        work = self._threads.submit(self._answer, answer, sql, values)
        try:
            return await answer
        except asyncio.CancelledError:
            await self._until_idle(asyncio.wrap_future(work), interrupt=bool(READS.match(sql)))
            if answer.done() and not answer.cancelled():
                answer.exception()  # seen: it would else be reported as never retrieved
            raise

    def run_here(self, sql: str, values: Sequence[Any]) -> list[sqlite3.Row] | None:
        """Runs what is quick in the event loop; None where a read has turned out to be long.

        What writes is never stopped: SQLite would roll its whole transaction back.
        """
        if _writes(sql):
            return self._execute(sql, values)
        if self._long_reads.holds(sql):
            return None
        began, until = time.thread_time(), time.perf_counter() + QUICK_SECONDS
        self.raw.set_progress_handler(lambda: time.perf_counter() > until, STEPS_BETWEEN_LOOKS)
        try:
            return self._execute(sql, values)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_INTERRUPT:
                raise
            if time.thread_time() - began > QUICK_SECONDS / 2:  # else the machine was busy, or its disk
                self._long_reads.add(sql)
            return None
        finally:
            self.raw.set_progress_handler(None, 0)

    def _answer(self, answer: asyncio.Future[list[sqlite3.Row]], sql: str, values: Sequence[Any]) -> None:
        """In a thread: runs the statement and tells the event loop what came of it."""
        try:
            rows = self._execute(sql, values)
        except Exception as error:  # noqa: BLE001 - whoever awaits the answer raises it
            answer.get_loop().call_soon_threadsafe(_settle, answer, None, error)
        else:
            answer.get_loop().call_soon_threadsafe(_settle, answer, rows, None)

    def _execute(self, sql: str, values: Sequence[Any]) -> list[sqlite3.Row]:
        return self.raw.execute(sql, values).fetchall()

    async def _until_idle(self, work: asyncio.Future[Any], *, interrupt: bool) -> None:
        """Never hands the connection on while a thread is inside it. What reads is stopped.

        What writes is let finish (it is short): SQLite would roll the whole transaction back under its owner.
        """
        while not work.done():
            if interrupt:
                self.raw.interrupt()
            with suppress(asyncio.CancelledError):  # the caller raises it, once the thread is out
                await asyncio.wait([work], timeout=INTERRUPT_SECONDS)


class Sqlite(Engine):
    """One writer behind a first-come lock, up to `readers` that refuse to write; each opened when needed."""

    def __init__(self, path: Path, *, readers: int = 4) -> None:
        super().__init__("sqlite", str(path))
        if sqlite3.sqlite_version_info < OLDEST:
            raise CannotOpenDatabase(f"SQLite {sqlite3.sqlite_version} is too old; 3.35 or newer is needed.")
        self.path = path
        self._size = readers
        self._writer: SqliteConnection | None = None

    async def start_connection_pool(self) -> None:
        """Opens the writer and a reader; the first query does it otherwise. Raises CannotOpenDatabase."""
        if self._writer is not None:
            return
        self._long_reads = LongReads()
        # Not in a thread: it takes a millisecond, and nothing else can start it halfway.
        self._threads = ThreadPoolExecutor(self._size + 1, thread_name_prefix="sqlite")
        self._write_lock, self._slots = asyncio.Lock(), asyncio.Semaphore(self._size)
        writer = self._open(writer=True)
        self._idle = deque([self._open(writer=False)])  # the one used last is the next: few do most of it
        self._writer = writer

    def _open(self, *, writer: bool) -> SqliteConnection:
        try:
            raw = sqlite3.connect(
                self.path,
                timeout=BUSY_SECONDS,
                isolation_level=None,
                check_same_thread=False,
                cached_statements=256,
                detect_types=sqlite3.PARSE_DECLTYPES | sqlite3.PARSE_COLNAMES,
            )
            if writer:
                use_wal(raw)
            else:  # a statement misjudged as reading then fails; it never slips past the lock
                raw.execute("PRAGMA query_only=ON")
        except sqlite3.Error as error:
            raise CannotOpenDatabase(
                f"The database {self.path} cannot be opened ({error}). "
                "Check that its folder exists and that this account may write in it."
            ) from error
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        raw.row_factory = sqlite3.Row  # by name or by place, without a dict for each
        return SqliteConnection(raw, self._threads, self._long_reads, writer=writer)

    async def close_connection_pool(self) -> None:
        """Waits for whoever still works, lets SQLite refresh its statistics, closes."""
        if self._writer is None:
            return
        async with self._write_lock:
            for _ in range(self._size):
                await self._slots.acquire()
            writer, self._writer = self._writer, None
            for connection in self._idle:
                connection.raw.close()
            with suppress(sqlite3.OperationalError):  # another process writes: statistics can wait
                await writer.run("PRAGMA analysis_limit=400")
                await writer.run("PRAGMA optimize")
            writer.raw.close()
        self._threads.shutdown()

    async def acquire(self, *, writing: bool) -> SqliteConnection:
        await self.start_connection_pool()
        if writing:
            await self._write_lock.acquire()
            if self._writer is None:
                self._write_lock.release()
                raise CannotOpenDatabase("The database has just been closed.")
            return self._writer
        await self._slots.acquire()
        return self._idle.pop() if self._idle else self._another_reader()

    def _another_reader(self) -> SqliteConnection:
        """More read at once than ever before. Raises CannotOpenDatabase, and whoever waits may try."""
        try:
            return self._open(writer=False)
        except CannotOpenDatabase:
            self._slots.release()
            raise

    async def give_back(self, connection: Connection) -> None:
        assert isinstance(connection, SqliteConnection)
        if connection.raw.in_transaction:
            connection.raw.rollback()
        if connection.writer:
            self._write_lock.release()
        else:
            self._idle.append(connection)
            self._slots.release()

    async def run_statement(self, sql: str, values: Sequence[Any] = (), *, quick: bool = True) -> list[Any]:
        """As on both engines; but what is quick never waits, so it borrows an idle reader for a moment.

        What turns out not to be quick gets a reader of its own, and a thread.
        """
        if quick and self._writer and self._idle and not self.current_transaction.get() and not _writes(sql):
            must_have_zones(values)
            if (rows := self._idle[-1].run_here(sql, values)) is not None:
                return rows
            quick = False
        return await super().run_statement(sql, values, quick=quick)

    def writes(self, sql: str) -> bool:
        return _writes(sql)

    async def get_version(self) -> float:
        return self.get_version_sync()

    def get_version_sync(self) -> float:
        major, minor, _ = sqlite3.sqlite_version_info
        return float(f"{major}.{minor}")

    def transform_response_to_dicts(self, results: list[Any]) -> list[dict[str, Any]]:
        return [dict(row) for row in results]


@lru_cache(maxsize=512)
def _writes(sql: str) -> bool:
    return not READS.match(sql) or bool(WRITES_AFTER_WITH.match(sql))
