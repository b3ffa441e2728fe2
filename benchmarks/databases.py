"""Where do the measured databases come from? New ones, migrated, filled by the bare drivers, analysed."""

import asyncio
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import asyncpg

from amends.clock import utc_now
from amends.database import migrate, urls
from benchmarks.seeds import DAY, Amounts, Rows, World
from tests.postgres import Server, running_server


@contextmanager
def server_for(kind: str) -> Iterator[Server | None]:
    """A throw-away PostgreSQL where one is asked for; it does not wait for its disk, nor does the floor."""
    if kind == "sqlite":
        yield None
        return
    with running_server() as server:
        yield server


def made(
    kind: str, folder: Path, amounts: Amounts, *, server: Server | None, spread: timedelta = 1_000 * DAY
) -> tuple[str, World]:
    """The URL of a new database with these amounts, and what was put into it; its cases over so long."""
    url = server.url(server.create_database()) if server else f"sqlite:///{folder / f'{kind}.db'}"
    migrate.upgrade(url)
    world = World(amounts, utc_now(), spread=spread)
    asyncio.run(fill(url, world))
    return url, world


async def fill(url: str, world: World) -> None:
    """Writes the world's rows into a migrated database."""
    rows = world.fill().values()
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        _fill_file(place.path, rows)
    else:
        await _fill_server(place.dsn, rows)
    for table in rows:
        table.tuples.clear()


def _fill_file(path: Path, rows: Iterable[Rows]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN")
    for table in rows:
        names = ", ".join(f'"{name}"' for name in table.columns)
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(
            f'INSERT INTO "{table.table._meta.tablename}" ({names}) VALUES ({marks})', table.tuples
        )
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


async def _fill_server(dsn: str, rows: Iterable[Rows]) -> None:
    connection = await asyncpg.connect(dsn)
    for table in rows:
        await connection.copy_records_to_table(
            table.table._meta.tablename, records=table.tuples, columns=table.columns
        )
    await connection.execute("SELECT SETVAL('case_number', GREATEST((SELECT MAX(number) FROM case_file), 1))")
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def analyse(url: str) -> None:
    """The database counts what it holds, as it does by itself some time after much was written."""
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        with sqlite3.connect(place.path) as connection:
            connection.execute("ANALYZE")
        connection.close()
    else:
        asyncio.run(_analyse_server(place.dsn))


async def _analyse_server(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
