"""The first minutes with Amends: from the link in the terminal to the first case, with few clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import shared
from tests.browser.conftest import STARTED
from tests.browser.desks import DeskServer, serving
from tests.extension.conftest import chrome

__all__ = ["chrome"]


@pytest.fixture
def fresh_desk(tmp_path: Path, run: shared.Run) -> Iterator[DeskServer]:
    """A desk that nobody has set up."""
    with serving(tmp_path, "fresh", run) as server:
        yield server


class Clicks:
    """A mouse that counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=name, exact=True).or_(
            self.page.get_by_role("link", name=name, exact=True)
        ).first.click()


def test_the_first_case_is_written_down_with_four_clicks_from_the_link_of_set_up(
    chrome: Browser, fresh_desk: DeskServer, capsys: pytest.CaptureFixture[str]
) -> None:
    context = fresh_desk.visit(chrome, locale="en-GB", timezone_id="Europe/Paris")
    page = context.new_page()
    link = STARTED.search(fresh_desk.log.read_text())
    assert link
    page.goto(link[1])
    page.get_by_label("Your name").fill("Ada Baker")
    page.get_by_label("Email address").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill("seven quiet ovens")
    page.get_by_label("Name of the team").fill("Bakers")
    click = Clicks(page)
    click.on("Set up")
    click.on("Later: go to Today")
    expect(page.get_by_text("Three steps, and nothing gets forgotten")).to_be_visible()
    click.on("Enter a case by hand.")
    page.get_by_label("What does it say?").fill("The cake never came, and nobody answers.")
    click.on("Open the case")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The cake never came")
    with capsys.disabled():
        print(f"\nfirst case by hand from the link of set-up: {click.count} clicks")  # noqa: T201
    assert click.count <= 4
    context.close()


KEY_SECONDS, THINKING_SECONDS = 0.28, 1.35
"""The keystroke-level model's average typist, and one look and decision (Card, Moran, Newell 1983)."""


def test_a_new_case_is_decided_and_answered_by_keyboard_within_forty_seconds(
    chrome: Browser, full_desk: DeskServer, capsys: pytest.CaptureFixture[str]
) -> None:
    context = full_desk.visit(chrome, "en")
    page = context.new_page()
    pressed, thought = 0, 0

    def press(*keys: str) -> None:
        nonlocal pressed, thought
        thought += 1
        for key in keys:
            pressed += 1 + key.count("+")
            page.keyboard.press(key)

    page.goto("/cases/new")
    page.get_by_label("Address of the post").fill("https://x.com/dana/status/1700000000000077777")
    page.get_by_label("What does it say?").fill("Three weeks, and still no refund.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Case opened.")).to_be_visible()
    page.wait_for_load_state()  # its scripts hear keys from then on

    press("e", "3")
    press("Control+Enter")
    expect(page.locator("#next-step").get_by_role("link", name="Write the reply")).to_be_visible()
    press("e", "Enter")
    reply = page.get_by_role("textbox", name="Public reply")
    expect(reply).to_be_focused()
    words = "Sorry, Dana. Please write to us: help@demo.invalid"
    page.keyboard.type(words)
    press("Control+Enter")
    address = page.get_by_label("Address of the reply").first
    expect(address).to_be_visible()
    press("Escape", "e")
    for _tab in range(4):
        if address.evaluate("field => document.activeElement === field"):
            break
        press("Tab")
    expect(address).to_be_focused()
    page.keyboard.insert_text("https://x.com/bakers/status/77")  # pasted
    press("Control+v", "Control+Enter")
    expect(page.locator(".case-chips")).to_contain_text("Contact privately")
    seconds = (pressed + len(words)) * KEY_SECONDS + thought * THINKING_SECONDS
    with capsys.disabled():
        print(f"\ndecided and answered: {pressed} keys and {len(words)} letters, about {seconds:.0f} s")  # noqa: T201
    assert seconds <= 40
    context.close()


def test_the_focus_has_a_home_after_every_change_of_a_case(chrome: Browser, full_desk: DeskServer) -> None:
    context = full_desk.visit(chrome, "en")
    page = context.new_page()
    page.goto("/cases/new")
    page.get_by_label("What does it say?").fill("Where did the focus go?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Case opened.")).to_be_visible()
    page.wait_for_load_state()
    page.keyboard.press("e")
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Done. The next step is set.")).to_be_visible()
    lost = [] if has_focus(page) else ["after a decision"]
    page.keyboard.press("z")
    expect(page.get_by_text("Undone.")).to_be_visible()
    lost += [] if has_focus(page) else ["after undoing"]
    page.keyboard.press("n")
    page.keyboard.type("Only the team reads this.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Note added.")).to_be_visible()
    lost += [] if has_focus(page) else ["after a note"]
    assert lost == []
    context.close()


def has_focus(page: Page) -> bool:
    """Whether the next Tab goes on where somebody was, and not from the top."""
    return bool(page.evaluate("() => document.activeElement !== document.body"))
