"""Does a click become a case, whatever the network, the server or the page do?"""

import io
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from tests.extension.conftest import PAGES, Installed
from tests.extension.receiver import Receiver
from tests.waiting import POLL_SECONDS

Found = TypeVar("Found")
TIMELINE = (PAGES / "x" / "timeline.html").read_bytes()
HOME = "https://x.com/home"
FIRST_POST = "https://x.com/otto_haverkamp/status/1890000000000000001"


def open_timeline(browser: Installed) -> Page:
    page = browser.open(HOME, TIMELINE)
    page.locator("amends-button").nth(1).wait_for()
    return page


def inside(page: Page) -> list[str]:
    """What our closed shadow trees hold, as assistive software sees it: no selector can look in."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    roles = ("button", "link", "StaticText")
    return [
        f"{node['role']['value']}: {node.get('name', {}).get('value', '')}"
        for node in nodes
        if not node.get("ignored") and node.get("role", {}).get("value") in roles
    ]


def wait_until(page: Page, look: Callable[[], Found], seconds: float = 20) -> Found:
    """Looks until there is something; to read the tree of a large page takes as long as several frames."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, f"not in {inside(page)}"
        page.wait_for_timeout(1000 * POLL_SECONDS)
    return found


def wait_until_shown(page: Page, wanted: str) -> None:
    wait_until(page, lambda: wanted in inside(page))


def select_in_first_post(page: Page) -> None:
    page.evaluate("() => getSelection().selectAllChildren(document.querySelector('[data-testid=tweetText]'))")


def press_button(page: Page, at: int = 0) -> None:
    page.locator("amends-button").nth(at).click()


def press(page: Page, name: str) -> None:
    """Click what stands in the bar's closed tree, where it is on the screen."""
    session = page.context.new_cdp_session(page)
    wait_until(page, lambda: any(seen.endswith(f": {name}") for seen in inside(page)))
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        is_it = node.get("name", {}).get("value") == name and node["role"]["value"] in ("button", "link")
        if is_it and not node.get("ignored"):
            quad = session.send("DOM.getContentQuads", {"backendNodeId": node["backendDOMNodeId"]})["quads"][
                0
            ]
            session.detach()
            page.mouse.click((quad[0] + quad[4]) / 2, (quad[1] + quad[5]) / 2)
            return
    raise AssertionError(f"no {name} in {inside(page)}")


def send_now(browser: Installed) -> None:
    browser.call("() => chrome.runtime.sendMessage({ type: 'send' })")


@pytest.fixture
def axe() -> Axe:
    return Axe()


def test_one_click_in_a_post_becomes_a_case_and_its_link(paired: Installed, receiver: Receiver) -> None:
    page = open_timeline(paired)
    assert page.locator("amends-button").count() == 2
    assert "button: Create case from post by Otto Haverkamp 🚲" in inside(page)
    press_button(page)
    wait_until_shown(page, "link: #142")
    [(name, capture)] = receiver.captures.items()
    assert len(name) == 36
    assert capture["url"] == FIRST_POST
    assert capture["page"] == {"url": HOME, "title": "Otto Haverkamp / X"}
    assert capture["adapter"] == {"name": "x", "version": 1}
    assert capture["capturedAt"].endswith("Z")
    assert "severity" not in capture
    paired.until_waiting(0)


def test_our_button_swallows_its_own_keys_and_no_others(paired: Installed) -> None:
    page = open_timeline(paired)
    page.evaluate("""() => {
      window.heard = [];
      addEventListener('keydown', ({ key }) => heard.push(key));
    }""")
    session = page.context.new_cdp_session(page)
    for node in session.send("Accessibility.getFullAXTree")["nodes"]:
        if node.get("name", {}).get("value", "").startswith("Create case from post by Otto"):
            session.send("DOM.focus", {"backendNodeId": node["backendDOMNodeId"]})
    for key in ("j", "Escape", " "):
        page.keyboard.press(key)
    assert page.evaluate("heard") == ["j", "Escape"]
    wait_until_shown(page, "link: #142")


def test_the_same_post_again_is_the_case_that_exists(paired: Installed, receiver: Receiver) -> None:
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "link: #142")
    press_button(again := open_timeline(paired))
    wait_until_shown(again, "link: Already case #142")
    assert len(receiver.captures) == 2


