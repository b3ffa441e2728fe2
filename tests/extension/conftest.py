"""How do the tests get a Chromium with the extension in it, and pages that seem to come from the sites?"""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    CDPSession,
    Error,
    Page,
    Playwright,
    Route,
    Worker,
    expect,
)

from tests import chromium
from tests.extension import firefox, nginx
from tests.extension.receiver import Receiver
from tests.waiting import wait_until

expect.set_options(timeout=30_000)  # Playwright's five seconds are too few on a busy machine

EXTENSION = Path(__file__).parents[2] / "extension"
PAGES = Path(__file__).parents[1] / "pages"
REAL_PAGES = [Path(__file__).parents[3] / "shared" / name for name in ("pages", "pages-new")]
"""Real saved pages beside the checkout; a page of a later folder takes the place of its namesake."""
READERS = [
    *(
        EXTENSION / "content" / f"{name}.js"
        for name in [
            "page",
            "compact-forms",
            "numbers",
            "times",
            "translations",
            "site-registry",
            "review-cards",
            "selection",
        ]
    ),
    *sorted((EXTENSION / "content" / "sites").glob("*.js")),
    *(
        EXTENSION / "content" / f"{name}.js"
        for name in (
            "declared",
            "author-signs",
            "time-signs",
            "block-parts",
            "block-text",
            "blocks",
            "generic",
        )
    ),
]
EMPTY = """async () => {
  await chrome.storage.local.clear();
  const { inTransaction, promisify } = await import('/lib/idb.js');
  await inTransaction('readwrite', async stores => {
    for (const store of Object.values(stores)) await promisify(store.clear());
  });
}"""
POPUP = "/popup/popup.html"
LOCAL = "http://localhost/*"
"""Pages that this computer serves, from another host than the server's."""
Proxy = Callable[[str], str]
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


@cache
def reader_script() -> str:
    """All scripts of the readers as one, each in a scope of its own: one message to the browser, not many."""
    return "\n".join(f"(() => {{\n{source.read_text()}\n}})();" for source in READERS) + "\nundefined;"


def load_readers(page: Page) -> None:
    """Runs the extension's readers in a page, as its content scripts do."""
    page.evaluate(reader_script())


@pytest.fixture(scope="session")
def chrome(playwright: Playwright) -> Iterator[Browser]:
    options = chromium.launch_options()
    options["args"] = [
        *options["args"],
        "--blink-settings=imagesEnabled=false",
    ]  # each would be asked for here
    browser = playwright.chromium.launch(**options)
    yield browser
    browser.close()


