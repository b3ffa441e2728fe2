"""Does a page show which of its posts are cases, without anybody being told what is read?"""

from datetime import UTC, datetime, timedelta
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import (
    FIRST_POST,
    HOME,
    TIMELINE,
    inside,
    open_timeline,
    press,
    press_button,
    select_in_first_post,
    wait_until,
    wait_until_shown,
)

KEPT_POSTS = """async () => Object.entries(await chrome.storage.local.get(null))
  .filter(([key]) => key.startsWith('posts:'))
  .flatMap(([, { posts }]) => posts.map(post => post.number)).join()"""


def listed(receiver: Receiver, **changes: Any) -> dict[str, Any]:
    """One post of the server's list: the first of the timeline."""
    return {
        "keys": ["x:1890000000000000001", "x.com/otto_haverkamp/status/1890000000000000001"],
        "number": 42,
        "url": f"{receiver.url}/cases/42",
        "stage": "contact",
        "owner": "Ada",
        "mine": False,
        "openedAt": "2025-02-13T12:00:00.000Z",
        "publicReplies": 1,
        "budget": 2,
        "next": "contact_in_private",
        "revisit": False,
        "prepared": False,
        **changes,
    }


def fetch_list(browser: Installed, receiver: Receiver, *posts: dict[str, Any]) -> None:
    """The worker fetches the list as it does every five minutes."""
    receiver.posts = list(posts)
    fetch = """numbers => new Promise(resolve => {
      const look = async () => {
        const everything = Object.entries(await chrome.storage.local.get(null));
        const posts = everything.find(([key]) => key.startsWith('posts:'))?.[1];
        if (JSON.stringify(posts?.posts.map(post => post.number)) === numbers) resolve();
      };
      chrome.storage.onChanged.addListener(look);
      chrome.alarms.onAlarm.dispatch({ name: 'summary', scheduledTime: 0 });
      look();
    })"""
    browser.worker.evaluate(fetch, str([post["number"] for post in posts]).replace(" ", ""))


def marks(page: Page) -> list[str]:
    return [name for name in inside(page) if name.startswith("link: #")]


def test_a_post_that_is_a_case_shows_where_it_stands(paired: Installed, receiver: Receiver) -> None:
    in_the_middle_of_a_day = datetime.now(UTC) - timedelta(days=3.5)
    fetch_list(paired, receiver, listed(receiver, openedAt=in_the_middle_of_a_day.isoformat()))
    page = open_timeline(paired)
    wait_until_shown(page, "link: #42 · Contact privately · Ada · 3 d")
    assert "button: Create case from post by Otto Haverkamp 🚲" not in inside(page)
    assert "button: Create case from post by Lene Aagaard" in inside(page)
    with paired.context.expect_page() as opened:
        press_button(page)
    assert opened.value.url == f"{receiver.url}/cases/42"


def test_a_case_nobody_has_says_so_and_an_address_is_enough(paired: Installed, receiver: Receiver) -> None:
    address_only = listed(receiver, keys=listed(receiver)["keys"][1:], owner=None, stage="new")
    fetch_list(paired, receiver, address_only)
    page = open_timeline(paired)
    [marked] = wait_for_marks(page)
    assert marked.startswith("link: #42 · New · nobody · ")


def wait_for_marks(page: Page) -> list[str]:
    return wait_until(page, lambda: marks(page))


def test_nothing_that_is_browsed_is_sent(paired: Installed, receiver: Receiver) -> None:
    fetch_list(paired, receiver, listed(receiver))
    for _ in range(2):
        page = open_timeline(paired)
        wait_for_marks(page)
        page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        wait_for_marks(page)
    assert {path for _, path in receiver.asked} == {
        f"/api/v1/{name}" for name in ("places", "posts", "summary")
    }


def test_the_list_is_asked_for_with_its_tag_and_after_each_case(
    paired: Installed, receiver: Receiver
) -> None:
    fetch_list(paired, receiver)
    receiver.posts_then = [listed(receiver)]  # not before the press: else its button is a mark already
    page = open_timeline(paired)
    press_button(page)
    wait_until_shown(page, "link: #142")
    paired.until(KEPT_POSTS, "42")
    assert all(receiver.list_tags[1:]), "a list that is here is asked for with its tag"
    again = open_timeline(paired)
    wait_for_marks(again)
    assert paired.stored("posts")[0]["posts"][0]["number"] == 42


