"""Is it always the post meant that becomes a case, and never somebody else's?"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.extension.conftest import Installed, answer_with
from tests.extension.receiver import Receiver

SPACE = f"<pre>{chr(10) * 30}</pre>"  # the pages are served without styles
HOME = "https://x.com/home"
BLOG = "https://blog.example/ten"
COMMENTS = "https://comments.example/embed"
MENU = """async ({ url, info }) => {
  const tab = (await chrome.tabs.query({})).find(tab => tab.url === url);
  chrome.contextMenus.onClicked.dispatch({ menuItemId: 'create-case', pageUrl: url, ...info }, tab);
}"""
SHORTCUT = """async url => {
  const tab = (await chrome.tabs.query({})).find(tab => tab.url === url);
  chrome.commands.onCommand.dispatch('create-case', tab);
}"""


def post(number: int, words: str = "", inside: str = "") -> str:
    return f"""<article data-testid="tweet"><div data-testid="User-Name">
    <a role="link" href="/user{number}"><span>Name {number}</span></a>
    <a role="link" href="/user{number}"><span>@user{number}</span></a>
    <a href="/user{number}/status/19000000000000000{number}">
    <time datetime="2026-11-20T10:00:00.000Z">Nov</time></a></div>
    <div data-testid="tweetText" lang="en">{words or f"Complaint number {number} about a parcel"}</div>
    {inside}<div role="group"><button data-testid="reply">r</button></div></article>{SPACE}"""


TIMELINE = f"""<!doctype html><html lang="en"><title>X</title><body>
{"".join(post(number) for number in range(10, 20))}</body></html>""".encode()


def select(page: Page, selector: str, start: int = 0, end: int | None = None) -> None:
    page.evaluate(
        """([selector, start, end]) => {
          const words = document.querySelector(selector).firstChild;
          getSelection().setBaseAndExtent(words, start, words, end ?? words.nodeValue.length);
        }""",
        [selector, start, end],
    )


def choose_in_menu(browser: Installed, page: Page, **info: Any) -> None:
    browser.worker.evaluate(MENU, {"url": page.url, "info": {"frameId": 0, **info}})


def captured(receiver: Receiver) -> dict[str, Any]:
    receiver.wait_for(lambda: receiver.captures)
    [capture] = receiver.captures.values()
    return dict(capture)


def open_framed(browser: Installed, frame: str, page: str) -> Page:
    """A page of a blog with a frame in it, each from its own address."""
    opened = browser.context.new_page()
    answers = {BLOG: page, COMMENTS: frame}

    def answer(route: Route) -> None:
        if html := answers.get(route.request.url):
            answer_with(html.encode())(route)
        else:
            route.abort()

    opened.route("**/*", answer)
    opened.goto(BLOG, wait_until="load")
    return opened


COMMENT = '<!doctype html><body><div><b>Marie</b><p id="c">The cabin was dirty, nobody answered.</p></div>'
WITH_FRAME = f"""<!doctype html><html lang="en"><title>Ten best camp sites</title>
<meta property="og:description" content="Our favourite camp sites of the year.">
<article><h1>Ten best camp sites</h1><p>Our favourite camp sites.</p></article>
<iframe src="{COMMENTS}" width="600" height="200"></iframe>"""


def test_selected_words_of_a_post_are_that_post(paired: Installed, receiver: Receiver) -> None:
    page = paired.open(HOME, TIMELINE)
    select(page, "article:nth-of-type(3) [data-testid=tweetText]", 10, 20)
    paired.worker.evaluate(SHORTCUT, HOME)
    assert captured(receiver)["author"]["name"] == "Name 12"


@pytest.mark.parametrize("kind", ["a comment that no reader knows", "a person who is quoted"])
def test_words_of_another_in_a_post_are_not_those_of_its_author(
    kind: str, paired: Installed, receiver: Receiver
) -> None:
    html = post(10, inside=f'<div class="other"><b>Marie</b><p id="c">They broke my kettle: {kind}</p></div>')
    page = paired.open(HOME, html.encode())
    select(page, "#c")
    paired.worker.evaluate(SHORTCUT, HOME)
    capture = captured(receiver)
    assert capture["text"] == f"They broke my kettle: {kind}"
    assert "author" not in capture
    assert capture["url"] == HOME


def test_words_of_two_posts_are_nobodys(paired: Installed, receiver: Receiver) -> None:
    page = paired.open(HOME, TIMELINE)
    page.evaluate("""() => { const [one, two] = document.querySelectorAll('[data-testid=tweetText]');
      getSelection().setBaseAndExtent(one.firstChild, 0, two.firstChild, 9); }""")
    paired.worker.evaluate(SHORTCUT, HOME)
    assert "author" not in captured(receiver)


def test_words_in_an_open_shadow_tree_are_captured(paired: Installed, receiver: Receiver) -> None:
    html = """<!doctype html><title>Comments</title><body><p>Words around them.</p>
    <div><template shadowrootmode="open"><p id="c">The lid came off, twice.</p></template></div>"""
    page = paired.open(HOME, html.encode())
    box = page.locator("#c").bounding_box() or {}
    page.mouse.click(box["x"] + 20, box["y"] + 8, click_count=3)
    popup = paired.press_toolbar(page)
    expect(popup.locator("#text")).to_have_text("The lid came off, twice.")
    expect(popup.locator("#doubt")).to_contain_text("the author is unknown")
    popup.keyboard.press("Enter")
    assert "author" not in captured(receiver)


def test_words_in_a_frame_of_the_same_site_are_captured_with_its_address(
    paired: Installed, receiver: Receiver
) -> None:
    page = paired.context.new_page()
    frame = "https://x.com/embed"
    around = f'<!doctype html><title>X</title><iframe src="{frame}"></iframe>'
    page.route("**/*", answer_with(around.encode()))
    page.route(frame, answer_with(COMMENT.encode()))
    page.goto(HOME, wait_until="load")
    page.frames[1].locator("#c").click(click_count=3)
    popup = paired.press_toolbar(page)
    expect(popup.locator("#text")).to_have_text("The cabin was dirty, nobody answered.")
    popup.keyboard.press("Enter")
    capture = captured(receiver)
    assert (capture["url"], "author" in capture) == (frame, False)


def test_words_in_a_frame_of_another_site_come_with_the_menu(paired: Installed, receiver: Receiver) -> None:
    page = open_framed(paired, COMMENT, WITH_FRAME)
    page.frames[1].locator("#c").click(click_count=3)
    popup = paired.press_toolbar(page)
    expect(popup.locator("#doubt")).to_contain_text("frame of another site")
    words = "The cabin was dirty, nobody answered."
    choose_in_menu(paired, page, frameId=7, frameUrl=COMMENTS, selectionText=words)
    capture = captured(receiver)
    assert (capture["text"], capture["url"]) == (words, COMMENTS)
    assert "author" not in capture
    assert {"author", "screenshot_in_frame"} <= set(capture["missing"])


def test_a_right_click_counts_for_its_menu(paired: Installed, receiver: Receiver) -> None:
    page = paired.open(HOME, TIMELINE)
    page.locator("amends-button").nth(1).wait_for()
    page.locator("[data-testid=tweetText]").nth(1).click(button="right")
    choose_in_menu(paired, page)
    assert captured(receiver)["author"]["name"] == "Name 11"


FORGETTING: list[Callable[[Page], object]] = [
    lambda page: page.mouse.wheel(0, 300),
    lambda page: page.keyboard.press("Escape"),
    lambda page: page.locator("[data-testid=tweetText]").nth(1).click(),
    lambda page: page.evaluate("() => history.pushState({}, '', '/home?again')"),
]


@pytest.mark.parametrize("act", FORGETTING, ids=["scroll", "key", "pointer", "navigation"])
def test_a_right_click_is_forgotten(act: Callable[[Page], object], paired: Installed) -> None:
    page = paired.open(HOME, TIMELINE)
    page.locator("amends-button").nth(1).wait_for()
    page.locator("[data-testid=tweetText]").first.click(button="right")
    act(page)
    page.wait_for_timeout(300)
    assert offered(paired, page, is_menu=True)["sure"] is False


def offered(browser: Installed, page: Page, *, is_menu: bool = False) -> dict[str, Any]:
    """What the page's own scripts offer."""
    script = """async ({ url, isMenu }) => {
      const tab = (await chrome.tabs.query({})).find(tab => tab.url === url);
      const { offerOf } = await import('/lib/offers.js');
      return offerOf(tab, isMenu ? { frameId: 0 } : undefined);
    }"""
    offer: dict[str, Any] = browser.call(script, {"url": page.url, "isMenu": is_menu})
    return offer


