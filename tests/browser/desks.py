"""How do the browser tests get a desk with cases on it, and a page that listens for every complaint?"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.conftest import MovableServer, free_port

ROOT = Path(__file__).parents[2]


class DeskServer(MovableServer):
    """Amends in a process of its own, filled before it serves."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.log, self.told_in = folder / "log", folder / "told.json"
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
        environment |= {
            "AMENDS_DATA_DIR": str(folder / "data"),
            "AMENDS_PORT": str(port),
            "TOLD_FILE": str(self.told_in),
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.desk_server", kind],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_for("Amends is ready")

    @property
    def told(self) -> dict[str, Any]:
        """What the desk says of itself: sessions, and numbers of cases."""
        told: dict[str, Any] = json.loads(self.told_in.read_text())
        return told

    def visit(self, browser: Browser, language: str = "", **options: Any) -> BrowserContext:
        """A browser of the member with this language, or of nobody."""
        context = browser.new_context(base_url=self.url, **options)
        context.set_default_timeout(20_000)
        if language:
            token = self.told["sessions"][language]
            context.add_cookies([{"name": "session", "value": token, "url": self.url}])
        return context


@contextmanager
def serving(folder: Path, kind: str) -> Iterator[DeskServer]:
    """A running desk: "full" of the demonstration's cases, "hostile" ones, or "fresh"."""
    server = DeskServer(folder, kind)
    yield server
    server.stop()


class Complaints:
    """What the browser complains of in a page: errors of scripts, and what the content policy refused."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        is_the_pages_own_status = message.text.startswith("Failed to load resource: the server responded")
        if message.type in ("error", "warning") and not is_the_pages_own_status:
            self.heard.append(message.text)