def test_a_list_that_is_not_shaped_as_agreed_marks_nothing(paired: Installed, receiver: Receiver) -> None:
    wrong: list[dict[str, Any]] = [
        {"url": "javascript:alert(1)"},
        {"keys": "x:1890000000000000001"},
        {"stage": "<b>"},
        {"number": "42"},
        {"openedAt": "soon"},
    ]
    sound = listed(receiver, keys=["x:1890000000000000003"], number=43, owner="A\u202eda\nB")
    receiver.posts = [listed(receiver, **change) for change in wrong]
    fetch_list(paired, receiver, sound)
    receiver.posts = [*(listed(receiver, **change) for change in wrong), sound]
    paired.worker.evaluate("() => chrome.alarms.onAlarm.dispatch({ name: 'summary', scheduledTime: 0 })")
    receiver.wait_for(lambda: receiver.asked.count(("GET", "/api/v1/posts")) >= 2)
    page = open_timeline(paired)
    assert [mark.split(" · ")[:3] for mark in wait_for_marks(page)] == [
        ["link: #43", "Contact privately", "Ada B"]
    ]


def test_a_script_in_a_page_learns_only_of_what_it_names(paired: Installed, receiver: Receiver) -> None:
    other = listed(receiver, keys=["x:1"], number=7)
    fetch_list(paired, receiver, listed(receiver), other)
    page = open_timeline(paired)
    wait_for_marks(page)
    ask = """async keys => {
      const [tab] = await chrome.tabs.query({ url: 'https://x.com/*' });
      const run = keys => chrome.scripting.executeScript({ target: { tabId: tab.id }, args: [keys],
        func: keys => chrome.runtime.sendMessage({ type: 'known', keys }) });
      return (await run(keys))[0].result;
    }"""
    answer = paired.call(ask, ["x:1", "x:2", "__proto__", "constructor"])
    assert {key: post["number"] for key, post in answer.items()} == {"x:1": 7}
    assert "keys" not in answer["x:1"]
    shapes: list[Any] = [None, "x:1", [["x:1"]], [1], ["x:1"] * 501, ["x" * 2_049]]
    assert [paired.call(ask, shape) for shape in shapes] == [{}] * len(shapes)


def test_another_member_of_another_server_sees_no_old_marks(paired: Installed, receiver: Receiver) -> None:
    fetch_list(paired, receiver, listed(receiver))
    paired.call(
        "pairing => chrome.storage.local.set({ pairings: [pairing] })",
        {"key": f"{receiver.url} Ada", "server": receiver.url, "token": "t", "member": "Ada"},
    )
    page = open_timeline(paired)
    press_button(page, 1)
    wait_until_shown(page, "StaticText: Saved here. Please pair this browser again.")
    assert marks(page) == []


def test_a_mark_never_stays_on_a_post_it_is_not_about(paired: Installed, receiver: Receiver) -> None:
    fetch_list(paired, receiver, listed(receiver))
    page = open_timeline(paired)
    wait_for_marks(page)
    page.evaluate("""() => {
      const article = document.querySelector('article');
      article.querySelector('a[href*="/status/"]').href = '/otto_haverkamp/status/1890000000000000009';
      article.querySelector('[data-testid=tweetText]').append(document.createElement('i'));
    }""")
    wait_until_shown(page, "button: Create case from post by Otto Haverkamp 🚲")
    assert marks(page) == []


def test_a_mark_is_accessible_in_the_dark_and_on_a_narrow_page(paired: Installed, receiver: Receiver) -> None:
    fetch_list(paired, receiver, listed(receiver))
    page = paired.open(HOME, TIMELINE.replace(b"rgb(255, 255, 255)", b"rgb(0, 0, 0)"))
    wait_for_marks(page)
    assert Axe().run(page, context="amends-button").response["violations"] == []
    page.set_viewport_size({"width": 320, "height": 640})
    box = page.locator("amends-button").first.bounding_box()
    assert box is not None
    assert box["height"] >= 24


