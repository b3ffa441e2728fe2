"""What does a whole journey need? A server, a clock to move, a mailbox, a browser with the extension."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.extension.conftest import browser_with_extension, installed, unpacked

if TYPE_CHECKING:
    from tests.browser import desks

__all__ = ["browser_with_extension", "installed", "unpacked"]

STARTED = re.compile(r"first admin, once: (\S+)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Mailbox:
    """A real SMTP server; what it receives can be waited for."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self._arrived = threading.Condition()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()
        return "250 kept"

    def wait_for(self, words: str, seconds: float = 60) -> EmailMessage:
        """The first message with these words in its subject, now or when it comes."""
        with self._arrived:
            assert self._arrived.wait_for(lambda: self._found(words), seconds), self.subjects
        return self._found(words)[0]

    def _found(self, words: str) -> list[EmailMessage]:
        return [message for message in self.messages if words in str(message["subject"])]

    @property
    def subjects(self) -> list[str]:
        return [str(message["subject"]) for message in self.messages]

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class MovableServer:
    """Amends in a process of its own, whose clock the test moves."""

    def __init__(self, folder: Path, database_url: str, mailbox: Mailbox) -> None:
        self.ahead = folder / "seconds-ahead"
        self.ahead.write_text("0")
        self.log = folder / "log"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
        environment |= {
            "AMENDS_DATA_DIR": str(folder / "data"),
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_PORT": str(port),
            "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{mailbox.port}",
            "SECONDS_AHEAD_FILE": str(self.ahead),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.movable_server"],
                cwd=Path(__file__).parents[2],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_for(STARTED.pattern)

    def move(self, *, days: float) -> None:
        """Sets the clock ahead, from where it is."""
        moved = self.ahead.with_suffix(".new")
        moved.write_text(str(float(self.ahead.read_text()) + days * 86400))
        moved.replace(self.ahead)  # the server reads it at any moment: the old one or the new one, never half

    @property
    def set_up_link(self) -> str:
        found = STARTED.search(self.log.read_text())
        assert found, self.log.read_text()
        return found[1]

    def _wait_for(self, words: str) -> None:
        """Until the server answers and has said these words."""
        for _ in range(600):
            assert self.process.poll() is None, self.log.read_text()
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1)
            except OSError:
                threading.Event().wait(0.1)
            else:
                if re.search(words, self.log.read_text()):
                    return
        raise AssertionError(self.log.read_text())

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def server(tmp_path: Path, empty_database_url: str, mailbox: Mailbox) -> Iterator[MovableServer]:
    """Amends before anybody has set it up, on each kind of database."""
    running = MovableServer(tmp_path, empty_database_url, mailbox)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def full_desk(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[desks.DeskServer]":
    """A desk with the demonstration's cases, which the tests of pages and keys share."""
    from tests.browser import desks

    with desks.serving(tmp_path_factory.mktemp("full"), "full") as server:
        yield server
