"""The first minutes with Amends: from the link in the terminal to the first case, with few clicks."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import STARTED
from tests.browser.desks import DeskServer, serving
from tests.extension.conftest import chrome

__all__ = ["chrome"]


@pytest.fixture
def fresh_desk(tmp_path: Path, migrated_sqlite_file: Path) -> Iterator[DeskServer]:
    """A desk that nobody has set up."""
    with serving(tmp_path, "fresh", migrated_sqlite_file) as server:
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