def test_a_second_look_is_sent_from_the_mark_and_says_what_changed(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.change = ["edited", "replies"]
    fetch_list(paired, receiver, listed(receiver, revisit=True))
    page = open_timeline(paired)
    wait_until_shown(page, "button: Recheck: #42")
    press(page, "Recheck: #42")
    wait_until_shown(page, "link: Case #42, rechecked: the text was changed, other replies")
    [capture] = receiver.captures.values()
    assert capture["revisit"] == {"caseNumber": 42, "gone": False}
    assert capture["text"].startswith("My parcel is late again")


def test_a_second_look_is_sent_from_the_popup(paired: Installed, receiver: Receiver) -> None:
    receiver.change = ["unchanged"]
    fetch_list(paired, receiver, listed(receiver, revisit=True))
    select_in_first_post(page := open_timeline(paired))
    popup = paired.press_toolbar(page)
    assert "Recheck requested" in popup.locator("#known").inner_text()
    popup.keyboard.press("Enter")
    expect(popup.locator("#result a")).to_have_text("Case #42, rechecked: unchanged")
    [capture] = receiver.captures.values()
    assert capture["revisit"] == {"caseNumber": 42, "gone": False}


def test_a_post_that_is_not_on_its_own_page_can_be_said_to_be_gone(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.change = ["gone"]
    fetch_list(paired, receiver, listed(receiver, revisit=True))
    page = paired.open(
        FIRST_POST, b"<!doctype html><title>X</title><main><p>Hmm, this page does not exist.</main>"
    )
    popup = paired.press_toolbar(page)
    assert "#42" in popup.locator("#gone-words").inner_text()
    assert popup.locator("#known").is_hidden()
    assert Axe().run(popup).response["violations"] == []
    popup.locator("#gone-now").click()
    expect(popup.locator("#result a")).to_have_text("Case #42, rechecked: the post is gone")
    [capture] = receiver.captures.values()
    assert capture["revisit"] == {"caseNumber": 42, "gone": True}
    assert (capture["platform"], capture["url"]) == ("x", FIRST_POST)
    assert "text" not in capture
    assert receiver.screenshots == {}


def test_a_second_look_that_nobody_asked_for_is_a_plain_capture(
    paired: Installed, receiver: Receiver
) -> None:
    fetch_list(paired, receiver, listed(receiver))
    there = paired.press_toolbar(paired.open(FIRST_POST, TIMELINE))
    assert there.locator("#gone").is_hidden()
    ask = """async () => {
      const [tab] = await chrome.tabs.query({ url: 'https://x.com/*' });
      const capture = { platform: 'x', id: '1890000000000000001', kind: 'post', url: tab.url };
      const revisit = { caseNumber: 42, gone: true };
      const create = { type: 'create', capture, revisit, sameCaseAs: crypto.randomUUID() };
      return (await chrome.scripting.executeScript({ target: { tabId: tab.id }, args: [create],
        func: message => chrome.runtime.sendMessage(message) }))[0].result;
    }"""
    assert paired.call(ask)["outcome"] == "created"
    [capture] = receiver.captures.values()
    assert not {"revisit", "sameCaseAs"} & set(capture)


def test_a_recheck_is_there_within_two_seconds_of_the_page_that_the_case_opened(
    paired: Installed, receiver: Receiver
) -> None:
    fetch_list(paired, receiver, listed(receiver))
    paired.stop_worker()  # what it asked for before does not count
    receiver.posts = [listed(receiver, revisit=True)]
    page = open_timeline(paired)
    wait_until(
        page, lambda: "button: Recheck: #42" in inside(page), seconds=4
    )  # two where a machine is not busy


def test_marks_follow_in_a_page_that_stays_open_within_ten_seconds(
    paired: Installed, receiver: Receiver
) -> None:
    other = listed(receiver, keys=["x:1890000000000000003"], number=43)
    fetch_list(paired, receiver, listed(receiver))
    asked = receiver.asked.count(("GET", "/api/v1/posts"))
    page = open_timeline(paired)
    wait_until(page, lambda: receiver.asked.count(("GET", "/api/v1/posts")) > asked)  # because it has opened
    assert [mark.split(" · ")[::2] for mark in wait_for_marks(page)] == [["link: #42", "Ada"]]
    receiver.posts = [listed(receiver, owner="Nell"), other]
    wait_until(page, lambda: len(marks(page)) == 2 and "Nell" in str(marks(page)), seconds=15)