def test_the_popup_is_filled_in_and_enter_is_enough(paired: Installed, receiver: Receiver) -> None:
    select_in_first_post(page := open_timeline(paired))
    popup = paired.press_toolbar(page)
    assert popup.locator("#name").inner_text() == "Otto Haverkamp 🚲"
    assert popup.locator("#text").inner_text().startswith("My parcel is late again, @acme_care.")
    assert "Noor Ametz" in popup.locator("#to").inner_text()
    popup.keyboard.press("Enter")
    expect(popup.locator("#result a")).to_have_text("Case #142 created")
    assert popup.locator("#result a").get_attribute("href") == f"{receiver.url}/cases/142"
    [(name, capture)] = receiver.captures.items()
    assert capture["url"] == FIRST_POST
    receiver.wait_for(lambda: name in receiver.screenshots)
    with Image.open(io.BytesIO(receiver.screenshots[name])) as image:
        assert image.format == "WEBP"
        assert 0 < image.height < 720 or image.width < 1280


def test_the_popup_offers_the_other_posts_severity_and_a_note(paired: Installed, receiver: Receiver) -> None:
    select_in_first_post(page := open_timeline(paired))
    popup = paired.press_toolbar(page)
    popup.keyboard.press("Shift+Tab")
    assert popup.evaluate("document.activeElement.id") == "note"
    popup.keyboard.type("Called twice already")
    popup.locator("#next").click()
    assert popup.locator("#name").inner_text() == "Lene Aagaard"
    assert popup.locator("#missing").inner_text().startswith("No text was found")
    popup.locator("#previous").click()
    popup.locator("input[value=s2]").check()
    popup.keyboard.press("Enter")
    expect(popup.locator("#result a")).to_be_focused()
    [capture] = receiver.captures.values()
    assert (capture["severity"], capture["note"]) == ("s2", "Called twice already")


def test_pairing_takes_one_click_and_no_copying(
    browser_with_extension: Installed, receiver: Receiver
) -> None:
    receiver.page = pairing_page(receiver.code, receiver.url)
    page = browser_with_extension.context.new_page()
    page.goto(f"{receiver.url}/pair")
    popup = browser_with_extension.press_toolbar(page)
    assert popup.locator("#pair-server").inner_text() == receiver.url
    assert popup.locator("#pair-member").inner_text() == "Noor Ametz"
    popup.keyboard.press("Enter")
    expect(popup.locator("#result")).to_contain_text("This browser is paired.")
    [[pairing]] = browser_with_extension.stored("pairings")
    assert (pairing["server"], pairing["token"], pairing["member"]) == (
        receiver.url,
        receiver.token,
        "Noor Ametz",
    )
    assert ("POST", "/api/v1/browsers") in receiver.asked


def pairing_page(code: str, server: str) -> str:
    return (
        f'<!doctype html><title>Pair</title><meta name="amends-pairing" content="{code}">'
        f'<meta name="amends-server" content="{server}"><meta name="amends-member" content="Noor Ametz">'
    )


def test_a_page_cannot_pair_with_a_server_that_is_not_its_own(
    browser_with_extension: Installed, receiver: Receiver
) -> None:
    html = pairing_page(receiver.code, receiver.url).encode()
    popup = browser_with_extension.press_toolbar(browser_with_extension.open(HOME, html))
    assert popup.locator("#pair-now").is_disabled()
    assert "another server" in popup.locator("#pair-problem").inner_text()
    popup.evaluate("() => document.getElementById('pair').requestSubmit()")
    assert ("POST", "/api/v1/browsers") not in receiver.asked
    assert browser_with_extension.stored("pairings") == []


def test_a_used_code_says_what_the_server_says(browser_with_extension: Installed, receiver: Receiver) -> None:
    receiver.page = pairing_page("used", receiver.url)
    page = browser_with_extension.context.new_page()
    page.goto(f"{receiver.url}/pair")
    popup = browser_with_extension.press_toolbar(page)
    popup.keyboard.press("Enter")
    expect(popup.locator("#pair-problem")).to_have_text("This code was used or is too old. Reload the page.")


