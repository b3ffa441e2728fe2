"""Does a passkey of a real browser get made, sign in, stand in for a code and confirm?"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import shared
from tests.browser.desks import DeskServer, serving

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def desk(tmp_path: Path, run: shared.Run) -> Iterator[DeskServer]:
    """Under a name: an address that is a number has no passkeys."""
    with serving(tmp_path, "full", run, host="localhost") as desk:
        yield desk


def with_device(page: Page) -> str:
    """Chromium's own authenticator, with a finger on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    identifier: str = added["authenticatorId"]
    return identifier


def test_a_passkey_is_made_and_signs_in_without_a_password(browser: Browser, desk: DeskServer) -> None:
    with desk.visit(browser, "en") as context:
        page = context.new_page()
        with_device(page)
        page.goto("/settings/passkeys/new")
        page.get_by_label("Name", exact=True).fill("Blue key")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        page.get_by_role("link", name="I have kept them").click()
        expect(page.locator("#passkeys")).to_contain_text("Blue key")
        page.goto("/settings/passkeys/new")
        page.get_by_role("button", name="Make the passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("This device has a passkey for you here already.")

        context.clear_cookies()
        page.goto("/agenda")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/agenda")
        page.goto("/settings/sign-in")
        expect(page.locator("#passkeys")).to_contain_text("last used")


def test_without_a_passkey_the_page_says_so_and_the_password_is_still_there(
    browser: Browser, desk: DeskServer
) -> None:
    with desk.visit(browser) as context:
        page = context.new_page()
        with_device(page)
        page.goto("/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("alert")).to_contain_text("No passkey was given, or it took too long.")
        expect(page.get_by_label("Password", exact=True)).to_be_visible()


def test_without_scripts_no_button_pretends_to_work(browser: Browser, desk: DeskServer) -> None:
    with desk.visit(browser, "en", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/settings/passkeys/new")
        expect(page.get_by_role("heading", name="Add a passkey")).to_be_visible()
        expect(page.get_by_role("button", name="Make the passkey")).to_be_hidden()
