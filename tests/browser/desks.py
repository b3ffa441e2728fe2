"""How do the browser tests get a desk with cases on it, and a page that listens for every complaint?"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.conftest import MovableServer

STARTS_AT = datetime.fromisoformat(os.environ.get("DESK_STARTS_AT", "2027-03-03T14:00:00+01:00"))
"""A Wednesday in the middle of the working day; $DESK_STARTS_AT tries the same tests at another instant."""


class DeskServer(MovableServer):
    """Amends in a process of its own, filled before it serves, on the same day whenever the tests run."""

    def __init__(self, folder: Path, kind: str, migrated: Path) -> None:
        (folder / "data").mkdir()
        shutil.copyfile(migrated, folder / "data" / "amends.db")
        self.told_in = folder / "told.json"
        told = {"TOLD_FILE": str(self.told_in)}
        self._start(folder, "tests.browser.desk_server", kind, at=STARTS_AT, **told)
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
            context.add_cookies([{"name": "amends_session", "value": token, "url": self.url}])
        return context


@contextmanager
def serving(folder: Path, kind: str, migrated: Path) -> Iterator[DeskServer]:
    """A running desk: "full" of the demonstration's cases, "hostile" ones, or "fresh".

    Its database is a copy of the migrated one: the tests of the command migrate an empty one.
    """
    server = DeskServer(folder, kind, migrated)
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
