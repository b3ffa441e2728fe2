"""Does a real browser take the manifest, the share menu's address and the bookmark as they are meant?"""

import json

from playwright.sync_api import Browser, expect

from tests.browser.desks import DeskServer
from tests.extension.conftest import chrome

__all__ = ["chrome"]

POST = "https://social.example/dana/17"
PAGE = (
    b"<!doctype html><title>Dana &amp; the cake</title><p id=post>Still no cake &amp; no answer.</p><p>Else"
)


def test_the_browser_finds_nothing_wrong_with_the_manifest(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "fr")
    page = context.new_page()
    page.goto("/")
    session = context.new_cdp_session(page)
    found = session.send("Page.getAppManifest")
    assert found["errors"] == []
    assert json.loads(found["data"])["lang"] == "fr"
    problems = {
        one["errorId"] for one in session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    }
    assert problems <= {"in-incognito"}
    context.close()


def test_the_bookmark_brings_the_selected_words_of_any_page(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en", permissions=["clipboard-read", "clipboard-write"])
    desk = context.new_page()
    desk.goto("/pair")
    desk.get_by_role("button", name="Copy the bookmark").click()
    expect(desk.get_by_text("Copied.")).to_be_visible()
    bookmark = desk.evaluate("navigator.clipboard.readText()")
    assert bookmark == desk.get_by_label("A bookmark for any other browser").input_value()

    page = context.new_page()
    page.route("**/*", lambda route: route.fulfill(content_type="text/html", body=PAGE))
    page.goto(POST)
    page.evaluate("getSelection().selectAllChildren(document.getElementById('post'))")
    with context.expect_page() as opened:
        page.evaluate("bookmark => { location.href = bookmark }", bookmark)
    form = opened.value
    expect(form.get_by_label("Address of the post")).to_have_value(POST)
    expect(form.get_by_label("What does it say?")).to_have_value("Still no cake & no answer.")
    assert form.evaluate("opener") is None
    assert page.url == POST
    form.get_by_role("button", name="Open the case").click()
    expect(form.get_by_role("heading", level=1)).to_contain_text("Dana & the cake")
    context.close()
