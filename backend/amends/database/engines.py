"""Engine registry: binds the process to one engine, through which services run transactions."""

from collections.abc import Iterable

from piccolo.table import Table

from amends.database import urls
from amends.database.postgres import Postgres
from amends.database.sqlite import Sqlite
from amends.database.transactions import Engine, Transaction

_bound: Engine | None = None


def connect(
    url: str, *, readers: int = 4, min_size: int = 1, max_size: int = 10, announces: bool = False
) -> Engine:
    """The engine for a URL, not yet connected: `readers` for SQLite, sizes of the pool for PostgreSQL.

    `announces`: workers hear of nudges through the queue, on PostgreSQL. Raises WrongDatabaseUrl.
    """
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        return Sqlite(place.path, readers=readers)
    engine = Postgres(place.dsn, place.shown, min_size=min_size, max_size=max_size)
    engine.announces = announces
    return engine


def bind(engine: Engine, tables: Iterable[type[Table]]) -> None:
    """From now on the tables' queries, and `transaction()`, go to this engine.

    Done once, at the start: Piccolo would else look for a module `piccolo_conf`.
    """
    global _bound
    for table in tables:
        table._meta.db = engine
    _bound = engine


def bound() -> Engine:
    """The engine that was bound. Raises RuntimeError before."""
    if _bound is None:
        raise RuntimeError("No database is bound yet: call bind(connect(url), TABLES) first.")
    return _bound


def transaction() -> Transaction:
    """`async with transaction():` around what must happen together; nested, it rolls back alone."""
    return bound().transaction()


async def close() -> None:
    """Waits for whoever still works, then closes the connections of the bound engine."""
    await bound().close_connection_pool()