def test_an_unpaired_browser_says_how_to_pair(browser_with_extension: Installed) -> None:
    page = open_timeline(browser_with_extension)
    popup = browser_with_extension.press_toolbar(page)
    assert "not paired yet" in popup.locator("#unpaired").inner_text()
    press_button(page)
    wait_until_shown(page, "StaticText: Not paired yet")


def test_a_server_that_is_down_loses_nothing(paired: Installed, receiver: Receiver) -> None:
    receiver.stop()
    page = open_timeline(paired)
    press_button(page)
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    [entry] = paired.stored("outbox:")
    assert entry["tries"] == 1
    receiver.start()
    send_now(paired)
    receiver.wait_for(lambda: receiver.captures)
    assert list(receiver.captures) == [entry["id"]]
    wait_until_shown(page, "link: #142")
    paired.until_waiting(0)
    assert len([path for method, path in receiver.asked if method == "PUT"]) == 1


def test_what_waits_survives_the_end_of_the_worker(paired: Installed, receiver: Receiver) -> None:
    receiver.stop()
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    [entry] = paired.stored("outbox:")
    paired.stop_worker()
    receiver.start()
    send_now(paired)
    receiver.wait_for(lambda: receiver.captures)
    assert list(receiver.captures) == [entry["id"]]


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(paired: Installed, receiver: Receiver) -> None:
    receiver.refuse = (429, "Too many captures. Wait a little.")
    receiver.headers = {"Retry-After": "3600"}
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    [entry] = paired.stored("outbox:")
    assert entry["problem"] == "Too many captures. Wait a little."
    [rest] = paired.stored("rest:")
    wait = paired.call("until => until - Date.now()", rest["until"])
    assert 3_500_000 < wait <= 3_600_000


