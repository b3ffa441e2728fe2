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
from benchmarks import shapes
from benchmarks.seeds import DAY, Amounts, Rows, World
from tests.postgres import Server, running_server

MANY = 20_000
"""From so many cases on, indexes are made when the rows are there: sorted once, and not row by row."""
INDEXES_OF_FILE = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
INDEXES_OF_SERVER = """
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE INDEX%'
"""


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


def filled(url: str, shape: shapes.Shape, cases: int) -> World:
    """A new database of this URL, migrated and filled with so many cases of a shape; what was put into it."""
    migrate.upgrade(url)
    world = shapes.world(shape, cases, utc_now())
    asyncio.run(fill(url, world))
    return world


async def fill(url: str, world: World) -> None:
    """Writes the world's rows into a migrated database."""
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        _fill_file(place.path, world)
    else:
        await _fill_server(place.dsn, world)


def _parts(world: World) -> Iterator[Iterable[Rows]]:
    """The rows of some cases after the others, each gone once it is written."""
    for part in world.parts():
        yield part.values()
        for rows in part.values():
            rows.tuples.clear()


def _fill_file(path: Path, world: World) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-1000000"):
        connection.execute(f"PRAGMA {pragma}")
    later = connection.execute(INDEXES_OF_FILE).fetchall() if world.amounts.cases >= MANY else []
    connection.execute("BEGIN")
    for name, _made in later:
        connection.execute(f'DROP INDEX "{name}"')
    for part in _parts(world):
        for table in part:
            names = ", ".join(f'"{name}"' for name in table.columns)
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(
                f'INSERT INTO "{table.table._meta.tablename}" ({names}) VALUES ({marks})', table.tuples
            )
    for _name, made in later:
        connection.execute(made)
    connection.execute("COMMIT")
    connection.execute("ANALYZE")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


async def _fill_server(dsn: str, world: World) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("SET maintenance_work_mem = '256MB'")
    await connection.execute("SET session_replication_role = replica")  # no look-up for each reference
    later = await connection.fetch(INDEXES_OF_SERVER) if world.amounts.cases >= MANY else []
    for name, _made in later:
        await connection.execute(f'DROP INDEX "{name}"')
    for part in _parts(world):
        for table in part:
            await connection.copy_records_to_table(
                table.table._meta.tablename, records=table.tuples, columns=table.columns
            )
    for _name, made in later:
        await connection.execute(made)
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