def test_the_shortcut_asks_which_post_is_meant_instead_of_guessing(
    paired: Installed, receiver: Receiver
) -> None:
    page = paired.open(HOME, TIMELINE)
    page.locator("[data-testid=tweetText]").first.click(button="right")
    page.keyboard.press("Escape")
    page.locator("article").nth(4).evaluate("each => each.scrollIntoView({ block: 'center' })")
    page.bring_to_front()
    paired.worker.evaluate(SHORTCUT, HOME)
    popup = paired.popup()
    popup.wait_for_selector("body[data-ready]")
    assert popup.locator("#name").inner_text() == "Name 14"
    first = popup.locator("#candidate-list button").first
    assert "Name 14" in first.inner_text()
    assert receiver.captures == {}
    popup.locator("#candidate-list button").nth(1).click()
    assert popup.locator("#name").inner_text() in ("Name 13", "Name 15")
    popup.locator("#send").click()
    assert captured(receiver)["author"]["name"] in ("Name 13", "Name 15")


def test_an_opening_post_that_spans_the_page_does_not_win(paired: Installed) -> None:
    thread = post(10, inside=SPACE * 5 + post(11) + post(12) + post(13))
    page = paired.open(HOME, f"<!doctype html><body>{thread}{SPACE * 4}".encode())
    page.locator("article article").nth(1).evaluate("each => each.scrollIntoView({ block: 'center' })")
    offer = offered(paired, page)
    assert offer["sure"] is False
    assert offer["captures"][offer["chosen"]]["author"]["name"] == "Name 12"


