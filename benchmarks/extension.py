"""Does the extension keep out of the way of the pages it stands in? Measured by Chromium's own timeline."""

import json
import tempfile
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Route, sync_playwright

from tests import chromium
from tests.extension.conftest import (
    EXTENSION,
    PAGES,
    READERS,
    Installed,
    answer_with,
    load_readers,
    running,
    unpack,
)
from tests.extension.receiver import Receiver

FEED = (Path(__file__).parents[1] / "tests" / "extension" / "feed.html").read_bytes()
CATEGORIES = "devtools.timeline,disabled-by-default-devtools.timeline"
READ = "() => { Amends.readAll(document, location.href); }"
FILL = """([url, most]) => {
  const read = () => Amends.items(document, url).map(item => item.root);
  const all = read();
  const innermost = all.filter(root => !all.some(other => other !== root && root.contains(other)));
  for (let at = 0; at < most - all.length; at += 1) {
    const root = innermost[at % innermost.length];
    root.parentElement.append(root.cloneNode(true));
  }
  return read().length;
}"""
"""Repeats the items of a page that hold no others, in their place, until there are enough."""
NO_FEED = ("facebook/hostile", "google/ordinary", "phorum/")
"""Pages that no list of more items can be made of."""
ITEMS = 300
MOST_READING = 50  # milliseconds
MOST_AT_ONCE = 16  # milliseconds of ours in one task: a frame of a screen that is drawn sixty times a second
MOST_NODES = 1.1  # times
MOST_BYTES = 200  # of heap for each post that went by

Event = dict[str, Any]


def run(*, quick: bool) -> list[str]:
    """Print every figure; the goals that were missed."""
    posts = 200 if quick else 2_000
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(**chromium.launch_options_for_extensions())
        rounds = 3 if quick else 9
        missed = reading(browser.new_page(), rounds)
        for site in sites():
            missed += reading_site(browser.new_page(), site, rounds)
        without(browser, posts)
        browser.close()
        unpacked = unpack(Path(folder) / "extension")
        with running(playwright, unpacked, Path(folder) / "profile") as installed, paired(installed):
            missed += at_once(installed) + growing(installed, posts) + endless(installed, posts)
    return missed


def sites() -> Iterator[str]:
    """Every page of the tests that a reader of its own reads."""
    readers = {path.stem for path in (EXTENSION / "content" / "sites").glob("*.js")}
    for path in sorted(PAGES.glob("*/*.json")):
        name = f"{path.parent.name}/{path.stem}"
        if path.parent.name in readers and not name.startswith(NO_FEED):
            yield name


def processor_time(page: Page, rounds: int) -> float:
    """Milliseconds of the page's thread for the quickest of several readings, after one that warms up.

    What else the machine does is not counted, but it slows the processor down.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")

    def spent() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return float(next(one["value"] for one in metrics if one["name"] == "ThreadTime"))

    page.evaluate(READ)
    taken = []
    for _ in range(rounds):
        before = spent()
        page.evaluate(READ)
        taken.append(1_000 * (spent() - before))
    session.detach()
    return min(taken)


def say(name: str, value: float, most: float | None = None) -> list[str]:
    goal = "" if most is None else f"   at most {most:g}"
    print(f"{name:<56}{value:>9.1f}{goal}", flush=True)
    return [] if most is None or value <= most else [name]


@contextmanager
def paired(installed: Installed) -> Iterator[None]:
    receiver = Receiver()
    receiver.start()
    installed.pair(receiver)
    yield
    receiver.stop()


def serve(page: Page, posts: int) -> None:
    """A made-up feed at an address of X, with so many posts at first."""

    def answer(route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(headers={"content-type": "text/html; charset=utf-8"}, body=FEED)
        else:
            route.abort()

    page.route("**/*", answer)
    page.goto(f"https://x.com/home?posts={posts}", wait_until="load")


def reading(page: Page, rounds: int) -> list[str]:
    """The quickest of several readings of a whole page: what else the machine does only ever adds."""
    serve(page, ITEMS)
    for source in READERS:
        page.evaluate(source.read_text())
    return say(f"reading {ITEMS} items, ms", processor_time(page, rounds), MOST_READING)


def reading_site(page: Page, name: str, rounds: int) -> list[str]:
    """The same for a page of the tests, made longer by its own items."""
    answer = json.loads((PAGES / f"{name}.json").read_text())
    page.route("**/*", answer_with((PAGES / f"{name}.html").read_bytes()))
    page.goto(answer["url"], wait_until="domcontentloaded")
    load_readers(page)
    count = page.evaluate(FILL, [answer["url"], ITEMS])
    quickest = processor_time(page, rounds)
    page.close()
    return say(f"reading {count} items of {name}, ms", quickest, MOST_READING)


def grow(page: Page, posts: int) -> None:
    page.evaluate("posts => grow({ posts, each: 20 })", posts)
    page.evaluate("() => frames(60)")


def without(browser: Browser, posts: int) -> None:
    """The feed's own work, for comparison."""
    page = browser.new_page()
    serve(page, ITEMS)
    with timeline(browser.new_browser_cdp_session()) as events:
        grow(page, posts)
    tasks = [milliseconds(event) for event in events if event["name"] == "RunTask"]
    say(f"growing by {posts} without the extension: longest task, ms", max(tasks))


