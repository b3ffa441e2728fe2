"""Can a stranger's text run a program here, load something, or make our own scripts ask for something?

Twice over (R-40, R-44): as text that was captured, on the pages that show it; and raw, on a page that forgot
to escape it, where the content policy and hx-csp are all that is left. Last, without those two, the same page
must be seen to fall: else these tests could not fail.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests import shared
from tests.browser.desks import DeskServer, serving
from tests.browser.payloads import ELSEWHERE, LOADS, PROGRAMS, REQUESTS
from tests.extension.conftest import chrome

__all__ = ["chrome"]

CLOSED = [words for words in PROGRAMS if not words.endswith(" //") and "\u202e" not in words]
"""Without those whose open ends would swallow what follows them on the same page."""


@pytest.fixture(scope="module")
def hostile_desk(tmp_path_factory: pytest.TempPathFactory, run: shared.Run) -> Iterator[DeskServer]:
    """A desk on which strangers, and a member, have written programs into every field."""
    with serving(tmp_path_factory.mktemp("hostile"), "hostile", run) as server:
        yield server


class Harm:
    """What went wrong in a browser: dialogs, marks in a window, and requests that nobody of ours asks for."""

    def __init__(self, context: BrowserContext, server: DeskServer) -> None:
        self.done: list[str] = []
        self.server = server
        context.on("page", self._watch)
        context.route(re.compile(rf"^(?!{re.escape(server.url)})"), self._refuse)
        context.route("**/stolen", self._refuse)

    def _watch(self, page: Page) -> None:
        page.on("dialog", lambda dialog: (self.done.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.done.append(f"window {popup.url}"))

    def _refuse(self, route: Route) -> None:
        if not route.request.url.startswith(("data:", "blob:")):
            self.done.append(f"{route.request.method} {route.request.url}")
        route.abort()

    def look_at(self, page: Page) -> None:
        """Notes a mark, and gives every script that waits for it its occasion."""
        for element in page.locator("main a, main summary").all()[:1]:
            element.hover(force=True, timeout=2000, no_wait_after=True) if element.is_visible() else None
        observe(page, milliseconds=30)
        if page.evaluate("window.marked ?? null") is not None:
            self.done.append(f"a program ran on {page.url}")
        if not page.url.startswith(self.server.url):
            self.done.append(f"went to {page.url}")


def test_captured_text_stays_text_on_every_page(chrome: Browser, hostile_desk: DeskServer) -> None:
    context = hostile_desk.visit(chrome, "en")
    harm = Harm(context, hostile_desk)
    page = context.new_page()
    numbers = hostile_desk.told["numbers"]
    lists = [
        "/",
        "/?who=mine",
        "/cases",
        f"/cases?before={numbers[25]}",
        "/agenda",
        f"/agenda?view=day&day={hostile_desk.now().date() + timedelta(days=1)}",
        "/settings",
        "/settings/browsers",
        "/settings/members",
        "/settings/extension",
        "/pair",
        *(f"/triage?case={number}" for number in numbers[::6]),
    ]
    for address in (*lists, *(f"/cases/{number}" for number in numbers)):
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, f"{address} shows nothing"
        harm.look_at(page)
    assert not harm.done
    context.close()


def test_what_was_written_is_shown_as_it_was_written(chrome: Browser, hostile_desk: DeskServer) -> None:
    context = hostile_desk.visit(chrome, "en")
    page = context.new_page()
    for words in (PROGRAMS[0], PROGRAMS[32], REQUESTS[0]):
        everything = [*PROGRAMS, *LOADS, "", *REQUESTS]
        page.goto(f"/cases/{hostile_desk.told['numbers'][everything.index(words)]}")
        expect(page.locator(".letter-text").first).to_contain_text(words)
        expect(page.locator(".entries").get_by_text(words, exact=True).first).to_be_visible()
    context.close()


def test_a_swapped_part_with_captured_text_asks_for_nothing(
    chrome: Browser, hostile_desk: DeskServer
) -> None:
    context = hostile_desk.visit(chrome, "en")
    harm = Harm(context, hostile_desk)
    page = context.new_page()
    for number in hostile_desk.told["numbers"][-len(REQUESTS) - 3 : -3]:
        page.goto(f"/cases/{number}")
        page.get_by_label("Note for the team").fill(REQUESTS[0])
        with page.expect_response(re.compile("/notes")):
            page.get_by_label("Note for the team").press("Control+Enter")
        expect(page.get_by_text("Note added.")).to_be_visible()
        harm.look_at(page)
    assert not harm.done
    context.close()


def observe(page: Page, milliseconds: int = 300) -> None:
    """Time in which what must not happen could: enough for it all where the policy and the guard are gone."""
    page.wait_for_timeout(milliseconds)


def open_broken(context: BrowserContext, *, words: str = "", part: str = "-") -> Page:
    """The page that forgot to escape `words`, and has put a part that forgot to escape `part` into itself."""
    page = context.new_page()
    page.goto(f"/broken?{urlencode({'words': words or '-', 'part': part}, errors='replace')}")
    page.locator("#more").dispatch_event("click")
    expect(page.locator("#swapped")).to_be_attached()
    observe(page)
    return page


def test_a_page_that_forgot_to_escape_runs_and_loads_nothing(
    chrome: Browser, hostile_desk: DeskServer
) -> None:
    context = hostile_desk.visit(chrome)
    harm = Harm(context, hostile_desk)
    for some in (LOADS, CLOSED[:12], CLOSED[12:24], CLOSED[24:]):
        page = open_broken(context, words="\n".join(some))
        assert page.locator("main script, main [onerror], main [onload], main [src], main a").count()
        for link in page.locator("a[href^='javascript:'], button[formaction^='javascript:']").all():
            link.dispatch_event("click")
        harm.look_at(page)
        page.close()
    for words in ("<script src=/x></script>", PROGRAMS[0], PROGRAMS[8], PROGRAMS[11]):
        page = context.new_page()
        page.goto(f"/broken?{urlencode({'words': '-', 'part': words})}")
        page.locator("#more").click()
        observe(page)
        harm.look_at(page)
        page.close()
    assert not harm.done
    context.close()


@pytest.mark.parametrize("words", REQUESTS)
def test_an_attribute_of_a_stranger_makes_htmx_ask_for_nothing(
    chrome: Browser, hostile_desk: DeskServer, words: str
) -> None:
    context = hostile_desk.visit(chrome)
    harm = Harm(context, hostile_desk)
    for place in ("words", "part"):
        page = open_broken(context, **{place: words})
        assert page.locator("main [hx-trigger]").count() == 0, "hx-csp takes the attributes away"
        page.close()
    assert not harm.done
    context.close()


def test_the_guard_comes_with_htmx_or_htmx_does_not_come(chrome: Browser, hostile_desk: DeskServer) -> None:
    """As two files they raced: while the guard was on its way, htmx did what a stranger's attributes said."""
    context = hostile_desk.visit(chrome)
    harm = Harm(context, hostile_desk)
    context.route("**/hx-csp.js", lambda route: route.abort())
    open_broken(context, words="\n".join(REQUESTS))
    assert not harm.done
    context.close()


def test_the_same_pages_fall_without_the_policy_and_the_guard(
    chrome: Browser, hostile_desk: DeskServer
) -> None:
    context = hostile_desk.visit(chrome)
    harm = Harm(context, hostile_desk)

    def disarm(route: Route) -> None:
        answer = route.fetch()
        kept = {name: value for name, value in answer.headers.items() if "security-policy" not in name}
        route.fulfill(response=answer, headers=kept, body=answer.text().replace('"hx-csp"', '"none"'))

    context.route(f"{hostile_desk.url}/broken?*", disarm)
    page = context.new_page()
    for some in (*([each] for each in REQUESTS[:2]), LOADS, CLOSED[:8]):
        page.goto(f"/broken?{urlencode({'words': chr(10).join(some), 'part': '-'}, errors='replace')}")
        observe(page)
        harm.look_at(page)
    wanted = ("POST", f"GET {ELSEWHERE}", "a program ran")
    assert not [kind for kind in wanted if not any(kind in done for done in harm.done)], harm.done
    context.close()