def test_a_page_that_cannot_be_read_says_at_once_why(paired: Installed) -> None:
    popup = paired.own_page("popup/popup.html?tab=" + str(tab_of(paired, "chrome-extension://")))
    expect(popup.locator("#result")).to_contain_text("does not let extensions read this page")
    expect(popup.locator("#create")).to_be_hidden()


def tab_of(browser: Installed, begin: str) -> int:
    find = "async begin => (await chrome.tabs.query({})).find(tab => tab.url.startsWith(begin)).id"
    tab: int = browser.call(find, begin)
    return tab


def test_a_file_says_at_once_why_not_and_what_to_do(paired: Installed, tmp_path: Any) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text("<!doctype html><title>Letter</title><p>The customer writes that the heater failed.</p>")
    page = paired.context.new_page()
    page.goto(saved.as_uri())
    popup = paired.press_toolbar(page)
    expect(popup.locator("#result")).to_contain_text("open the page on the web", ignore_case=True)
    expect(popup.locator("#create")).to_be_hidden()


def test_a_pdf_is_captured_by_its_selected_words(paired: Installed, receiver: Receiver) -> None:
    page = paired.open(HOME, b"<!doctype html><body><embed type='application/pdf' src='/letter.pdf'>")
    popup = paired.press_toolbar(page)
    expect(popup.locator("#result")).to_contain_text("right-click them")
    choose_in_menu(paired, page, selectionText="The heater failed twice.")
    assert captured(receiver)["text"] == "The heater failed twice."
