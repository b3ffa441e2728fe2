"""Outgoing mails to customers: each is handed to an SMTP server in a child process behind the guard."""

import asyncio
import base64
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Protocol
from weakref import WeakKeyDictionary

import msgspec

from amends.gateways import bounded_child

_CODE = bounded_child.code_of("amends.gateways.mail_sender_child")
MOST_SECONDS = 150
"""For all of one mail; less than the lease of a mail."""
AT_A_TIME = 2
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Whom mails are handed to, and as whom; `security` is tls, starttls or none. No user: no login.

    `hello` is the domain by which we introduce ourselves.
    """

    host: str
    port: int
    security: str
    user: str
    password: str
    hello: str


class Handed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a mail, or of a look.

    `outcome`: accepted, refused (for good), later (the server asks to try again), login (refused),
    certificate (not valid, or no TLS), private (an address inside), slow, unreachable; or unsure, where the
    server may have taken it. `code` and `said` are the server's.
    """

    outcome: str
    code: int = 0
    said: str = ""


class MailSender(Protocol):
    """Hands mails to a server."""

    async def send(self, server: SmtpServer, *, sender: str, to: str, content: bytes) -> Handed:
        """One mail to one receiver. Raises nothing for what servers do."""
        ...

    async def look(self, server: SmtpServer) -> Handed:
        """Whether it lets us in; nothing is sent."""
        ...


class SandboxedMailSender:
    """The real one; `allowed` are private servers that may be reached all the same."""

    def __init__(self, allowed: Sequence[str] = ()) -> None:
        self.allowed = tuple(allowed)

    async def send(self, server: SmtpServer, *, sender: str, to: str, content: bytes) -> Handed:
        """In a child of its own; one that was ended meanwhile may have sent it."""
        text = base64.b64encode(content).decode()
        job = {"deed": "send", **asdict(server), "sender": sender, "to": to, "content": text}
        return await self._run(job, silent="unsure")

    async def look(self, server: SmtpServer) -> Handed:
        """In a child of its own."""
        return await self._run({"deed": "look", **asdict(server)}, silent="slow")

    async def _run(self, job: dict[str, object], *, silent: str) -> Handed:
        turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_A_TIME))
        async with turn:
            told = await bounded_child.run(
                _CODE, self.allowed, json.dumps(job).encode(), seconds=MOST_SECONDS
            )
        return msgspec.json.decode(told, type=Handed) if told else Handed(outcome=silent)
