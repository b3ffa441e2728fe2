"""How do the browser tests get a desk with cases on it, and a page that listens for every complaint?"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests import shared
from tests.browser.conftest import MovableServer

STARTS_AT = datetime.fromisoformat(os.environ.get("DESK_STARTS_AT", "2027-03-03T14:00:00+01:00"))
"""A Wednesday in the middle of the working day; $DESK_STARTS_AT tries the same tests at another instant."""

FILLED_WITHIN = timedelta(minutes=5)
"""What fills a full desk takes less: a copy's clock begins after all that is in it."""


class DeskServer(MovableServer):
    """Amends in a process of its own, filled before it serves, on the same day whenever the tests run."""

    def __init__(self, folder: Path, *kind: str, at: datetime, **settings: str) -> None:
        """Starts it in this folder, which holds a migrated database in `data`."""
        self.told_in = folder / "told.json"
        told = {"TOLD_FILE": str(self.told_in)}
        self._start(folder, "tests.browser.desk_server", *kind, at=at, **told, **settings)

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
def serving(folder: Path, kind: str, run: shared.Run, **settings: str) -> Iterator[DeskServer]:
    """A running desk: "full" of the demonstration's cases, "hostile" ones, or "fresh".

    A full one is filled once in a run and copied. The others begin with a copy of the migrated database: the
    tests of the command migrate an empty one.
    """
    if kind == "full":
        shutil.copytree(run.once("full-desk", lambda: _filled(run)), folder, dirs_exist_ok=True)
        server = DeskServer(folder, "filled", at=STARTS_AT + FILLED_WITHIN, **settings)
    else:
        _copy_migrated(run, folder)
        server = DeskServer(folder, kind, at=STARTS_AT, **settings)
    server.wait_until_ready()
    yield server
    server.stop()


def _filled(run: shared.Run) -> str:
    """The folder of a full desk that nobody serves; it is filled in a process of its own, for its clock."""
    folder = run.folder / "full-desk-data"
    _copy_migrated(run, folder)
    filling = DeskServer(folder, "full", "--only-fill", at=STARTS_AT)
    assert filling.process.wait() == 0, filling.log.read_text()
    return str(folder)


def _copy_migrated(run: shared.Run, folder: Path) -> None:
    (folder / "data").mkdir(parents=True)
    shutil.copyfile(run.sqlite_template(), folder / "data" / "amends.db")


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
