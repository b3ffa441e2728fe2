"""Does a page that is against us achieve anything? Nothing is made, sent or told, and our work is bounded."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import press, press_button, wait_until, wait_until_shown
from tests.extension.test_known_posts import fetch_list, listed

PAGE = "https://x.com/otto_haverkamp/status/1890000000000000001"
LISTS = {("GET", "/summary"), ("GET", "/posts"), ("GET", "/places")}
"""What a browser reads by itself; a page makes it ask for nothing else."""
HOSTILE = (Path(__file__).parent / "hostile.html").read_bytes()


def open_hostile(browser: Installed) -> Page:
    page = browser.context.new_page()

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(headers={"content-type": "text/html; charset=utf-8"}, body=HOSTILE)
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(PAGE, wait_until="load")
    return page


@pytest.fixture
def hostile(paired: Installed, receiver: Receiver) -> Page:
    """A hostile page with a mark, a button, and a bar of ours in it."""
    receiver.prepared = [{"id": 1, "title": "One", "text": "Sorry.", "lang": "en", "approved": True}]
    fetch_list(paired, receiver, listed(receiver, prepared=True, revisit=True))
    page = open_hostile(paired)
    wait_until_shown(page, "button: Recheck: #42")
    wait_until_shown(page, "button: Insert the prepared reply")
    wait_until_shown(page, "button: Create case from post by Lene")
    return page


def asked(receiver: Receiver) -> set[tuple[str, str]]:
    return {(method, path.removeprefix("/api/v1")) for method, path in receiver.asked if method != "OPTIONS"}


def settle(page: Page) -> None:
    """Until everything that was set off has had its turn, many times over."""
    turn = "new Promise(done => requestAnimationFrame(() => setTimeout(done)))"
    page.evaluate(f"async () => {{ for (let at = 0; at < 30; at += 1) await {turn}; }}")


def test_no_event_message_or_look_achieves_anything(
    hostile: Page, paired: Installed, receiver: Receiver
) -> None:
    seen = "\n".join(hostile.evaluate("id => attack(id)", paired.id))
    settle(hostile)
    assert asked(receiver) <= LISTS
    assert (receiver.captures, receiver.posted) == ({}, [])
    assert paired.stored("outbox:") == []
    assert hostile.locator("textarea").input_value() == ""
    for secret in (receiver.token, receiver.url, "Noor", "#42", "Ada", "Sorry", "attachShadow", "Amends."):
        assert secret not in seen, secret


def test_what_a_page_did_to_its_own_world_changes_nothing_in_ours(hostile: Page, receiver: Receiver) -> None:
    hostile.evaluate("id => attack(id)", "x")
    press_button(hostile, 1)
    receiver.wait_for(lambda: receiver.captures)
    [capture] = receiver.captures.values()
    assert capture["url"] == "https://x.com/lene_aa/status/1890000000000000003"
    press(hostile, "Insert the prepared reply")
    expect(hostile.locator("textarea")).to_have_value("Sorry.")
    assert not {"attachShadow", "closest", "set"} & set(
        json.loads(hostile.evaluate('() => `[${caught.map(one => `"${one}"`)}]`'))
    )


def test_a_real_click_on_a_button_that_was_made_invisible_does_nothing(
    hostile: Page, receiver: Receiver
) -> None:
    hostile.evaluate("() => { document.getElementsByTagName('main')[0].style.opacity = '0'; }")
    press_button(hostile, 1)
    settle(hostile)
    assert receiver.captures == {}


def test_a_page_that_takes_our_buttons_away_for_ever_is_left_alone(hostile: Page, receiver: Receiver) -> None:
    hostile.evaluate("() => fight()")
    last = -1

    def is_calm() -> bool:
        nonlocal last
        before, last = (
            last,
            hostile.evaluate("() => new Promise(done => setTimeout(() => done(fought), 700))"),
        )
        return before == last

    wait_until(hostile, is_calm, seconds=60)
    assert last <= 2 * 21 + 51
    assert receiver.captures == {}


def test_five_thousand_more_of_everything_do_not_keep_us_busy(hostile: Page, receiver: Receiver) -> None:
    hostile.evaluate("() => flood(5000)")
    settle(hostile)
    assert hostile.evaluate("() => hosts().length") < 150
    assert asked(receiver) <= LISTS
    box = hostile.locator("amends-button").nth(1).bounding_box()
    assert box is not None
    hostile.mouse.click(box["x"] + 30, box["y"] + 12)
    receiver.wait_for(lambda: receiver.captures)


def test_elements_that_stand_in_for_the_documents_own_properties_create_nothing(
    hostile: Page, paired: Installed, receiver: Receiver
) -> None:
    hostile.evaluate("() => clobber()")
    hostile.evaluate("id => { try { attack(id); } catch { /* it clobbered itself as well */ } }", paired.id)
    settle(hostile)
    assert asked(receiver) <= LISTS
    assert paired.stored("outbox:") == []
