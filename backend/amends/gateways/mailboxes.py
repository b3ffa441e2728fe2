"""Mailboxes: their new mails are fetched in a child process that reaches no private address."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol
from weakref import WeakKeyDictionary

import msgspec

from amends.gateways import bounded_child

_CODE = bounded_child.code_of("amends.gateways.mailbox_child")
MOST_SECONDS = 120
"""For all of one visit."""
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is wanted of a mailbox: the mails after the last one that is stored; those are marked as read.

    `since` is the day from which mails are taken where the mailbox was made anew (another `validity`).
    """

    host: str
    port: int
    plain: bool
    user: str
    password: str
    folder: str
    validity: int = 0
    last: int = 0
    marked: int = 0
    since: str = ""


class FetchedMail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail, or only the header of one that is too large."""

    uid: int
    size: int
    is_whole: bool
    content: bytes


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a visit.

    `outcome`: fetched, login (refused), folder (there is none), certificate, private (an address inside),
    slow, or unreachable. `next` is the UID that the next mail will get; `more` when not all fitted.
    """

    outcome: str
    validity: int = 0
    next: int = 0
    messages: int = 0
    mails: tuple[FetchedMail, ...] = ()
    more: bool = False


class MailboxReader(Protocol):
    """Fetches mails of one mailbox."""

    async def fetch(self, visit: Visit) -> Fetched:
        """The next mails. Raises nothing for what servers do."""
        ...

    async def look(self, visit: Visit) -> Fetched:
        """Whether it can be read, and where it stands; nothing is fetched or marked."""
        ...


class SandboxedMailboxReader:
    """The real one; `allowed` are private servers that may be reached all the same."""

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        self.allowed = tuple(allowed)

    async def fetch(self, visit: Visit) -> Fetched:
        """In a child of its own."""
        return await self._visit("fetch", visit)

    async def look(self, visit: Visit) -> Fetched:
        """The same."""
        return await self._visit("look", visit)

    async def _visit(self, deed: str, visit: Visit) -> Fetched:
        job = json.dumps({"deed": deed, **asdict(visit)}).encode()
        async with _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(1)):
            answer = await bounded_child.run(_CODE, self.allowed, job, seconds=MOST_SECONDS)
        return msgspec.json.decode(answer, type=Fetched) if answer else Fetched(outcome="slow")
