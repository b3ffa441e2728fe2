"""Does the bar beside a reply box say how the case stands, and does the prepared reply get into the box?"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.extension import editors
from tests.extension.conftest import Installed
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import inside, press, wait_until, wait_until_shown
from tests.extension.test_known_posts import fetch_list, listed

PAGE = "https://x.com/otto_haverkamp/status/1890000000000000001"
WORDS = 'Sorry, Otto.\n\nYour parcel "B" is on its way & <b>tracked</b>: write to us in private, please.'
BOX = '[data-testid="tweetTextarea_0"]'


def reply(text: str = WORDS, **changes: Any) -> dict[str, Any]:
    return {"id": 5, "title": "First answer", "text": text, "lang": "en", "approved": True, **changes}


def open_box(browser: Installed, kind: str = "textarea", url: str = PAGE, **changes: str) -> Page:
    """The post's page with a reply box of that kind; `number` and `background` change what they name."""
    said = {"number": "1890000000000000001", "background": "rgb(255, 255, 255)"}
    page = browser.context.new_page()
    page.route("**/*", editors.serve(kind, {said[name]: value for name, value in changes.items()}))
    page.goto(url, wait_until="load")
    return page


def words_of(box: Locator) -> str:
    """What a reader sees in the box, without its line breaks."""
    read = "box => /TEXTAREA/.test(box.nodeName) ? box.value : box.innerText"
    return "".join(box.evaluate(read).split())


@pytest.fixture
def listed_case(paired: Installed, receiver: Receiver) -> Installed:
    receiver.prepared = [reply()]
    fetch_list(paired, receiver, listed(receiver, prepared=True))
    return paired


def test_the_bar_says_how_the_case_stands(listed_case: Installed) -> None:
    page = open_box(listed_case)
    wait_until_shown(page, "StaticText:  · next: contact in private")
    assert [
        name for name in inside(page) if name in ("link: Case 42", "StaticText:  · 1 of 2 public replies")
    ] == [
        "link: Case 42",
        "StaticText:  · 1 of 2 public replies",
    ]
    assert page.evaluate("() => document.activeElement === document.body")
    bar, box = page.locator("amends-reply").bounding_box(), page.locator(BOX).bounding_box()
    assert bar is not None
    assert box is not None
    assert bar["y"] + bar["height"] <= box["y"]


@pytest.mark.parametrize(
    ("next_step", "reader", "words"),
    [
        ("await_reader", "Lea", "Lea reviews the draft; due Feb 14, 2025"),
        ("await_reader", None, "a lead reviews the draft; due Feb 14, 2025"),
        ("read_draft", "Lea", "review the draft; due Feb 14, 2025"),
    ],
)
def test_the_bar_says_who_reads_the_draft_and_until_when(
    paired: Installed, receiver: Receiver, next_step: str, reader: str | None, words: str
) -> None:
    post = listed(receiver, next=next_step, reader=reader, readUntil="2025-02-14T12:00:00.000Z")
    fetch_list(paired, receiver, post)
    page = open_box(paired)
    wait_until(page, lambda: any(f"next: {words}" in seen for seen in inside(page)))


def test_with_no_reply_left_it_proposes_to_close(paired: Installed, receiver: Receiver) -> None:
    fetch_list(paired, receiver, listed(receiver, publicReplies=2))
    page = open_box(paired)
    wait_until_shown(page, "StaticText:  · no public reply left (2 of 2)")
    assert any("offer a place to continue" in seen for seen in inside(page))
    assert not any("next:" in seen or "Insert" in seen for seen in inside(page))


def test_a_post_that_is_no_case_gets_no_bar_and_a_click_puts_the_bar_away(listed_case: Installed) -> None:
    other = open_box(listed_case, url=PAGE.replace("0001", "0009"), number="1890000000000000009")
    wait_until_shown(other, "button: Create case from post by Otto")
    assert other.locator("amends-reply").count() == 0
    page = open_box(listed_case)
    press(page, "Hide this bar on this page")
    expect(page.locator("amends-reply")).to_have_count(0)
    again = "document.body.append(document.querySelector('#composer').cloneNode(true))"
    page.evaluate(again)
    page.evaluate("() => new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))")
    expect(page.locator("amends-reply")).to_have_count(0)


