"""How do the tests get a Chromium with the extension in it, and pages that seem to come from the sites?"""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, Route, Worker

from tests import chromium
from tests.extension.receiver import Receiver

EXTENSION = Path(__file__).parents[2] / "extension"
PAGES = Path(__file__).parents[1] / "pages"
REAL_PAGES = Path(__file__).parents[3] / "shared" / "pages"
READERS = [
    EXTENSION / "content" / "page.js",
    *sorted((EXTENSION / "content" / "sites").glob("*.js")),
    EXTENSION / "content" / "generic.js",
]
POLICY = "script-src 'none'; style-src 'none'; require-trusted-types-for 'script'"


def answer_with(html: bytes, status: int = 200) -> Callable[[Route], None]:
    """Serve one page and nothing else, as strictly as the strictest site would."""
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(status=status, headers=headers, body=html)
        else:
            route.abort()

    return answer


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(**chromium.launch_options())
    yield browser
    browser.close()


@pytest.fixture
def read(chrome: Browser) -> Iterator[Callable[[str, bytes], list[dict[str, Any]]]]:
    """Read a page served at `url` the way the extension does, in a page of its own."""
    context = chrome.new_context()

    def read_page(url: str, html: bytes) -> list[dict[str, Any]]:
        page = context.new_page()
        page.route("**/*", answer_with(html))
        page.goto(url, wait_until="domcontentloaded")
        for source in READERS:
            page.evaluate(source.read_text())
        found: list[dict[str, Any]] = page.evaluate("url => Amends.readAll(document, url)", url)
        return found

    yield read_page
    context.close()


def unpack(folder: Path) -> Path:
    """The extension as it is, but allowed on X: a permission prompt hangs without a screen."""
    shutil.copytree(EXTENSION, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["host_permissions"] = [
        f"https://{host}/*" for host in ("x.com", "*.x.com", "twitter.com", "*.twitter.com")
    ]
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(tmp_path_factory.mktemp("extension") / "extension")


class Installed:
    """Chromium with the extension in it: its worker, its pages, and a finger for its toolbar button."""

    def __init__(self, playwright: Playwright, context: BrowserContext, port: int) -> None:
        self.playwright = playwright
        self.context = context
        self.endpoint = f"http://127.0.0.1:{port}"
        self.connections: list[Browser] = []
        self.remote = playwright.chromium.connect_over_cdp(self.endpoint)
        self.session: CDPSession = self.remote.new_browser_cdp_session()
        self.id = self.worker.url.split("/")[2]

    @property
    def worker(self) -> Worker:
        workers = self.context.service_workers
        return workers[0] if workers else self.context.wait_for_event("serviceworker")

    def open(self, url: str, html: bytes) -> Page:
        page = self.context.new_page()
        page.route("**/*", answer_with(html))
        page.goto(url, wait_until="domcontentloaded")
        return page

    def call(self, script: str, argument: Any = None) -> Any:
        """Run a script in an own page of the extension, where its interfaces are."""
        page = self.own_page("options/options.html")
        try:
            return page.evaluate(script, argument)
        finally:
            page.close()

    def own_page(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(f"chrome-extension://{self.id}/{path}")
        page.wait_for_selector("body[data-ready]")
        return page

    def press_toolbar(self, page: Page) -> Page:
        """Click the toolbar button on that page: it grants activeTab and opens the real popup."""
        page.bring_to_front()
        targets = self.session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        target = next(each["targetId"] for each in targets if each["url"] == page.url)
        self.session.send("Extensions.triggerAction", {"id": self.id, "targetId": target})
        popup = self.popup()
        popup.wait_for_selector("body[data-ready]")
        return popup

    def popup(self) -> Page:
        """The open popup. A connection sees only popups that were there before it."""
        for _ in range(50):
            seen = self.playwright.chromium.connect_over_cdp(self.endpoint)
            self.connections.append(seen)
            if found := [page for page in seen.contexts[0].pages if page.url.endswith("/popup/popup.html")]:
                return found[0]
        raise AssertionError("the toolbar button opened no popup")

    def close(self) -> None:
        """Close every page but the first, and what was opened to see them."""
        for page in self.context.pages[1:]:
            page.close()
        while self.connections:
            self.connections.pop().close()

    def pair(self, receiver: Receiver) -> None:
        pairing = {"server": receiver.url, "token": receiver.token, "member": "Noor Ametz", "team": "Care"}
        self.call("pairing => chrome.storage.local.set({ pairing })", pairing)

    def stored(self, prefix: str) -> list[Any]:
        """Everything kept under keys that begin so."""
        everything: dict[str, Any] = self.call("() => chrome.storage.local.get(null)")
        return [value for key, value in everything.items() if key.startswith(prefix)]


@contextmanager
def started(playwright: Playwright, unpacked: Path, profile: Path) -> Iterator[Installed]:
    """Chromium with the extension in it, until the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = chromium.launch_options()
    options["args"] = [
        *options["args"],
        f"--disable-extensions-except={unpacked}",
        f"--load-extension={unpacked}",
        f"--remote-debugging-port={port}",
        "--enable-unsafe-extension-debugging",
        "--disable-background-networking",
    ]
    context = playwright.chromium.launch_persistent_context(profile, **options)
    installed = Installed(playwright, context, port)
    yield installed
    installed.remote.close()
    context.close()


@pytest.fixture(scope="session")
def installed(
    playwright: Playwright, unpacked: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installed]:
    with started(playwright, unpacked, tmp_path_factory.mktemp("profile")) as installed:
        yield installed


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.start()
    yield receiver
    receiver.stop()


@pytest.fixture
def browser_with_extension(installed: Installed) -> Iterator[Installed]:
    """The browser with nothing kept and no page open."""
    installed.call("() => chrome.storage.local.clear()")
    yield installed
    installed.close()


@pytest.fixture
def paired(browser_with_extension: Installed, receiver: Receiver) -> Installed:
    browser_with_extension.pair(receiver)
    return browser_with_extension
