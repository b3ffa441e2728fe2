"""Does a person sign in by a real OpenID provider, in a real browser, to the page that they asked for?"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests import shared
from tests.browser.desks import Complaints, DeskServer, serving
from tests.openid import running
from tests.openid.running import CLIENT, SECRET

PORT = running.free_port()


@pytest.fixture
def desk(tmp_path: Path, run: shared.Run) -> Iterator[DeskServer]:
    """A provider signs with the time that it is, so the desk lives now."""
    with serving(tmp_path, "full", run, AMENDS_ALLOW_PRIVATE_TARGETS=f"127.0.0.1:{PORT}") as desk:
        desk.move_to(datetime.now(UTC))
        yield desk


def named_by_an_admin(context: BrowserContext) -> str:
    """The address of return that the page of the new provider shows."""
    page = context.new_page()
    page.goto("/settings/providers")
    form = page.locator('form[action="/settings/providers"]')
    for name, value in (
        ("name", "Staff"),
        ("issuer", f"http://127.0.0.1:{PORT}"),
        ("client_id", CLIENT),
        ("client_secret", SECRET),
        ("domains", "shop.example"),
    ):
        form.locator(f'[name="{name}"]').fill(value)
    form.locator("button").click()
    expect(page.get_by_text("Address of return")).to_be_visible()
    return page.locator("dd code").inner_text()


def switched_on(context: BrowserContext) -> None:
    """An admin tests it, and offers it on the sign-in page."""
    page = context.pages[0]
    page.get_by_role("button", name="Test").click()
    expect(page.locator("main")).to_contain_text("It answers, and is the one with this issuer.")
    page.get_by_label("Offer it on the sign-in page").check()
    page.locator("#change button").click()


def answered(page: Page, name: str) -> None:
    """What the person does at the provider: says who they are, and agrees."""
    page.locator('[name="login"]').fill(name)
    page.locator('[name="password"]').fill("x")
    page.locator('button[type="submit"]').click()
    page.get_by_role("button", name=re.compile("Continue")).click()


def test_who_has_an_address_of_the_firm_signs_in_by_its_provider(browser: Browser, desk: DeskServer) -> None:
    with desk.visit(browser, "en") as admin, desk.visit(browser) as context:
        back = named_by_an_admin(admin)
        with running.provider(back, port=PORT):
            switched_on(admin)
            page = context.new_page()
            complaints = Complaints(page)
            page.goto("/agenda")
            page.get_by_text("Sign in with Staff").click()
            page.wait_for_url(f"http://127.0.0.1:{PORT}/**")
            answered(page, "ines@shop.example")
            page.wait_for_url("**/agenda")
            page.goto("/settings/sign-in")
            expect(page.locator("#providers")).to_contain_text("Staff")
            refused = [one for one in complaints.heard if "Content Security Policy" in one]
            assert refused == [], "the provider's own page may complain that it reaches no fonts"
    desk.expect_no_traceback()
