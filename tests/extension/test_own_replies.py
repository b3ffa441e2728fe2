"""Is what the team's own account wrote below the post of a case kept on it, and nothing else?"""

from typing import Any

from playwright.sync_api import Page

from tests.extension.conftest import Installed, answer_with
from tests.extension.receiver import Receiver
from tests.extension.test_browser_extension import wait_until, wait_until_shown
from tests.extension.test_known_posts import fetch_list, listed

PAGE = "https://x.com/otto_haverkamp/status/1890000000000000002"


def post(number: int, handle: str, words: str, at: str) -> str:
    return f"""<article data-testid="tweet"><div data-testid="User-Name">
    <a href="/{handle}" role="link">Somebody</a> <a href="/{handle}" role="link">@{handle}</a>
    <a href="/{handle}/status/189000000000000000{number}">
    <time datetime="2025-02-13T{at}:00.000Z">Feb 13</time></a></div><div data-testid="tweetText">{words}</div>
    <div role="group"><button data-testid="reply"></button></div></article>"""


THREAD = f"""<!doctype html><html lang="en"><title>Otto on X</title><main>
{post(1, "acme", "We deliver everywhere.", "10:00")}
{post(2, "otto_haverkamp", "You do not.", "11:00")}
{post(3, "nell", "Me too", "11:10")}
{post(4, "Acme", "Sorry, Otto. Write to us.", "11:20")}
<h2>Discover more</h2>
{post(5, "acme", "New: parcels that arrive.", "12:00")}
</main></html>""".encode()


def open_thread(browser: Installed) -> Page:
    page = browser.context.new_page()
    page.route("**/*", answer_with(THREAD))
    page.goto(PAGE, wait_until="load")
    return page


def of_otto(receiver: Receiver) -> dict[str, Any]:
    keys = ["x:1890000000000000002", "x.com/otto_haverkamp/status/1890000000000000002"]
    return listed(receiver, keys=keys)


def test_a_reply_of_our_own_account_is_told_once_and_what_stands_elsewhere_is_not(
    paired: Installed, receiver: Receiver
) -> None:
    receiver.own_accounts = [{"platform": "x", "handle": "@acme", "url": ""}]
    fetch_list(paired, receiver, of_otto(receiver))
    page = open_thread(paired)
    wait_until(page, lambda: receiver.posted != [])
    wait_until_shown(page, "button: Create case from post by Somebody")
    page.evaluate("() => document.body.append(document.querySelectorAll('article')[3].cloneNode(true))")
    page.evaluate("() => new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))")
    told = {
        "replyUrl": "https://x.com/Acme/status/1890000000000000004",
        "text": "Sorry, Otto. Write to us.",
        "seen": True,
    }
    assert receiver.posted == [(42, told)]


def test_without_own_accounts_nothing_is_told(paired: Installed, receiver: Receiver) -> None:
    fetch_list(paired, receiver, of_otto(receiver))
    page = open_thread(paired)
    wait_until_shown(page, "button: Create case from post by Somebody")
    page.evaluate("() => new Promise(done => requestIdleCallback(() => requestIdleCallback(done)))")
    assert receiver.posted == []
