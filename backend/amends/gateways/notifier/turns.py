"""Who may go next? At most so many at a time for one key; others with the same key wait in line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """A line for each key, kept only while somebody stands in it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lines: dict[str, list[asyncio.Semaphore]] = {}

    @asynccontextmanager
    async def of(self, key: str) -> AsyncIterator[None]:
        """Wait for a turn, in the order of arrival."""
        line = self._lines.setdefault(key, [])
        # Everybody in the line holds the same semaphore; the line's length says when it may be dropped.
        turn = line[0] if line else asyncio.Semaphore(self._most)
        line.append(turn)
        try:
            async with turn:
                yield
        finally:
            line.pop()
            if not line:
                self._lines.pop(key, None)
