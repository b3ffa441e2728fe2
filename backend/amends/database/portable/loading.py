"""Loading: puts the rows of a backup into an empty database, all or nothing."""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from amends.database import urls
from amends.database.asyncpg_driver import asyncpg
from amends.database.portable import kinds
from amends.database.portable.snapshot import Tables, tables_of_file, tables_of_server
from amends.errors import Conflict, Invalid
from amends.rules.operation.backups import Column

CONNECT_SECONDS = 10.0
CONTENT = ("member", "case_file")
"""What an empty place has no row of."""
FOREIGN_KEYS = """
SELECT conrelid::regclass::text AS tbl, conname AS name, pg_get_constraintdef(oid) AS condition
FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
"""


class PlaceIsNotEmpty(Conflict):
    """A backup is restored into an empty place only, and this database has cases or members."""


class DoesNotFit(Invalid):
    """The tables in this backup are not those that its version of Amends had."""


class Loading(ABC):
    """An open transaction into which rows are put; nothing stays when the block raises."""

    tables: Tables

    @abstractmethod
    async def put(self, table: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        """Adds rows as backups spell them. Raises the drivers' errors for what the schema refuses."""


class SqliteLoading(Loading):
    """Foreign keys are looked at once, at the end; triggers fill the search."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self.tables = tables_of_file(raw)

    async def put(self, table: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        places = ", ".join("?" * len(columns))
        self._raw.executemany(
            f'INSERT INTO "{table}" ({_names(columns)}) VALUES ({places})',  # noqa: S608 - compared before
            kinds.turned(rows, columns, kinds.INTO_SQLITE),
        )


class PostgresLoading(Loading):
    """COPY into tables whose foreign keys are put back at the end, so that any order will do."""

    def __init__(self, raw: Any, tables: Tables) -> None:  # noqa: ANN401 - asyncpg has no types
        self._raw, self.tables = raw, tables

    async def put(self, table: str, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        await self._raw.copy_records_to_table(
            table,
            records=kinds.turned(rows, columns, kinds.INTO_POSTGRES),
            columns=[one.name for one in columns],
        )


@asynccontextmanager
async def loading(url: str, expected: Mapping[str, Sequence[Column]]) -> AsyncIterator[Loading]:
    """Empties what the migrations put in, and takes rows until the block ends; then it is all there at once.

    The database is migrated to the backup's revision and nobody's yet. Raises DoesNotFit.
    """
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        with closing(sqlite3.connect(place.path, isolation_level=None)) as raw:
            async with _on_sqlite(raw, expected) as into:
                yield into
        return
    connection = await asyncpg().connect(place.dsn, timeout=CONNECT_SECONDS)
    try:
        async with _on_postgres(connection, expected) as into:
            yield into
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


@asynccontextmanager
async def _on_sqlite(
    raw: sqlite3.Connection, expected: Mapping[str, Sequence[Column]]
) -> AsyncIterator[Loading]:
    raw.execute("PRAGMA foreign_keys=OFF")  # inside a transaction it would do nothing
    raw.execute("BEGIN IMMEDIATE")
    into = SqliteLoading(raw)
    must_fit(expected, into.tables)
    for table in into.tables:
        raw.execute(f'DELETE FROM "{table}"')  # noqa: S608 - names from the database's own catalogue
    yield into
    if broken := raw.execute("PRAGMA foreign_key_check").fetchone():
        raise DoesNotFit(
            f"A row of {broken[0]} in this backup points at a row of {broken[2]} that is not there."
        )
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@asynccontextmanager
async def _on_postgres(
    raw: Any,  # noqa: ANN401 - asyncpg has no types
    expected: Mapping[str, Sequence[Column]],
) -> AsyncIterator[Loading]:
    async with raw.transaction():
        into = PostgresLoading(raw, await tables_of_server(raw))
        must_fit(expected, into.tables)
        await raw.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in into.tables))
        keys = await raw.fetch(FOREIGN_KEYS)
        for key in keys:
            await raw.execute(f'ALTER TABLE {key["tbl"]} DROP CONSTRAINT "{key["name"]}"')
        yield into
        for key in keys:
            await raw.execute(f'ALTER TABLE {key["tbl"]} ADD CONSTRAINT "{key["name"]}" {key["condition"]}')


def must_fit(expected: Mapping[str, Sequence[Column]], found: Mapping[str, Sequence[Column]]) -> None:
    """Raises DoesNotFit: a name from a file reaches SQL only when the database has the same one."""
    for table, columns in expected.items():
        if not set(columns) <= set(found.get(table, ())):
            raise DoesNotFit(f"The table {table} in this backup is not as its version of Amends had it.")


async def must_be_empty(url: str) -> None:
    """Raises PlaceIsNotEmpty, and for an SQLite file also when another process has it open."""
    place = urls.read(url)
    if await has_content(url):
        raise PlaceIsNotEmpty(
            f"{place.shown} has cases or members. A backup is restored into an empty place only: "
            "name another database or folder, or move this one away."
        )
    if isinstance(place, urls.SqliteFile) and place.path.exists():
        _must_be_closed(place.path)


async def has_content(url: str) -> bool:
    """Whether there are members or cases, at whatever revision the database is."""
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        return place.path.exists() and _file_has_content(place.path)
    connection = await asyncpg().connect(place.dsn, timeout=CONNECT_SECONDS)
    try:
        for table in CONTENT:
            there = await connection.fetchval("SELECT to_regclass($1) IS NOT NULL", table)
            if there and await connection.fetchval(f"SELECT EXISTS (SELECT 1 FROM {table})"):  # noqa: S608
                return True
        return False
    finally:
        await connection.close()


def _file_has_content(path: Path) -> bool:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for table in CONTENT:
            there = raw.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone()
            if there and raw.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608
                return True
    return False


def _must_be_closed(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as raw:
        try:  # only who is alone may leave the WAL mode
            raw.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise PlaceIsNotEmpty(f"Another process has {path} open. Stop `amends serve` first.") from None


def _names(columns: Sequence[Column]) -> str:
    return ", ".join(f'"{one.name}"' for one in columns)
