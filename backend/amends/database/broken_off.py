"""Retry of transactions that the database broke off itself: a deadlock, a failed serialization."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from amends.database.driver_errors import is_broken_off
from amends.database.engines import bound

PAUSES = (0.05, 0.2)
"""Seconds before the second and the third try: whoever was let go on needs no longer."""

Answer = TypeVar("Answer")
log = structlog.get_logger()


async def again_if_broken_off(command: Callable[[], Awaitable[Answer]]) -> Answer:
    """Runs a command of one transaction, up to three times where the database broke it off.

    Nothing of it was kept then. It must do nothing outside of the database that may not happen twice. Within
    a transaction it runs once: what was broken off is the whole of it. SQLite has waited by itself already.
    """
    for pause in PAUSES if bound().current_transaction.get() is None else ():
        try:
            return await command()
        except Exception as error:
            if not is_broken_off(error):
                raise
            log.warning("transaction was broken off", error=type(error).__name__, again_in=pause)
            await asyncio.sleep(pause)
    return await command()