def at_once(installed: Installed) -> list[str]:
    page = installed.context.new_page()
    with timeline(installed.session) as events:
        serve(page, ITEMS)
        page.locator("amends-button").first.wait_for()
        page.evaluate("() => frames(60)")
    page.close()
    return report(f"{ITEMS} items at once", events)


def growing(installed: Installed, posts: int) -> list[str]:
    page = installed.context.new_page()
    serve(page, ITEMS)
    page.locator("amends-button").first.wait_for()
    with timeline(installed.session) as events:
        grow(page, posts)
    buttons = page.locator("amends-button").count()
    page.close()
    say(f"growing by {posts}: buttons", buttons)
    return report(f"growing by {posts}", events)


def report(name: str, events: list[Event]) -> list[str]:
    """Our share of every task of the page's thread; a call whose task is not in the timeline is its own.

    What the browser spends once on a page to load our scripts is said apart.
    """
    ours = outermost([event for event in events if is_ours(event)])
    loading = [milliseconds(call) for call in ours if call["name"] == "EvaluateScript"]
    if loading:
        say(f"{name}: loading of our scripts, once, ms", sum(loading))
    tasks = sorted((event for event in events if event["name"] == "RunTask"), key=lambda event: event["ts"])
    shares: dict[float, float] = {}
    longest = 0.0
    for call in ours:
        if call["name"] == "EvaluateScript":
            continue
        task = task_of(call, tasks) or call
        longest = max(longest, milliseconds(task))
        shares[task["ts"]] = shares.get(task["ts"], 0) + milliseconds(call)
    if not shares:
        return say(f"{name}: no call of ours was seen, and there should be some", 1, 0)
    say(f"{name}: ours in all, ms", sum(shares.values()))
    say(f"{name}: longest task that holds any of ours, ms", longest)
    return say(f"{name}: most of ours in one task, ms", max(shares.values()), MOST_AT_ONCE)


def is_ours(event: Event) -> bool:
    address = event.get("args", {}).get("data", {}).get("url") or ""
    return event["name"] in ("FunctionCall", "EvaluateScript") and "/content/" in address and "dur" in event


def milliseconds(event: Event) -> float:
    """The thread's own time where the timeline has it: what else the machine does is not counted."""
    return float(event.get("tdur", event.get("dur", 0))) / 1_000


def holds(outer: Event, inner: Event) -> bool:
    same = (outer["pid"], outer["tid"]) == (inner["pid"], inner["tid"])
    return (
        same
        and outer["ts"] <= inner["ts"]
        and inner["ts"] + inner["dur"] <= outer["ts"] + outer.get("dur", 0)
    )


def outermost(calls: list[Event]) -> list[Event]:
    """Calls that no other call holds."""
    kept: list[Event] = []
    for call in sorted(calls, key=lambda event: (event["ts"], -event["dur"])):
        if not any(holds(other, call) for other in kept[-20:]):
            kept.append(call)
    return kept


def task_of(call: Event, tasks: Sequence[Event]) -> Event | None:
    """The task in which a call was made; None where the timeline begins or ends in the middle of it."""
    at = bisect_right(tasks, call["ts"], key=lambda event: event["ts"])
    return next((tasks[index] for index in reversed(range(at)) if holds(tasks[index], call)), None)


@contextmanager
def timeline(session: CDPSession) -> Iterator[list[Event]]:
    """What Chromium writes down during the block."""
    events: list[Event] = []
    ended: list[bool] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.on("Tracing.tracingComplete", lambda _: ended.append(True))
    session.send("Tracing.start", {"categories": CATEGORIES, "transferMode": "ReportEvents"})
    yield events
    session.send("Tracing.end")
    while not ended:
        session.send("Browser.getVersion")  # lets the events come in


def endless(installed: Installed, posts: int) -> list[str]:
    """A feed that removes what went by: what is held after many posts, against after few."""
    page = installed.context.new_page()
    serve(page, 20)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    before = held(page, session, 400)
    after = held(page, session, posts)
    page.close()
    missed = say(f"endless, {posts} more: nodes, times", after["Nodes"] / before["Nodes"], MOST_NODES)
    grown = after["JSHeapUsedSize"] - before["JSHeapUsedSize"]
    say("endless: heap at first, MB", before["JSHeapUsedSize"] / 1e6)
    return missed + say("endless: heap grown, bytes a post", grown / posts, MOST_BYTES)


def held(page: Page, session: CDPSession, posts: int) -> dict[str, float]:
    """What is there after so many more posts went by."""
    page.evaluate("posts => grow({ posts, each: 10, most: 30 })", posts)
    page.evaluate("() => frames(60)")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    return {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
