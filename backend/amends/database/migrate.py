"""How does a database come to the schema that this code expects? Several processes may start at once.

Everything here blocks, and uses an event loop of its own on PostgreSQL: from inside a loop, use a thread.
"""

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import amends
from amends.database import urls
from amends.database.sqlite import CannotOpenDatabase
from amends.errors import Conflict

PACKAGE = Path(amends.__file__).parent
CONNECT_SECONDS = 10.0


class DatabaseIsNewer(Conflict):
    """This database was made by a newer version of Amends."""


def script_folder() -> Path:
    """The folder of the migrations: inside the installed package, or at the root of a checkout."""
    shipped = PACKAGE / "_alembic"
    return shipped if shipped.is_dir() else PACKAGE.parents[1] / "alembic"


def configuration(url: str) -> Config:
    """What Alembic's commands need, without any file."""
    config = Config()
    config.set_main_option("script_location", str(script_folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def head() -> str:
    """The revision that this code expects."""
    revision = ScriptDirectory(str(script_folder())).get_current_head()
    if revision is None:
        raise RuntimeError(f"There are no migrations in {script_folder()}.")
    return revision


def current(url: str) -> str | None:
    """The revision that the database is at; None before the first one.

    Raises WrongDatabaseUrl, CannotOpenDatabase, and RuntimeError inside an event loop.
    """
    _refuse_a_running_loop()
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        return _revision_of_file(place.path)
    try:
        return asyncio.run(_revision_of_server(place.dsn))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise CannotOpenDatabase(
            f"The database {place.shown} cannot be reached ({error}). "
            "Check that PostgreSQL runs there, that the database exists, and the user and password."
        ) from error


def pending(url: str) -> bool:
    """Whether the database is behind the code. Raises DatabaseIsNewer when it is ahead, and as `current`."""
    revision = current(url)
    known = {script.revision for script in ScriptDirectory(str(script_folder())).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseIsNewer(
            f"This database is at revision {revision}, which this version of Amends does not know. "
            "Start the newer version that was used before, or restore the backup made before it."
        )
    return revision != head()


def upgrade(url: str) -> None:
    """Brings the database to `head()`, all or nothing; whoever comes second waits and finds it done.

    Raises as `pending`.
    """
    if pending(url):
        command.upgrade(configuration(url), "head")


async def upgrade_in_thread(url: str) -> None:
    """The same from inside an event loop."""
    await asyncio.to_thread(upgrade, url)


def _refuse_a_running_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("Migrations block: inside an event loop, await upgrade_in_thread() instead.")


def _revision_of_file(path: Path) -> str | None:
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise CannotOpenDatabase(
            f"The database {path} cannot be written. "
            "Check that its folder exists and that this account may write in it."
        )
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as connection:
            if not connection.execute(
                "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchone():
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise CannotOpenDatabase(f"The database {path} cannot be read ({error}).") from error
    return str(row[0]) if row else None


async def _revision_of_server(dsn: str) -> str | None:
    connection = await asyncpg.connect(dsn, timeout=CONNECT_SECONDS)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return revision
    finally:
        await connection.close()
