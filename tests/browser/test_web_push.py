"""Does a push become a notification that opens its case, and does the button give what the server needs?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Playwright, expect

from tests import chromium, shared
from tests.browser.desks import Complaints, DeskServer, serving
from tests.gateways.push_service import Browser as Subscribed
from tests.waiting import wait_until

SHOWN = """async () => (await (await navigator.serviceWorker.ready).getNotifications())
    .map(({title, body, tag, data}) => ({title, body, tag, url: data.url}))"""
AT_WORK = "async () => (await navigator.serviceWorker.ready).active.state === 'activated'"
GIVES = """subscription => {
    const plain = (text) => atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = (text) => Uint8Array.from(plain(text), (one) => one.charCodeAt(0));
    const {endpoint, key, auth} = subscription;
    PushManager.prototype.subscribe = async (wanted) => {
        window.wanted = [wanted.userVisibleOnly, wanted.applicationServerKey.length];
        return {endpoint, getKey: (name) => bytes(name === 'auth' ? auth : key).buffer};
    };
}"""
"""Chromium has no push service without Google's: what that would give is put in its place."""


@pytest.fixture
def desk(tmp_path: Path, run: shared.Run) -> Iterator[DeskServer]:
    with serving(tmp_path, "full", run) as desk:
        yield desk


def registration_of(session: CDPSession, page: Page) -> str:
    """The id by which Chromium knows the service worker of this page, once that is at work."""
    found: dict[str, str] = {}
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.update({one["scopeURL"]: one["registrationId"] for one in told["registrations"]}),
    )
    session.send("ServiceWorker.enable")
    scope: str = page.evaluate("async () => (await navigator.serviceWorker.ready).scope")
    wait_until(
        lambda: scope in found and page.evaluate(AT_WORK),
        lambda: f"no worker of {scope} among {found}",
        20,
        pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
    )
    return found[scope]


@pytest.fixture
def windowed(playwright: Playwright, tmp_path: Path, full_desk: DeskServer) -> Iterator[BrowserContext]:
    """The build with windows: the one without shows no notifications."""
    options = chromium.launch_options_for_extensions()
    folder = str(tmp_path / "profile")
    context = playwright.chromium.launch_persistent_context(folder, base_url=full_desk.url, **options)
    session = full_desk.told["sessions"]["en"]
    context.add_cookies([{"name": "amends_session", "value": session, "url": full_desk.url}])
    yield context
    context.close()


def test_a_push_is_shown_with_its_words_and_a_later_one_takes_its_place(
    windowed: BrowserContext, full_desk: DeskServer
) -> None:
    context = windowed
    context.grant_permissions(["notifications"], origin=full_desk.url)
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/")
    session = context.new_cdp_session(page)
    registration = registration_of(session, page)

    def push(title: str) -> None:
        told = {"title": title, "body": "Dana, on X", "tag": "case-9", "url": f"{full_desk.url}/cases/9"}
        values = {"origin": full_desk.url, "registrationId": registration, "data": json.dumps(told)}
        session.send("ServiceWorker.deliverPushMessage", values)

    push("#9 · answer in public · tomorrow 11:00")
    push("#9 · <b>late</b>")
    wait_until(
        lambda: [one["title"] for one in page.evaluate(SHOWN)] == ["#9 · <b>late</b>"],
        lambda: str(page.evaluate(SHOWN)),
        20,
        pause=lambda seconds: page.wait_for_timeout(1000 * seconds),
    )
    assert page.evaluate(SHOWN) == [
        {
            "title": "#9 · <b>late</b>",
            "body": "Dana, on X",
            "tag": "case-9",
            "url": f"{full_desk.url}/cases/9",
        }
    ]
    assert complaints.heard == []


def test_the_button_subscribes_and_the_browser_stands_among_the_destinations(
    chrome: Browser, desk: DeskServer
) -> None:
    context = desk.visit(chrome, "en")
    context.grant_permissions(["notifications"], origin=desk.url)
    page = context.new_page()
    complaints = Complaints(page)
    page.goto("/settings/reminders")
    to = Subscribed().subscription("https://push.example.org/send/abc")
    page.evaluate(GIVES, {"endpoint": to.endpoint, "key": to.key, "auth": to.auth})
    page.get_by_role("button", name="Send reminders to this browser").click()
    expect(page.locator("#targets")).to_contain_text("webpush://push.example.org/…")
    expect(page.locator("#targets")).to_contain_text("Chrome on Linux")
    assert complaints.heard == []


def test_who_allows_no_notifications_is_told_what_to_do(chrome: Browser, full_desk: DeskServer) -> None:
    page = full_desk.visit(chrome, "fr").new_page()
    page.goto("/settings/reminders")
    page.evaluate("Notification.requestPermission = async () => 'denied'")
    page.get_by_role("button", name="Recevoir les rappels dans ce navigateur").click()
    expect(page.locator("[data-why=denied]")).to_be_visible()
    expect(page.locator("#targets")).not_to_contain_text("webpush:")
