"""Dispatchers: polling of the nudge table, or the job queue of PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from amends.clock import Clock
from amends.database import queue
from amends.services.nudge import nudges

WIDTH = 20
"""How many nudges are on their way at once, at most."""
IDLE_SECONDS, BUSY_SECONDS = 1.0, 0.1

Send = Callable[[UUID], Awaitable[object]]
"""Tries one nudge; never raises, and does nothing for one that is not ours to send."""


class Dispatcher(Protocol):
    """Calls `send` with every nudge that may be tried, until `stop` is set."""

    async def run(self, send: Send, stop: asyncio.Event) -> None:
        """Raises when the database is away."""


class LocalDispatcher:
    """Asks the table: the way of SQLite, and one that works on PostgreSQL with nothing else installed."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._sending: dict[UUID, asyncio.Task[None]] = {}
        self._has_room = asyncio.Event()

    async def run(self, send: Send, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._has_room.clear()
            await self._turn(send)
            if self._sending:
                await pause(self._has_room, BUSY_SECONDS)
            else:
                await pause(stop, IDLE_SECONDS)

    async def _turn(self, send: Send) -> None:
        if len(self._sending) >= WIDTH:
            return
        for one in await nudges.ready(now=self.clock(), limit=WIDTH):
            if one not in self._sending and len(self._sending) < WIDTH:
                self._sending[one] = asyncio.create_task(self._sent(one, send))

    async def _sent(self, one: UUID, send: Send) -> None:
        try:
            await send(one)
        finally:
            del self._sending[one]
            if len(self._sending) == WIDTH // 2:
                self._has_room.set()


class QueueDispatcher:
    """Hears of each nudge from PgQueuer within milliseconds; many workers on many machines share them."""

    async def run(self, send: Send, stop: asyncio.Event) -> None:
        await queue.listen(send, stop, width=WIDTH)


async def pause(until: asyncio.Event, seconds: float) -> None:
    """Waits, but no longer than until the event is set."""
    try:
        async with asyncio.timeout(seconds):
            await until.wait()
    except TimeoutError:
        return
