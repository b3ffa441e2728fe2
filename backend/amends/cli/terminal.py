"""Output, error messages and database access of the commands."""

import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from amends.settings import Settings


class CannotStart(Exception):
    """The machine does not allow what was asked; the message is one sentence that says what to do."""


def say(line: str) -> None:
    """One line for the person, or for the program that reads us."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """One line on standard error."""
    sys.stderr.write(f"amends: {sentence}\n")
    sys.stderr.flush()


def chosen_settings() -> "Settings":
    """The settings; from here on files that this process makes are private, and those it finds are made so.

    A file that cannot be made so, because somebody else owns it, is named on standard error.
    """
    import os

    from amends import settings
    from amends.gateways import private_files

    os.umask(private_files.PRIVATE_UMASK)
    chosen = settings.from_environ()
    for path in private_files.make_private(chosen.data_dir, chosen.database_url).stubborn:
        complain(f"others may read {path}, and it belongs to somebody else: run chown and chmod go= on it.")
    return chosen


def bring_up_to_date(settings: "Settings") -> bool:
    """Runs the migrations that wait, after a copy of what is there; whether there were any.

    Whoever comes second waits and finds it done. Raises what `migrate.upgrade` and `keep` raise.
    """
    import fcntl

    from amends.clock import utc_now
    from amends.database import migrate
    from amends.services.operation.backups import before_migrating

    with (settings.data_dir / "migrating.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        behind = migrate.pending(settings.database_url)
        if behind and settings.backup_before_migrating:
            kept = before_migrating.keep(settings.database_url, settings.data_dir / "backups", now=utc_now())
            if kept:
                complain(f"before the migration the database was copied to {kept}")
        bring = migrate.upgrade_in_child if behind else migrate.upgrade  # the latter looks after the queue
        bring(settings.database_url, with_queue=settings.has_queue)
    return behind


def with_database(work: Callable[["Settings"], Coroutine[Any, Any, int]]) -> int:
    """Runs a command against the database, brought up to date before; returns its exit code."""
    import asyncio

    chosen = chosen_settings()
    bring_up_to_date(chosen)

    async def run() -> int:
        async with opened(chosen):
            return await work(chosen)

    return asyncio.run(run())


@asynccontextmanager
async def opened(settings: "Settings") -> AsyncIterator[None]:
    """The tables are bound to the database inside."""
    from amends import tables
    from amends.database import bind, close, connect

    bind(connect(settings.database_url, announces=settings.has_queue), tables.TABLES)
    try:
        yield
    finally:
        await close()
