"""Keyed semaphore: limits concurrency for each key."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class KeyedSemaphore:
    """At most `limit` holders at a time for one key; the others wait in the order of arrival."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._users: dict[str, list[asyncio.Semaphore]] = {}

    @asynccontextmanager
    async def held(self, key: str) -> AsyncIterator[None]:
        """Acquire the semaphore of this key, and release it at the end."""
        users = self._users.setdefault(key, [])
        # The same semaphore once for each holder and waiter: the key is dropped with the last of them.
        semaphore = users[0] if users else asyncio.Semaphore(self._limit)
        users.append(semaphore)
        try:
            async with semaphore:
                yield
        finally:
            users.pop()
            if not users:
                self._users.pop(key, None)
