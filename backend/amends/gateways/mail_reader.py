"""Reading of mails: in a child process without a network, with limits of memory and time."""

import asyncio
from typing import Protocol
from weakref import WeakKeyDictionary

import msgspec

from amends.gateways import bounded_child
from amends.gateways.mail_reader_child import SECONDS
from amends.rules.capture.mail_messages import Mail

AT_A_TIME = 2
"""Children of one process: the others wait for their turn."""
_CODE = bounded_child.code_of("amends.gateways.mail_reader_child")
_turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class MailReader(Protocol):
    """Reads the bytes of a mail."""

    async def read(self, content: bytes) -> Mail | None:
        """Its facts; None where they cannot be had within the limits."""
        ...


class SandboxedMailReader:
    """The real one."""

    async def read(self, content: bytes) -> Mail | None:
        """In a child that is ended when it takes too much."""
        turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_A_TIME))
        async with turn:
            answer = await bounded_child.run(_CODE, (), content, seconds=2 * SECONDS)
        return msgspec.json.decode(answer, type=Mail) if answer else None
