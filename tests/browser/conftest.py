"""What does a whole journey need? A server, a clock to move, a mailbox, a browser with the extension."""

import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from playwright.sync_api import Page, Route

from tests import shared
from tests.extension.conftest import browser_with_extension, chrome, installed, unpacked
from tests.waiting import wait_until

if TYPE_CHECKING:
    from tests.browser import desks

__all__ = ["browser_with_extension", "chrome", "installed", "unpacked"]

BEGINNING = datetime(2026, 3, 4, 13, tzinfo=UTC)
"""A Wednesday in working hours. It is over: what the extension's own clock says is never too old for it."""
STARTED = re.compile(r"first admin, once: (\S+)")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_like(message: EmailMessage, words: str, to: str) -> bool:
    return words in str(message["subject"]) and str(message["to"]).startswith(to)


def wait_for_requests(page: Page, asked: list[Route], wanted: int) -> None:
    """Until so many requests have come, to be let through when the test likes."""
    wait_until(
        lambda: len(asked) >= wanted,
        lambda: f"{len(asked)} requests instead of {wanted}",
        pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
    )


class Mailbox:
    """A real SMTP server; what it receives can be waited for, and it can refuse everything."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refused: list[EmailMessage] = []
        self.is_open = True
        self._changed = threading.Condition()
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        with self._changed:
            (self.messages if self.is_open else self.refused).append(message)
            self._changed.notify_all()
        return "250 kept" if self.is_open else "451 Not now"

    def wait_for(self, words: str, *, to: str = "", seconds: float = 60) -> EmailMessage:
        """The first message with these words in its subject, to this member, now or when it comes."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._found(words, to), seconds), self.subjects(to)
        return self._found(words, to)[0]

    def wait_until_refused(self, words: str, *, to: str, times: int) -> None:
        """Until it has refused such a message to this member so many times."""
        with self._changed:
            enough = self._changed.wait_for(lambda: len(self._refused(words, to)) >= times, 60)
        assert enough, self._refused("", to)

    def subjects(self, to: str) -> list[str]:
        """All that a member has had, in order."""
        return [str(message["subject"]) for message in self._found("", to)]

    def _found(self, words: str, to: str) -> list[EmailMessage]:
        return [message for message in self.messages if is_like(message, words, to)]

    def _refused(self, words: str, to: str) -> list[str]:
        return [str(message["subject"]) for message in self.refused if is_like(message, words, to)]

    def __enter__(self) -> "Mailbox":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


class MovableServer:
    """Amends in a process of its own, whose clock the test moves; a story's beginning is made first."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        mailbox: Mailbox,
        *story: str,
        at: datetime,
    ) -> None:
        self.database_url = database_url
        settings = {
            "AMENDS_DATABASE_URL": database_url,
            "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{mailbox.port}",
            "MAIL_PORT": str(mailbox.port),
        }
        self._start(folder, "tests.browser.movable_server", *story, at=at, **settings)
        self._wait_for("Amends is ready" if story else STARTED.pattern)

    def _start(
        self, folder: Path, *command: str, at: datetime, host: str = "127.0.0.1", **settings: str
    ) -> None:
        """Runs a module that serves under this name, its clock going on from this instant."""
        self.ahead, self.log, port = folder / "seconds-ahead", folder / "log", free_port()
        self.url = f"http://{host}:{port}"
        self.move_to(at)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
        environment |= {
            "AMENDS_DATA_DIR": str(folder / "data"),
            "AMENDS_PORT": str(port),
            "AMENDS_BASE_URL": self.url,
            "SECONDS_AHEAD_FILE": str(self.ahead),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=Path(__file__).parents[2],
                env=environment | settings,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def now(self) -> datetime:
        """The instant that it is for the server, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=float(self.ahead.read_text()))

    def move_to(self, at: datetime) -> None:
        """Sets the clock to this instant, from where it goes on."""
        self._set_ahead((at - datetime.now(UTC)).total_seconds())

    def move(self, *, days: float) -> None:
        """Sets the clock ahead, from where it is."""
        self._set_ahead(float(self.ahead.read_text()) + days * 86400)

    def _set_ahead(self, seconds: float) -> None:
        moved = self.ahead.with_suffix(".new")
        moved.write_text(str(seconds))
        moved.replace(self.ahead)  # the server reads it at any moment: the old one or the new one, never half

    def expect_no_traceback(self) -> None:
        """Nothing that it met was unforeseen; else fails with the lines of its log around it."""
        before, found, after = self.log.read_text().partition("Traceback")
        assert not found, f"the server logged an exception: ...{before[-1500:]}{found}{after[:6000]}"

    @property
    def set_up_link(self) -> str:
        found = STARTED.search(self.log.read_text())
        assert found, self.log.read_text()
        return found[1]

    def _wait_for(self, words: str) -> None:
        """Until the server answers and has said these words; one that does not is stopped."""
        try:
            wait_until(lambda: self._answers() and re.search(words, self.log.read_text()), self.log.read_text)
        except BaseException:
            self.stop()
            raise

    def wait_until_ready(self) -> None:
        """Until the server answers and says that it is ready."""
        self._wait_for("Amends is ready")

    def _answers(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()
        try:
            urllib.request.urlopen(f"{self.url}/healthz", timeout=1)
        except OSError:
            return False
        return True

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


@pytest.fixture
def server(tmp_path: Path, database_url: str, mailbox: Mailbox) -> Iterator[MovableServer]:
    """Amends before anybody has set it up, on each kind of database, on the same day whenever that is."""
    running = MovableServer(tmp_path, database_url, mailbox, at=BEGINNING)
    yield running
    running.stop()


@pytest.fixture(scope="session")
def full_desk(tmp_path_factory: pytest.TempPathFactory, run: shared.Run) -> "Iterator[desks.DeskServer]":
    """A desk with the demonstration's cases, which the tests of pages and keys share."""
    from tests.browser import desks

    with desks.serving(tmp_path_factory.mktemp("full"), "full", run) as server:
        yield server