class ReaderPage:
    """One page with the readers in it that shows one stranger's page after another.

    A context, a page and half a megabyte of readers for each of them would cost more than the reading.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.html = b""
        page.add_init_script(reader_script())
        page.route("**/*", lambda route: answer_with(self.html)(route))

    def open(self, url: str, html: bytes) -> Page:
        """Shows a page as served at `url`; what was done to the one before is gone."""
        self.html = html
        if "#" in url and self.page.url.split("#")[0] == url.split("#")[0]:
            self.page.goto("about:blank")  # to another place of the same page nothing would be loaded
        self.page.goto(url, wait_until="domcontentloaded")
        return self.page


@pytest.fixture(scope="session")
def reader_page(chrome: Browser) -> Iterator[ReaderPage]:
    context = chrome.new_context()
    yield ReaderPage(context.new_page())
    context.close()


@pytest.fixture
def read(reader_page: ReaderPage) -> Callable[[str, bytes], list[dict[str, Any]]]:
    """Read a page served at `url` the way the extension does."""

    def read_page(url: str, html: bytes) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = reader_page.open(url, html).evaluate(
            "url => Amends.readAll(document, url)", url
        )
        return found

    return read_page


def unpack(folder: Path) -> Path:
    """The extension as it is, but allowed on some sites: a permission prompt hangs without a screen."""
    shutil.copytree(EXTENSION, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["host_permissions"] = [
        f"https://{prefix}{host}/*"
        for host in ("x.com", "twitter.com", "tiktok.com", "forum.example")
        for prefix in ("", "*.")
    ]
    manifest["permissions"] += manifest.pop("optional_permissions")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpack(tmp_path_factory.mktemp("extension") / "extension")


def go_to_options(page: Page, extension_id: str) -> None:
    """The extension goes there by itself when it has just been installed; who comes second waits."""
    address = f"chrome-extension://{extension_id}/options/options.html"
    try:
        page.goto(address)
    except Error as error:
        if "interrupted by another navigation" not in error.message:
            raise
        page.wait_for_url(address)


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
        """Run a script where the extension's interfaces are: a page of its own in the first tab."""
        page = self.context.pages[0]
        if not page.url.startswith(f"chrome-extension://{self.id}/"):
            go_to_options(page, self.id)
        page.wait_for_selector("body[data-ready]")
        return page.evaluate(script, argument)

    def until(self, script: str, wanted: Any) -> None:
        """Waits until the script gives what is wanted."""
        wait_until(
            lambda: self.call(script) == wanted,
            lambda: f"not {wanted} but {self.call(script)}",
            pause=lambda seconds: self.context.pages[0].wait_for_timeout(1000 * seconds),
        )

    def until_waiting(self, count: int) -> None:
        """Until the outbox holds so many."""
        self.until("async () => (await (await import('/lib/outbox.js')).counts()).all", count)

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
        """The open popup. A connection sees only popups that were there before it, and is not cheap."""
        wait_until(
            lambda: any(url.endswith(POPUP) for url in self.targets()), "the toolbar button opened no popup"
        )
        for _ in range(50):
            seen = self.playwright.chromium.connect_over_cdp(self.endpoint)
            self.connections.append(seen)
            if found := [page for page in seen.contexts[0].pages if page.url.endswith(POPUP)]:
                return found[0]
        raise AssertionError("the toolbar button opened no popup")

    def targets(self) -> list[str]:
        """The addresses of everything that the browser has open."""
        found = self.session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
        return [each["url"] for each in found]

    def close(self) -> None:
        """Close every page but the first, and what was opened to see them."""
        for page in self.context.pages[1:]:
            page.close()
        while self.connections:
            self.connections.pop().close()

    def pair(self, *receivers: Receiver) -> None:
        """Work for these, and for nobody else."""
        pairings = [
            {
                "key": f"{receiver.url} noor@example.com",
                "server": receiver.url,
                "token": receiver.token,
                "member": "Noor Ametz",
                "email": "noor@example.com",
                "team": "Care",
            }
            for receiver in receivers
        ]
        self.call("pairings => chrome.storage.local.set({ pairings })", pairings)

    def stop_worker(self) -> None:
        """End the worker in the middle of whatever it does, as the browser does when it likes."""
        page = self.own_page("options/options.html")
        session = self.context.new_cdp_session(page)
        seen: list[str] = []
        session.on(
            "ServiceWorker.workerVersionUpdated",
            lambda event: seen.extend(version["runningStatus"] for version in event["versions"]),
        )
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        wait_until(
            lambda: "stopped" in seen,
            lambda: f"the worker is {seen}",
            pause=lambda _: page.wait_for_timeout(20),
        )
        page.close()

    def send_now(self) -> None:
        self.call("() => chrome.runtime.sendMessage({ type: 'send' })")

    def waiting(self) -> list[dict[str, Any]]:
        """What the outbox holds, in the order of its making."""
        found: list[dict[str, Any]] = self.call("async () => (await import('/lib/outbox.js')).entries()")
        return found

    def stored(self, prefix: str) -> list[Any]:
        """Everything kept under keys that begin so; what waits lies in a database of its own."""
        if prefix == "outbox:":
            return self.waiting()
        everything: dict[str, Any] = self.call("() => chrome.storage.local.get(null)")
        return [value for key, value in everything.items() if key.startswith(prefix)]


@contextmanager
def running(playwright: Playwright, unpacked: Path, profile: Path) -> Iterator[Installed]:
    """A Chromium with the extension in it, from its start to its end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = chromium.launch_options_for_extensions()
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
    with running(playwright, unpacked, tmp_path_factory.mktemp("profile")) as installed:
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
    installed.call(EMPTY)
    yield installed
    installed.close()


@pytest.fixture
def paired(browser_with_extension: Installed, receiver: Receiver) -> Installed:
    browser_with_extension.pair(receiver)
    return browser_with_extension


@pytest.fixture(scope="session")
def only_firefox(
    unpacked: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[firefox.Firefox | None]:
    """One Firefox for all tests, with the extension allowed on pages that this computer serves."""
    program = firefox.executable()
    if program is None:
        yield None
        return
    folder = tmp_path_factory.mktemp("firefox") / "extension"
    shutil.copytree(unpacked, folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["host_permissions"].append(LOCAL)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with firefox.running(program) as browser:
        browser.install(folder)
        yield browser


@pytest.fixture
def in_firefox(only_firefox: firefox.Firefox | None) -> firefox.Firefox:
    """Firefox with nothing kept and no page open but the options."""
    if only_firefox is None:
        pytest.skip("Firefox is neither installed nor could it be: install it, or name it in $FIREFOX.")
    only_firefox.close_other_pages()
    only_firefox.run(EMPTY)
    only_firefox.run("() => browser.scripting.unregisterContentScripts()")
    return only_firefox


@pytest.fixture
def proxy(receiver: Receiver, tmp_path: Path) -> Iterator[Proxy]:
    """Puts nginx with these settings before the server, and gives its address."""
    program = nginx.executable()
    if program is None:
        pytest.skip("nginx is neither installed nor could it be: install it, or name it in $NGINX.")
    with ExitStack() as stack:
        yield lambda settings: stack.enter_context(nginx.running(program, tmp_path, receiver.port, settings))
