"""Schema migrations with Alembic, safe when several processes start at once.

Everything here blocks, and uses an event loop of its own on PostgreSQL: from inside a loop, use a thread.
Alembic, which takes long to import, is imported only when there is something to do.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import amends
from amends.database import urls
from amends.database.asyncpg_driver import asyncpg, is_asyncpg
from amends.database.sqlite import CannotOpenDatabase
from amends.errors import Conflict

if TYPE_CHECKING:
    from alembic.config import Config

PACKAGE = Path(amends.__file__).parent
CONNECT_SECONDS = 10.0
REFUSED = 3
"""With which the child ends that says why on its standard output."""


class DatabaseIsNewer(Conflict):
    "This database was created by a newer version of Amends."


def script_folder() -> Path:
    """The folder of the migrations: inside the installed package, or at the root of a checkout."""
    shipped = PACKAGE / "_alembic"
    return shipped if shipped.is_dir() else PACKAGE.parents[1] / "alembic"


def configuration(url: str) -> Config:
    """What Alembic's commands need, without any file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(script_folder()).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["url"] = url
    return config


def revisions() -> list[str]:
    """Every revision that this code knows, oldest first: their files are numbered in a row."""
    return sorted(file.name.partition("_")[0] for file in (script_folder() / "versions").glob("*.py"))


def head() -> str:
    """The revision that this code expects."""
    return revisions()[-1]


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
    except Exception as error:
        if not (isinstance(error, OSError) or is_asyncpg(error, "PostgresError", "InterfaceError")):
            raise
        raise CannotOpenDatabase(
            f"The database {place.shown} cannot be reached ({error}). "
            "Check that PostgreSQL runs there, that the database exists, and the user and password."
        ) from error


def pending(url: str) -> bool:
    """Whether the database is behind the code. Raises DatabaseIsNewer when it is ahead, and as `current`."""
    revision = current(url)
    if revision is not None and revision not in revisions():
        raise DatabaseIsNewer(
            f"This database is at revision {revision}, which this version of Amends does not know. "
            "Start the newer version that was used before, or restore the backup made before it."
        )
    return revision != head()


def upgrade(url: str, *, with_queue: bool = False) -> None:
    """Brings the database to `head()`, all or nothing; whoever comes second waits and finds it done.

    `with_queue`: the queue's own tables too, on PostgreSQL. Raises as `pending`.
    """
    if pending(url):
        from alembic import command

        command.upgrade(configuration(url), "head")
    place = urls.read(url)
    if with_queue and isinstance(place, urls.PostgresServer):
        from amends.database import queue

        asyncio.run(queue.prepare(place.dsn))


def upgrade_in_child(url: str, *, with_queue: bool = False) -> None:
    """The same in a process of its own: what serves afterwards keeps no 40 MB of Alembic and SQLAlchemy.

    Raises as `upgrade`, and RuntimeError where the process did not come to its end; then nothing was changed.
    """
    order = json.dumps({"url": url, "with_queue": with_queue})  # not in its arguments: it holds a password
    command = (sys.executable, "-P", "-m", __name__)
    child = subprocess.run(  # noqa: S603 - our own module
        command, input=order, stdout=subprocess.PIPE, text=True, check=False
    )
    if child.returncode == REFUSED:
        raise CannotOpenDatabase(child.stdout)
    if child.returncode:
        raise RuntimeError(f"The migration ended with {child.returncode}; nothing was changed.")


def _run_as_child() -> int:
    try:
        upgrade(**json.loads(sys.stdin.read()))
    except CannotOpenDatabase as error:
        sys.stdout.write(error.detail)
        return REFUSED
    return 0


def upgrade_to(url: str, revision: str) -> None:
    """Brings an empty database to an earlier revision, into which a backup of that revision fits."""
    from alembic import command

    command.upgrade(configuration(url), revision)


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
    connection = await asyncpg().connect(dsn, timeout=CONNECT_SECONDS)
    try:
        if await connection.fetchval("SELECT to_regclass('alembic_version')") is None:
            return None
        revision: str | None = await connection.fetchval("SELECT version_num FROM alembic_version")
        return revision
    finally:
        await connection.close()


if __name__ == "__main__":
    sys.exit(_run_as_child())
