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


def with_database(work: Callable[["Settings"], Coroutine[Any, Any, int]]) -> int:
    """Runs a command against the database, brought up to date before; returns its exit code."""
    import asyncio

    from amends import settings
    from amends.database import migrate

    chosen = settings.from_environ()
    migrate.upgrade(chosen.database_url, with_queue=chosen.has_queue)

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
