"""Does a server that a person names get the button, until they take it away again?"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.extension.conftest import PAGES, Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import press_button

FORUM = (PAGES / "discourse" / "topic.html").read_bytes()
ADDRESS = "https://forum.example/t/2026/88"


def add(options: Page, written: str) -> None:
    options.get_by_label("Address of the server").fill(written)
    options.keyboard.press("Enter")


def test_a_named_server_gets_the_button_in_open_tabs_and_new_ones(
    paired: Installed, receiver: Receiver
) -> None:
    page = paired.open(ADDRESS, FORUM)
    assert page.locator("amends-button").count() == 0
    options = paired.own_page("options/options.html")
    expect(options.locator("#own-why")).to_contain_text("Discourse, Lemmy")
    add(options, "https://Forum.example/latest?page=2")
    expect(options.locator("#own-hosts")).to_contain_text("forum.example")
    page.locator("amends-button").first.wait_for()
    new = paired.open(ADDRESS, FORUM)
    new.locator("amends-button").first.wait_for()
    press_button(new)
    receiver.wait_for(lambda: receiver.captures)
    [capture] = receiver.captures.values()
    assert (capture["platform"], capture["adapter"]["name"]) == ("discourse", "discourse")


def test_a_server_that_is_removed_gets_no_more_buttons(paired: Installed) -> None:
    options = paired.own_page("options/options.html")
    add(options, "forum.example")
    options.get_by_role("button", name="Remove: forum.example").press("Enter")
    expect(options.locator("#own-told")).to_contain_text("Removed: forum.example.")
    expect(options.locator("#own-host")).to_be_focused()
    expect(options.locator("#own-hosts li")).to_have_count(0)
    registered = paired.call(
        "async () => (await chrome.scripting.getRegisteredContentScripts()).map(s => s.id)"
    )
    assert "own" not in registered


@pytest.mark.parametrize(
    "written", ["http://forum.example", "forum", "", "ftp://forum.example", "a b.example"]
)
def test_what_is_no_https_address_is_said_and_stays_in_the_field(written: str, paired: Installed) -> None:
    options = paired.own_page("options/options.html")
    add(options, written)
    expect(options.locator("#own-problem")).to_contain_text("reached over https")
    expect(options.get_by_label("Address of the server")).to_have_value(written)
    assert Axe().run(options).response["violations"] == []