def test_a_revoked_token_keeps_everything_and_asks_to_pair_again(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.token = "another"
    page = open_timeline(paired)
    press_button(page)
    wait_until_shown(page, "StaticText: Saved here. Please pair this browser again.")
    press_button(page, 1)
    popup = paired.press_toolbar(page)
    assert "This browser is no longer paired." in popup.locator("#again").inner_text()
    kept = {entry["id"] for entry in paired.stored("outbox:")}
    assert len(kept) == 2
    assert paired.call("() => chrome.action.getBadgeText({})") == "!"
    paired.pair(receiver)
    send_now(paired)
    receiver.wait_for(lambda: len(receiver.captures) == 2)
    assert set(receiver.captures) == kept


def test_a_refused_capture_stays_with_the_sentence_of_the_server(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.refuse = (422, "The text is longer than 100,000 characters.")
    page = open_timeline(paired)
    press_button(page)
    wait_until_shown(page, "StaticText: Refused by the server, saved here")
    popup = paired.press_toolbar(page)
    expect(popup.locator("#queue .failed")).to_contain_text("The text is longer than 100,000 characters.")
    with paired.context.expect_page() as opened:
        # the popup closes while it is clicked: who waits for the end of the click would find it gone
        opener = popup.get_by_role("button", name="Open the outbox")
        opener.evaluate("(button) => setTimeout(() => button.click())")
    receiver.refuse = None
    opened.value.get_by_role("button", name="Try again").click()
    receiver.wait_for(lambda: receiver.captures)
    expect(opened.value.locator("#empty")).to_be_visible()


def test_a_refused_capture_can_be_saved_and_deleted(paired: Installed, receiver: Receiver) -> None:
    receiver.refuse = (422, "No.")
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Refused by the server, saved here")
    options = paired.own_page("outbox/outbox.html")
    options.evaluate("""() => { const make = URL.createObjectURL;
      URL.createObjectURL = blob => { window.saved = blob.text(); return make.call(URL, blob); }; }""")
    with options.expect_download() as saved:
        options.get_by_role("button", name="Download: Otto").click()
    assert saved.value.suggested_filename.endswith(".json")
    assert json.loads(options.evaluate("() => saved"))["url"] == FIRST_POST
    options.get_by_role("button", name="Delete: Otto").click()
    expect(options.get_by_role("button", name="Keep it")).to_be_focused()
    options.get_by_role("button", name="Delete", exact=True).click()
    expect(options.locator("#empty")).to_be_visible()
    assert paired.stored("outbox:") == []


def test_an_answer_that_is_not_from_amends_acknowledges_nothing(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.refuse = (200, "Welcome to the hotel")
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Saved here: blocked on the way")
    [entry] = paired.stored("outbox:")
    assert "Something other than Amends answers" in entry["problem"]


def test_a_full_queue_refuses_visibly_and_pushes_nothing_out(paired: Installed, receiver: Receiver) -> None:
    fill = """async () => {
      const { put } = await import('/lib/outbox.js');
      await Promise.all(Array.from({ length: 500 }, (_, at) => put({ id: String(at),
        to: 'https://other.example Nell', server: 'https://other.example', member: 'Nell',
        body: { url: 'https://a.example' },
        made: '2025-01-01T00:00:00Z', tries: 0, next: 0, state: 'waiting', screenshot: 'none' })));
    }"""
    paired.call(fill)
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Queue full, not saved")
    assert len(paired.stored("outbox:")) == 500
    assert receiver.captures == {}


def test_a_capture_goes_only_to_the_server_it_was_made_for(paired: Installed, receiver: Receiver) -> None:
    other = Receiver()
    other.start()
    receiver.stop()
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    paired.pair(other)
    send_now(paired)
    outbox = paired.own_page("outbox/outbox.html")
    there = receiver.url.removeprefix("http://")
    expect(outbox.locator("#entries")).to_contain_text(
        f"Waits until this browser is paired again: {there}, as Noor Ametz."
    )
    assert other.captures == {}
    other.stop()


@pytest.mark.parametrize(
    "trigger",
    [
        "tab => chrome.contextMenus.onClicked.dispatch({ menuItemId: 'create-case' }, tab)",
        "tab => chrome.commands.onCommand.dispatch('create-case', tab)",
    ],
    ids=["menu", "shortcut"],
)
def test_the_menu_and_the_shortcut_create_at_once(
    trigger: str, paired: Installed, receiver: Receiver
) -> None:
    page = open_timeline(paired)
    page.bring_to_front()
    select_in_first_post(page)
    find = "async url => (await chrome.tabs.query({})).find(tab => tab.url === url)"
    paired.worker.evaluate(trigger, paired.worker.evaluate(find, HOME))
    receiver.wait_for(lambda: receiver.captures)
    assert [capture["url"] for capture in receiver.captures.values()] == [FIRST_POST]
    wait_until_shown(page, "link: #142")


def test_any_other_page_is_captured_through_the_toolbar(paired: Installed, receiver: Receiver) -> None:
    html = (PAGES / "generic" / "reviews.html").read_bytes()
    popup = paired.press_toolbar(paired.open("https://reviews.example/acme", html))
    expect(popup.locator("#position")).to_have_text("Post 1 of 3")
    popup.keyboard.press("Enter")
    expect(popup.locator("#result a")).to_have_text("Case #142 created")
    [capture] = receiver.captures.values()
    assert (capture["platform"], capture["rating"]) == ("web", {"value": 1, "max": 5})


def test_a_page_that_grows_gets_its_buttons(paired: Installed) -> None:
    page = open_timeline(paired)
    page.evaluate("""() => { const copy = document.querySelector('article').cloneNode(true);
      copy.querySelector('amends-button').remove(); document.querySelector('main').append(copy); }""")
    expect(page.locator("amends-button")).to_have_count(3)


def test_of_comments_that_share_an_address_only_the_one_pressed_is_marked(
    paired: Installed, receiver: Receiver
) -> None:
    comments = PAGES / "tiktok" / "video.html"
    page = paired.open("https://www.tiktok.com/@kettles/video/7507673491211029803", comments.read_bytes())
    page.locator("amends-button").nth(2).wait_for()
    press_button(page)
    wait_until_shown(page, "link: #142")
    assert sum(each.startswith("link: #") for each in inside(page)) == 1


def test_a_hostile_page_achieves_nothing(paired: Installed, receiver: Receiver) -> None:
    page = open_timeline(paired)
    page.evaluate(
        """id => {
          for (const host of document.querySelectorAll('amends-button')) {
            if (host.shadowRoot) throw new Error('open');
            for (const type of ['pointerdown', 'mousedown', 'mouseup', 'click', 'keydown'])
              host.dispatchEvent(new MouseEvent(type, { bubbles: true, composed: true }));
            host.click();
          }
          const capture = { platform: 'x', kind: 'post', url: 'https://x.com/a/status/1' };
          const message = { type: 'create', capture };
          for (const target of ['*', location.origin]) postMessage(message, target);
          postMessage({ type: 'pair', server: location.origin, code: 'x' }, '*');
          try { chrome.runtime.sendMessage(id, message); } catch { /* there is nobody to ask */ }
        }""",
        paired.id,
    )
    probe = page.evaluate(
        "id => fetch(`chrome-extension://${id}/icons/16.png`).then(() => 'reached', () => 'shut')", paired.id
    )
    assert probe == "shut"
    press_button(page, 1)
    receiver.wait_for(lambda: receiver.captures)
    assert [capture["author"]["name"] for capture in receiver.captures.values()] == ["Lene Aagaard"]


def test_a_content_script_may_only_create(paired: Installed) -> None:
    open_timeline(paired)
    ask = """async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://x.com/*' });
      const run = message => chrome.scripting.executeScript({ target: { tabId: tab.id }, args: [message],
        func: message => chrome.runtime.sendMessage(message).catch(() => 'nobody answers') });
      const peek = () => chrome.scripting.executeScript({ target: { tabId: tab.id },
        func: () => chrome.storage.local.get(null).catch(() => 'no access') });
      const types = [{ type: 'unpair' }, { type: 'drop', id: '1' }, { type: 'toString' },
        { type: 'create', capture: { url: 'javascript:1' } }];
      const answers = [];
      for (const message of types) answers.push((await run(message))[0].result);
      return [...answers, (await peek())[0].result];
    }"""
    *shut, create, storage = paired.call(ask)
    assert create == {"outcome": "unreadable"}
    assert storage == "no access"
    assert all(answer in (None, "nobody answers") for answer in shut)
    assert paired.stored("pairings")


def test_the_toolbar_button_tells_what_is_overdue(paired: Installed, receiver: Receiver) -> None:
    receiver.overdue = 3
    alarm = "() => chrome.alarms.onAlarm.dispatch({ name: 'summary', scheduledTime: 0 })"
    paired.worker.evaluate(alarm)
    receiver.wait_for(lambda: len(receiver.tags) >= 1)
    expect_badge(paired, "3")
    before = len(receiver.tags)
    paired.worker.evaluate(alarm)
    receiver.wait_for(lambda: len(receiver.tags) > before)
    assert receiver.tags[-1] == '"3"'
    expect_badge(paired, "3")


def expect_badge(browser: Installed, wanted: str) -> None:
    wait = """async wanted => {
      for (let at = 0; at < 400 && await chrome.action.getBadgeText({}) !== wanted; at += 1);
      return chrome.action.getBadgeText({});
    }"""
    assert browser.worker.evaluate(wait, wanted) == wanted


def test_unpairing_asks_when_something_waits_and_revokes_the_token(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.refuse = (503, "Busy.")
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Saved here. Will be sent when Amends answers.")
    options = paired.own_page("options/options.html")
    options.locator(".unpair").click()
    expect(options.locator(".no")).to_be_focused()
    options.locator(".yes").click()
    expect(options.locator("#pairings")).to_have_text("This browser is not paired yet")
    assert ("DELETE", "/api/v1/browsers/current") in receiver.asked
    assert len(paired.stored("outbox:")) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_our_pages_are_accessible(scheme: str, paired: Installed, receiver: Receiver, axe: Axe) -> None:
    receiver.refuse = (422, "Refused for this test.")
    press_button(page := open_timeline(paired))
    wait_until_shown(page, "StaticText: Refused by the server, saved here")
    look: Callable[[Page], Any] = lambda shown: shown.emulate_media(color_scheme=scheme)  # noqa: E731
    popup = paired.press_toolbar(page)
    look(popup)
    assert axe.run(popup).response["violations"] == []
    assert popup.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    options = paired.own_page("options/options.html")
    look(options)
    options.set_viewport_size({"width": 320, "height": 640})
    assert axe.run(options).response["violations"] == []
    assert options.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
