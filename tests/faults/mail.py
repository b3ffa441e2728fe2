"""SMTP server that is slow and fails before or after it has accepted a message."""

import asyncio
import random
import re
from collections import Counter
from email import message_from_bytes
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Listens on the loopback address; keeps which reference reached whom, and how often it failed."""

    def __init__(self) -> None:
        self.accepted: Counter[tuple[str, str]] = Counter()
        self.failures = 0
        self.troubled = True
        self.tried = asyncio.Event()
        self._chance = random.Random(7)

    async def start(self) -> int:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: SMTP(self, loop=loop, hostname="receiver"), "127.0.0.1", 0
        )
        return int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        self._server.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """aiosmtpd calls this for each message."""
        self.tried.set()
        fate = self._chance.random() if self.troubled else 1.0
        await asyncio.sleep(0.3 * self._chance.random() if self.troubled else 0)
        if fate < 0.1:
            self.failures += 1
            return "451 Try again later"
        found = message_from_bytes(envelope.content or b"")
        for receiver in envelope.rcpt_tos:
            self.accepted[reference_of(found), receiver] += 1
        if fate < 0.2:
            self.failures += 1  # taken, and then it says that it was not
            return "451 The disk is full"
        return "250 OK"


def reference_of(found: Any) -> str:
    named = found.get("X-Amends-Reference")
    if named:
        return str(named)
    written = re.search(rb"Ref: (\S+)", found.as_bytes())
    return written.group(1).decode() if written else "?"
