"""Turns of large uploads: few bodies are read into memory at a time; the others wait unread."""

import asyncio

from litestar.datastructures import Headers
from litestar.types import HTTPScope, Receive, ReceiveMessage

LARGE = 1_000_000
"""Bytes from which a body waits for its turn, as does one that does not say how long it is."""
AT_A_TIME = 4


class UploadTurn:
    """The reading of one request's body; `end` gives the turn to the next one."""

    def __init__(self, turns: asyncio.Semaphore, scope: HTTPScope, receive: Receive) -> None:
        self._turns, self._receive = turns, receive
        self._waits, self._has_turn = _is_large(Headers.from_scope(scope)), False

    async def receive(self) -> ReceiveMessage:
        """The next part of the body; the first one of a large body when it is its turn.

        A route reads a body after it has looked at who asks, so that strangers take no turn.
        """
        if self._waits:
            await self._turns.acquire()
            self._waits, self._has_turn = False, True
        return await self._receive()

    def end(self) -> None:
        """The request has been answered."""
        if self._has_turn:
            self._turns.release()
            self._has_turn = False


def _is_large(headers: Headers) -> bool:
    length = headers.get("content-length", "")
    return "transfer-encoding" in headers or (length.isdecimal() and int(length[:20]) >= LARGE)