@pytest.mark.parametrize("kind", editors.NAMES)
def test_the_prepared_reply_gets_into_the_box_and_is_never_sent(
    kind: str, listed_case: Installed, receiver: Receiver
) -> None:
    page = open_box(listed_case, kind)
    press(page, "Insert the prepared reply")
    wait_until_shown(page, "StaticText: Inserted. Read it once more, then send it yourself.")
    box = page.locator("textarea, [contenteditable=true]").first
    assert words_of(box) == "".join(WORDS.split())
    held = page.evaluate("() => window.held?.()")
    assert held is None or [line for line in held.split("\n") if line] == WORDS.split("\n\n")
    assert page.evaluate("() => window.sent") is None
    assert receiver.posted == []
    press(page, "Insert the prepared reply")
    wait_until_shown(page, "StaticText: Inserted. Read it once more, then send it yourself.")
    assert words_of(box) == "".join(WORDS.split()), "twice is once"


def test_a_box_that_takes_nothing_leaves_the_words_to_be_pasted(listed_case: Installed) -> None:
    page = open_box(listed_case, "contenteditable")
    refuse = "box => box.addEventListener('input', () => box.replaceChildren())"
    page.locator(BOX).evaluate(refuse)
    press(page, "Insert the prepared reply")
    wait_until(
        page, lambda: any("It is copied" in seen or "Copy it from here" in seen for seen in inside(page))
    )
    assert words_of(page.locator(BOX)) == ""


def test_what_stood_in_the_box_stays(listed_case: Installed) -> None:
    page = open_box(listed_case)
    page.locator(BOX).fill("Hello ")
    press(page, "Insert the prepared reply")
    wait_until_shown(page, "StaticText: Inserted. Read it once more, then send it yourself.")
    assert page.locator(BOX).input_value() == f"Hello {WORDS}"


def test_one_of_several_replies_is_chosen_and_none_is_said(
    listed_case: Installed, receiver: Receiver
) -> None:
    receiver.prepared = [reply("One"), reply("Two", title="Second answer")]
    page = open_box(listed_case)
    press(page, "Insert the prepared reply")
    press(page, "Second answer")
    expect(page.locator(BOX)).to_have_value("Two")
    receiver.prepared = []
    press(page, "Insert the prepared reply")
    wait_until_shown(page, "StaticText: No prepared reply on this case at the moment.")


def test_a_posted_reply_is_marked_with_its_address(listed_case: Installed, receiver: Receiver) -> None:
    page = open_box(listed_case)
    press(page, "Insert the prepared reply")
    wait_until_shown(page, "StaticText: Inserted. Read it once more, then send it yourself.")
    page.evaluate(
        """words => { const own = document.querySelector('article').cloneNode(true);
        own.querySelector('amends-button')?.remove();
        own.querySelector('[data-testid=tweetText]').textContent = words;
        own.querySelector('a[href*="/status/"]').href = '/acme/status/1890000000000000077';
        document.querySelector('main').append(own); }""",
        WORDS,
    )
    wait_until(page, lambda: page.locator("amends-button").count() == 2)
    receiver.posts = [listed(receiver, publicReplies=2)]
    press(page, "Mark as posted")
    page.keyboard.press("Enter")
    wait_until_shown(page, "StaticText: Marked as posted on case #42.")
    assert receiver.posted == [
        (42, {"replyUrl": "https://x.com/acme/status/1890000000000000077", "text": WORDS})
    ]
    wait_until_shown(page, "StaticText:  · no public reply left (2 of 2)")


def test_an_address_is_asked_for_and_kept_when_it_is_refused(
    listed_case: Installed, receiver: Receiver
) -> None:
    page = open_box(listed_case)
    press(page, "Mark as posted")
    page.keyboard.type("not an address")
    page.keyboard.press("Enter")
    wait_until_shown(page, "StaticText: Give the full address of the reply, beginning with https://")
    page.keyboard.press("Control+A")
    page.keyboard.type("https://x.com/acme/status/5")
    receiver.refuse = (409, "This case is closed.")
    press(page, "Mark")
    wait_until_shown(page, "StaticText: This case is closed.")
    receiver.refuse = None
    press(page, "Mark")
    wait_until_shown(page, "StaticText: Marked as posted on case #42.")
    assert receiver.posted == [(42, {"replyUrl": "https://x.com/acme/status/5", "text": None})]


def test_the_bar_is_accessible_in_the_dark_and_on_a_narrow_page(listed_case: Installed) -> None:
    page = open_box(listed_case, background="rgb(0, 0, 0)")
    press(page, "Mark as posted")
    page.set_viewport_size({"width": 320, "height": 640})
    assert Axe().run(page, context="amends-reply").response["violations"] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
