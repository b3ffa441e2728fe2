"""Fetching of feeds: in a child process that reaches no private address, with limits of size and time."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import msgspec

from amends.gateways import bounded_child
from amends.gateways.feed_child import SECONDS
from amends.rules.capture.feed_documents import FeedItem

_CODE = bounded_child.code_of("amends.gateways.feed_child")
_STARTS_IN = 20
"""Seconds that an interpreter may take to start on a busy machine."""
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one fetch.

    `outcome`: items, same (nothing new), gone (410), status (any other), private (an address inside),
    redirects, huge, slow, not_a_feed, or unreachable. `address` is where it was at last; `pause` is what its
    server asks for, in seconds.
    """

    outcome: str
    address: str = ""
    title: str = ""
    items: tuple[FeedItem, ...] = ()
    etag: str = ""
    modified: str = ""
    status: int = 0
    pause: int = 0


class FeedReader(Protocol):
    """Fetches and reads one feed."""

    async def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """The items of a feed, unless it is what was fetched last. Raises nothing for what strangers do."""
        ...


class SandboxedFeedReader:
    """The real one; `allowed` are private servers that may be reached all the same."""

    def __init__(self, allowed: Sequence[str] = (), *, patience: int = 8) -> None:
        """`patience` are the seconds in which a server has to say something."""
        self.allowed, self.patience = tuple(allowed), patience

    async def fetch(self, address: str, *, etag: str = "", modified: str = "") -> Fetched:
        """One at a time in each process."""
        known = {"etag": etag, "modified": modified, "patience": self.patience}
        job = json.dumps({"address": address, **known}).encode()
        async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
            answer = await bounded_child.run(_CODE, self.allowed, job, seconds=SECONDS + _STARTS_IN)
        return _read(answer)


def _read(answer: bytes) -> Fetched:
    """What the child said; one that was killed was slow."""
    if not answer:
        return Fetched(outcome="slow")
    said: dict[str, Any] = json.loads(answer)
    return msgspec.convert(said, Fetched)
