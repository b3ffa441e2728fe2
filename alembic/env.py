"""How does a migration run? One way for both engines: one at a time, in one transaction, all or nothing."""

import asyncio
import os
import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from amends.database import urls
from amends.database.asyncpg_driver import asyncpg
from amends.database.schema import compare_type, include_name, metadata
from amends.database.sqlite import use_wal
from amends.tables import INDEXES, TABLES

LOCK = int.from_bytes(b"amends", "big")
WAIT_SECONDS = 60.0


def url() -> str:
    """From amends.database.migrate, or for the `alembic` command of a developer from the environment."""
    given = context.config.attributes.get("url") or os.environ.get("AMENDS_DATABASE_URL")  # noqa: TID251
    if not given:
        raise SystemExit("AMENDS_DATABASE_URL is not set: it names the database to compare or to migrate.")
    return str(given)


def migrate(connection: sa.Connection) -> None:
    """Runs what is to be run; the lock is held until the end of the transaction."""
    on_sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=metadata(TABLES, INDEXES),
        compare_type=compare_type,
        include_name=include_name,
        render_as_batch=True,
        transactional_ddl=True,
        user_module_prefix="schema.",
    )
    with context.begin_transaction():
        if not on_sqlite:
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:number)"), {"number": LOCK})
        context.run_migrations()
        if on_sqlite:
            refuse_broken_references(connection)


def refuse_broken_references(connection: sa.Connection) -> None:
    """Foreign keys are off while SQLite re-creates a table, so nobody has checked them."""
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"the migration broke foreign keys: {broken[:5]}")


def open_sqlite(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, timeout=WAIT_SECONDS, isolation_level=None
    )  # else it commits before DDL
    use_wal(connection)
    connection.execute(
        "PRAGMA foreign_keys=OFF"
    )  # re-creating a table would delete the rows that point to it
    return connection


def migrate_sqlite(path: Path) -> None:
    engine = sa.create_engine("sqlite://", creator=lambda: open_sqlite(path), poolclass=NullPool)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.connect() as connection:
        migrate(connection)


async def migrate_postgres(dsn: str) -> None:
    async def open_postgres() -> Any:  # noqa: ANN401 - asyncpg has no types
        return await asyncpg().connect(dsn)  # reads the address exactly as the application does

    engine = create_async_engine("postgresql+asyncpg://", async_creator=open_postgres, poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()


if context.is_offline_mode():
    raise SystemExit(
        "Migrations as a script (--sql) are not offered: SQLite has to see the tables it rebuilds."
    )
place = urls.read(url())
if isinstance(place, urls.SqliteFile):
    migrate_sqlite(place.path)
else:
    asyncio.run(migrate_postgres(place.dsn))
