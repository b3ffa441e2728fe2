"""Snapshot: reads every row as it was at one instant, while others go on writing.

By the catalogue of the database and not by the declared tables, so that a database of any revision is read.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from amends.database import urls
from amends.database.asyncpg_driver import asyncpg
from amends.database.foreign_tables import FOREIGN_TABLES
from amends.database.portable import kinds
from amends.database.sqlite import BUSY_SECONDS
from amends.rules.operation.backups import Column

AT_A_TIME = 500
"""Rows that are in memory at once."""
CONNECT_SECONDS = 10.0
NOT_OURS = ("sqlite_", "alembic_version", *FOREIGN_TABLES)

Tables = dict[str, tuple[Column, ...]]

COLUMNS_ON_SQLITE = """
SELECT m.name AS tbl, c.name AS col, c.type AS declared
FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c
WHERE m.type = 'table' AND c.hidden = 0 ORDER BY m.name, c.cid
"""
COLUMNS_ON_POSTGRES = """
SELECT c.table_name AS tbl, c.column_name AS col, c.udt_name AS declared FROM information_schema.columns AS c
JOIN information_schema.tables AS t USING (table_schema, table_name)
WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'
ORDER BY c.table_name, c.ordinal_position
"""
REVISION = "SELECT version_num FROM alembic_version"


class Snapshot(ABC):
    """The database as it was when the snapshot began: its revision, its tables, and their rows."""

    kind: str
    revision: str
    tables: Tables

    @abstractmethod
    def rows(self, table: str, columns: Sequence[Column]) -> AsyncIterator[list[list[Any]]]:
        """The rows of a table by the spelling of backups, some at a time."""

    @abstractmethod
    async def select(self, sql: str) -> list[Sequence[Any]]:
        """What a statement of ours finds in the same snapshot."""


class SqliteSnapshot(Snapshot):
    """One read transaction in WAL mode: writers go on, and it sees nothing of them."""

    kind = "sqlite"

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        raw.execute("BEGIN")
        self.revision = str(raw.execute(REVISION).fetchone()[0])
        self.tables = tables_of_file(raw)

    async def rows(self, table: str, columns: Sequence[Column]) -> AsyncIterator[list[list[Any]]]:
        cursor = self._raw.execute(_select(table, columns))
        while rows := cursor.fetchmany(AT_A_TIME):
            yield list(kinds.turned(rows, columns, kinds.FROM_SQLITE))

    async def select(self, sql: str) -> list[Sequence[Any]]:
        return self._raw.execute(sql).fetchall()


class PostgresSnapshot(Snapshot):
    """One REPEATABLE READ transaction."""

    kind = "postgresql"

    def __init__(self, raw: Any, revision: str, tables: Tables) -> None:  # noqa: ANN401 - asyncpg has no types
        self._raw, self.revision, self.tables = raw, revision, tables

    async def rows(self, table: str, columns: Sequence[Column]) -> AsyncIterator[list[list[Any]]]:
        cursor = await self._raw.cursor(_select(table, columns))
        while rows := await cursor.fetch(AT_A_TIME):
            yield list(kinds.turned(rows, columns, kinds.FROM_POSTGRES))

    async def select(self, sql: str) -> list[Sequence[Any]]:
        found: list[Sequence[Any]] = await self._raw.fetch(sql)
        return found


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[Snapshot]:
    """A snapshot that lasts until the end of the block. Raises WrongDatabaseUrl and the drivers' errors."""
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        with closing(_open(place.path)) as raw:
            yield SqliteSnapshot(raw)
        return
    connection = await asyncpg().connect(
        place.dsn, timeout=CONNECT_SECONDS, server_settings={"timezone": "UTC"}
    )
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            revision = str(await connection.fetchval(REVISION))
            yield PostgresSnapshot(connection, revision, await tables_of_server(connection))
    finally:
        await connection.close()


def _open(path: Path) -> sqlite3.Connection:
    raw = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    raw.execute("PRAGMA trusted_schema=OFF")
    return raw


def tables_of_file(raw: sqlite3.Connection) -> Tables:
    """The tables of an SQLite file with their columns. Raises UnknownKind."""
    found = raw.execute(COLUMNS_ON_SQLITE).fetchall()
    return _gathered([(t, c, declared.partition("(")[0].upper()) for t, c, declared in found], kinds.SQLITE)


async def tables_of_server(raw: Any) -> Tables:  # noqa: ANN401 - asyncpg has no types
    """The tables of a PostgreSQL database with their columns. Raises UnknownKind."""
    return _gathered([tuple(row) for row in await raw.fetch(COLUMNS_ON_POSTGRES)], kinds.POSTGRES)


def _gathered(found: list[tuple[str, str, str]], known: dict[str, str]) -> Tables:
    tables: dict[str, list[Column]] = {}
    for table, column, declared in found:
        if not table.startswith(NOT_OURS):
            kind = kinds.kind_of(declared, known, of=f"{table}.{column}")
            tables.setdefault(table, []).append(Column(column, kind))
    return {name: tuple(sorted(columns, key=lambda one: one.name)) for name, columns in tables.items()}


def _select(table: str, columns: Sequence[Column]) -> str:
    names = ", ".join(f'"{one.name}"' for one in columns)
    return f'SELECT {names} FROM "{table}"'  # noqa: S608 - names from the database's own catalogue
