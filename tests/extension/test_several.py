"""Can one browser work for several servers or members without a capture ever going to the wrong one?"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import (
    FIRST_POST,
    open_timeline,
    press_button,
    select_in_first_post,
    wait_until_shown,
)


@pytest.fixture
def other() -> Iterator[Receiver]:
    other = Receiver(token="token-of-the-other")
    other.start()
    yield other
    other.stop()


@pytest.fixture
def both(browser_with_extension: Installed, receiver: Receiver, other: Receiver) -> Installed:
    browser_with_extension.pair(receiver, other)
    return browser_with_extension


def key_of(receiver: Receiver) -> str:
    return f"{receiver.url} noor@example.com"


def host_of(receiver: Receiver) -> str:
    return receiver.url.removeprefix("http://")


def test_the_popup_names_both_and_the_next_click_follows_the_choice(
    both: Installed, receiver: Receiver, other: Receiver
) -> None:
    select_in_first_post(page := open_timeline(both))
    popup = both.press_toolbar(page)
    select = popup.locator("#to select")
    assert select.locator("option").all_inner_texts() == [
        f"{host_of(receiver)}, as Noor Ametz",
        f"{host_of(other)}, as Noor Ametz",
    ]
    expect(select).to_have_value(key_of(receiver))
    assert Axe().run(popup).response["violations"] == []
    assert popup.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    select.select_option(key_of(other))
    popup.locator("#send").press("Enter")
    expect(popup.locator("#result a")).to_have_attribute("href", f"{other.url}/cases/142")
    press_button(page, 1)
    other.wait_for(lambda: len(other.captures) == 2)
    assert receiver.captures == {}


def test_the_choice_of_one_site_is_not_that_of_another(
    both: Installed, receiver: Receiver, other: Receiver
) -> None:
    found = both.call(
        """async ([first, second]) => {
          const { pairingFor, remember } = await import('/lib/pairings.js');
          await remember('https://x.com/home', first);
          await remember('https://reddit.com/r/acme', second);
          const sites = ['https://x.com/nell', 'https://reddit.com/', 'https://elsewhere.example/'];
          return Promise.all(sites.map(async url => (await pairingFor(url)).key));
        }""",
        [key_of(receiver), key_of(other)],
    )
    assert found == [key_of(receiver), key_of(other), key_of(other)]


def test_a_token_refused_by_one_stops_only_that_one(
    both: Installed, receiver: Receiver, other: Receiver
) -> None:
    receiver.token = "another"
    page = open_timeline(both)
    press_button(page)
    wait_until_shown(page, "StaticText: Saved here. Please pair this browser again.")
    select_in_first_post(page)
    popup = both.press_toolbar(page)
    popup.locator("#to select").select_option(key_of(other))
    popup.locator("#send").press("Enter")
    other.wait_for(lambda: other.captures)
    assert [capture["url"] for capture in other.captures.values()] == [FIRST_POST]
    both.until_waiting(1)
    assert [entry["to"] for entry in both.waiting()] == [key_of(receiver)]


def test_a_server_that_is_away_holds_up_nothing_of_the_other(
    both: Installed, receiver: Receiver, other: Receiver
) -> None:
    receiver.stop()
    press_button(page := open_timeline(both))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    both.call("key => chrome.storage.local.set({ lastUsed: { 'x.com': key } })", key_of(other))
    press_button(page, 1)
    other.wait_for(lambda: other.captures)
    both.until_waiting(1)
    assert [entry["to"] for entry in both.waiting()] == [key_of(receiver)]
    receiver.start()
    both.send_now()
    receiver.wait_for(lambda: receiver.captures)
    assert [capture["url"] for capture in receiver.captures.values()] == [FIRST_POST]


def test_each_is_unpaired_by_itself_and_only_what_waits_for_it_is_asked_about(
    both: Installed, receiver: Receiver, other: Receiver
) -> None:
    receiver.refuse = (503, "Busy.")
    press_button(page := open_timeline(both))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    options = both.own_page("options/options.html")
    options.get_by_role("button", name=f"Unpair: Noor Ametz, {other.url}").click()
    expect(options.locator("#pairings > li")).to_have_count(1)
    options.get_by_role("button", name=f"Unpair: Noor Ametz, {receiver.url}").click()
    expect(options.get_by_role("alert")).to_contain_text("1 not sent yet.")
    options.locator(".no").click()
    expect(options.locator("#pairings > li")).to_have_count(1)
    assert ("DELETE", "/api/v1/browsers/current") in other.asked
    assert ("DELETE", "/api/v1/browsers/current") not in receiver.asked


def test_what_waits_for_one_that_is_gone_can_be_sent_to_another(
    both: Installed, receiver: Receiver, other: Receiver
) -> None:
    receiver.refuse = (503, "Busy.")
    press_button(page := open_timeline(both))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    both.pair(other)
    outbox = both.own_page("outbox/outbox.html")
    outbox.get_by_role("button", name="Edit").click()
    outbox.locator("form select").last.select_option(key_of(other))
    outbox.get_by_role("button", name="Save and send").click()
    other.wait_for(lambda: other.captures)
    assert [capture["url"] for capture in other.captures.values()] == [FIRST_POST]


def test_the_badge_is_the_sum_over_both(both: Installed, receiver: Receiver, other: Receiver) -> None:
    receiver.overdue, other.overdue = 2, 3
    assert (
        both.call(
            """async () => {
          await (await import('/lib/badge.js')).refresh();
          return chrome.action.getBadgeText({});
        }"""
        )
        == "5"
    )
