"""Does a browser without a connection show a page of ours, and does it keep nothing else?"""

from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import WCAG, violations
from tests.browser.desks import Complaints, DeskServer

KEPT = """async () => {
    const kept = [];
    for (const name of await caches.keys()) {
        for (const {url} of await (await caches.open(name)).keys()) kept.push(new URL(url).pathname);
    }
    return kept;
}"""
READY = "async () => (await navigator.serviceWorker.ready).active.state"


def test_without_a_connection_a_page_of_ours_says_so_and_nothing_else_was_kept(
    chrome: Browser, full_desk: DeskServer
) -> None:
    context = full_desk.visit(chrome, "fr", service_workers="allow")
    page = context.new_page()
    complaints = Complaints(page)
    number = full_desk.told["cases"]["working"]
    page.goto(f"/cases/{number}")
    assert page.evaluate(READY) in ("activating", "activated")
    page.reload()  # the first load was before the worker
    assert complaints.heard == []
    kept = page.evaluate(KEPT)
    assert {path for path in kept if not path.startswith("/static/")} == {"/offline"}
    assert len(kept) == 8

    context.set_offline(True)
    page.goto("/cases")
    expect(page.locator("h1")).to_have_text("You are offline")
    expect(page.locator("[lang=fr] h2")).to_have_text("Vous êtes hors ligne")
    assert page.evaluate("getComputedStyle(document.querySelector('.panel')).borderTopStyle") == "solid"
    assert violations(page, WCAG) == []
    context.set_offline(False)
    page.reload()
    expect(page.locator("h1")).to_have_text("Dossiers")
    assert {path for path in page.evaluate(KEPT) if not path.startswith("/static/")} == {"/offline"}


def test_the_browser_can_install_amends(chrome: Browser, full_desk: DeskServer) -> None:
    page: Page = full_desk.visit(chrome, "en", service_workers="allow").new_page()
    page.goto("/")
    page.evaluate(READY)
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["errors"] == []
    assert session.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
