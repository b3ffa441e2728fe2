"""Where do the measured messages arrive? A mail server on the loopback address that keeps only times."""

import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Mailbox:
    """Takes every message at once, and notes when, and for whom."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.receivers: list[str] = []
        self.size = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """aiosmtpd calls this for each message."""
        self.times.append(time.monotonic())
        self.receivers.extend(envelope.rcpt_tos or ())
        self.size = len(envelope.content or b"")
        return "250 OK"

    def wait(self, messages: int, *, seconds: float) -> float:
        """How many messages a second arrived, from the first to the last of so many.

        Raises RuntimeError when they do not come in time.
        """
        until = time.monotonic() + seconds
        while len(self.times) < messages:
            if time.monotonic() > until:
                raise RuntimeError(f"{len(self.times)} of {messages} messages arrived.")
            time.sleep(0.02)
        return (messages - 1) / (self.times[messages - 1] - self.times[0])


@contextmanager
def opened(port: int) -> Iterator[Mailbox]:
    """The mailbox, reachable as long as it is open."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


def send_barely(port: int, messages: int) -> None:
    """The floor: the same number of messages by the standard library, one connection each, nothing else."""
    for place in range(messages):
        message = EmailMessage()
        message["From"], message["To"] = "amends@example.org", f"m{place}@example.org"
        message["Subject"] = "One follow-up is waiting"
        message.set_content("It is late. " * 40)
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.send_message(message)
