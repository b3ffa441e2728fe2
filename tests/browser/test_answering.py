"""Does a public reply come out calm? It is written, looked over, read by a lead and posted, as lived."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Mailbox
from tests.browser.offices import Office, march, opened

HOT = "Oh please. You should have read the label!"
CALM = "We are sorry that he fell ill. Please write to us at care@bakers.example: we want to know more."
POSTED = "https://x.com/bakers/status/2"


@pytest.fixture
def office(tmp_path: Path, database_url: str, mailbox: Mailbox, chrome: Browser) -> Iterator[Office]:
    with opened(tmp_path, database_url, mailbox, chrome, "severe", march(3, 10)) as office:
        yield office


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_heated_draft_is_cooled_read_by_a_lead_and_posted(office: Office) -> None:
    bob, anne = office.member("bob").sign_in(), office.member("anne", locale="fr-FR").sign_in()
    write(bob.go("/cases/1"))

    page = anne.page
    page.reload()
    expect(page.locator(".main-nav")).to_contain_text("1 à relire")
    press(page, "g", "d")
    expect(page.locator("blockquote")).to_have_text(CALM)
    press(page, "a")
    expect(page.get_by_text("Aucun brouillon ne vous attend.")).to_be_visible()

    page = bob.go("/cases/1")
    expect(page.locator("#next-step, main").first).to_contain_text("Approved draft by Bob Cook")
    bob.send("ask_in_public", reply_url=POSTED)
    expect(page.locator(".case-chips")).to_contain_text("Waiting on customer")
    expect(page.locator("main")).to_contain_text("2 of 2")
    bob.go("/cases/1/answer")
    expect(page.locator("main")).to_contain_text("the next one is the last word")


def write(page: Page) -> None:
    """By keyboard: what is heated is marked, what is calm goes to a lead."""
    press(page, "r")
    text = page.get_by_role("textbox", name="Public reply")
    expect(text).to_be_focused()
    text.fill(HOT)
    page.get_by_role("button", name="Check it").click()
    found = page.locator("#looked")
    expect(found).to_contain_text("Oh please")
    expect(text).to_have_value(HOT)
    text.fill(CALM)
    page.get_by_role("button", name="Check it").click()
    expect(found).to_contain_text("No problems found.")
    expect(page.get_by_role("button", name="Save draft")).to_have_count(0)
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_role("heading", name="The reply is waiting for review")).to_be_visible()


def press(page: Page, *keys: str) -> None:
    page.locator("h1").first.click()
    for key in keys:
        page.keyboard.press(key)
