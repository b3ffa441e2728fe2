"""Do all pages of a browser share one connection for what others do?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.browser.desks import DeskServer
from tests.extension.conftest import chrome
from tests.waiting import wait_until

__all__ = ["chrome"]

SHOW = """state => {
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
TABS = 8
"""More than the six connections that a browser opens to one host over HTTP/1.1."""


class Streams:
    """The streams of a browser that are open."""

    def __init__(self, context: BrowserContext) -> None:
        self._begun: list[Request] = []
        context.on("request", self._begin)
        for end in ("requestfinished", "requestfailed"):
            context.on(end, self._end)

    def _begin(self, request: Request) -> None:
        if "/events" in request.url:
            self._begun.append(request)

    def _end(self, request: Request) -> None:
        if request in self._begun:
            self._begun.remove(request)

    @property
    def open(self) -> list[Request]:
        """Of a page that was closed, nobody says that its request has ended."""
        return [request for request in self._begun if not request.frame.page.is_closed()]


@pytest.fixture
def browsers(chrome: Browser, full_desk: DeskServer) -> Iterator[tuple[BrowserContext, Page]]:
    """Ada's browser, and the case on which Anne works in hers."""
    ada, anne = (full_desk.visit(chrome, language) for language in ("en", "fr"))
    page = anne.new_page()
    page.goto(f"/cases/{full_desk.told['cases']['working']}")
    yield ada, page
    for context in (ada, anne):
        context.close()


def test_eight_tabs_open_and_every_one_hears_what_a_colleague_writes(
    browsers: tuple[BrowserContext, Page], full_desk: DeskServer
) -> None:
    ada, anne = browsers
    streams = Streams(ada)
    tabs = [ada.new_page() for _tab in range(TABS)]
    for tab in tabs:
        tab.goto(f"/cases/{full_desk.told['cases']['working']}")
    anne.locator("#note").press_sequentially("The carrier")
    for tab in tabs:
        expect(tab.get_by_text("Writing right now: Anne Boulanger")).to_be_visible()
    assert len(streams.open) == 1
    tabs[0].close()  # another page takes over
    anne.locator("#note").fill("Only for the eight tabs")
    anne.get_by_role("button", name="Enregistrer la note").click()
    for tab in tabs[1:]:
        expect(tab.get_by_text("Only for the eight tabs")).to_be_visible()
    assert len(streams.open) == 1


def test_pages_of_different_kinds_share_the_connection(
    browsers: tuple[BrowserContext, Page], full_desk: DeskServer
) -> None:
    ada, anne = browsers
    streams = Streams(ada)
    today, case = ada.new_page(), ada.new_page()
    with ada.expect_event("request", lambda request: "case=" in request.url and "today=" in request.url):
        today.goto("/")
        case.goto(f"/cases/{full_desk.told['cases']['working']}")
    anne.locator("#note").press_sequentially("The")
    expect(case.get_by_text("Writing right now: Anne Boulanger")).to_be_visible()
    assert len(streams.open) == 1


def test_pages_work_without_a_stream(browsers: tuple[BrowserContext, Page], full_desk: DeskServer) -> None:
    ada, _anne = browsers
    streams = Streams(ada)
    ada.add_init_script("delete Navigator.prototype.locks")
    page = ada.new_page()
    page.goto(f"/cases/{full_desk.told['cases']['working']}")
    page.locator("#note").fill("Without a stream")
    page.get_by_role("button", name="Save note").click()
    expect(page.locator("#notices")).to_contain_text("Note added.")
    assert streams.open == []


def test_a_hidden_page_holds_no_connection_and_takes_one_again_when_it_is_seen(
    browsers: tuple[BrowserContext, Page], full_desk: DeskServer
) -> None:
    ada, _anne = browsers
    streams, page = Streams(ada), ada.new_page()
    for state, wanted in (("visible", 1), ("hidden", 0), ("visible", 1)):
        if page.url == "about:blank":
            page.goto(f"/cases/{full_desk.told['cases']['working']}")
        page.evaluate(SHOW, state)
        wait_until(
            lambda wanted=wanted: len(streams.open) == wanted,
            lambda: str(streams.open),
            pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
        )
