"""Does the extension keep out of the way of a long page, and hold nothing of what went by?"""

from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tests.extension.conftest import Installed

FEED = (Path(__file__).parent / "feed.html").read_bytes()


def open_feed(browser: Installed, posts: int) -> Page:
    """A feed of made-up posts, with the page's own scripts in it."""
    page = browser.context.new_page()

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(headers={"content-type": "text/html; charset=utf-8"}, body=FEED)
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(f"https://x.com/home?posts={posts}", wait_until="load")
    page.locator("amends-button").first.wait_for()
    return page


def test_what_is_far_from_being_seen_is_not_even_read(paired: Installed) -> None:
    page = open_feed(paired, 300)
    page.evaluate("() => frames(30)")
    assert page.locator("article").count() == 300
    assert 0 < page.locator("amends-button").count() < 40
    page.evaluate("() => scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.locator("article").last.locator("amends-button")).to_have_count(1)


def test_a_feed_without_end_leaves_nothing_behind(paired: Installed) -> None:
    page = open_feed(paired, 20)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def nodes_after(posts: int) -> float:
        page.evaluate("posts => grow({ posts, each: 30, most: 30 })", posts)
        page.evaluate("() => frames(30)")
        for _ in range(3):
            session.send("HeapProfiler.collectGarbage")
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "Nodes")

    before = nodes_after(120)
    assert nodes_after(600) < before * 1.2


def test_a_page_that_fills_an_element_with_another_post_gets_the_right_button(paired: Installed) -> None:
    page = open_feed(paired, 20)
    page.evaluate("""() => {
      const [first, second] = document.querySelectorAll('article');
      first.replaceChildren(...second.cloneNode(true).children);
      for (const host of first.querySelectorAll('amends-button')) host.remove();
    }""")
    expect(page.locator("article").first.locator("amends-button")).to_have_count(1)
