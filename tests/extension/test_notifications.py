"""Is a person told when more becomes overdue and when what waited has arrived, once and only then?"""

from typing import Any

from playwright.sync_api import expect

from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import open_timeline, press_button, wait_until_shown
from tests.extension.test_outbox import keep

SHOWN = "() => chrome.notifications.getAll().then(Object.keys)"
REFRESH = "async () => (await import('/lib/badge.js')).refresh()"


def shown(browser: Installed) -> list[str]:
    found: list[str] = browser.call(SHOWN)
    return found


def clear(browser: Installed) -> None:
    browser.call("""async () => {
      for (const id of Object.keys(await chrome.notifications.getAll())) await chrome.notifications.clear(id);
    }""")


def test_more_overdue_is_told_and_less_or_the_same_is_not(paired: Installed, receiver: Receiver) -> None:
    clear(paired)
    told: list[Any] = []
    for overdue in (2, 2, 1, 4):
        receiver.overdue = overdue
        paired.call(REFRESH)
        told.append(shown(paired))
    assert told == [[], [], [], [f"{receiver.url}/"]]
    clear(paired)


def test_a_capture_that_waited_is_told_by_its_case_and_a_click_opens_it(
    paired: Installed, receiver: Receiver
) -> None:
    clear(paired)
    receiver.refuse = (503, "Busy.")
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    receiver.refuse = None
    paired.send_now()
    case = f"{receiver.url}/cases/142"
    paired.until(SHOWN, [case])
    with paired.context.expect_page() as opened:
        paired.worker.evaluate("url => { chrome.notifications.onClicked.dispatch(url); }", case)
    assert opened.value.url == case
    paired.until(SHOWN, [])


def test_what_arrives_at_once_needs_no_notice(paired: Installed, receiver: Receiver) -> None:
    clear(paired)
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "link: #142")
    assert shown(paired) == []


def test_many_that_waited_are_one_notice(paired: Installed, receiver: Receiver) -> None:
    clear(paired)
    keep(paired, receiver, 4)
    paired.call("""async () => {
      const { change, entries } = await import('/lib/outbox.js');
      for (const { id } of await entries()) await change(id, { tries: 1 });
    }""")
    paired.send_now()
    paired.until(SHOWN, [f"{receiver.url}/"])
    clear(paired)


def test_the_options_say_what_notices_are_for(paired: Installed) -> None:
    options = paired.own_page("options/options.html")
    expect(options.locator("#notices")).to_contain_text("When more becomes overdue")
    assert options.get_by_label("Desktop notifications").is_checked()
