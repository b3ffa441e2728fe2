"""How soon does a page stand there, cold and on a slow processor? Measured by Chromium's own timeline."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import BrowserContext, CDPSession, sync_playwright

from tests import chromium

SLOWER = 4
"""How many times slower the processor is made: about a phone of the middle class."""
ROUNDS, QUICK_ROUNDS = 9, 1
PORT = 21290
PAGES = (("sign-in", "/sign-in"), ("Today", "/"), ("Cases", "/cases"), ("one case", "/cases/26"))
CATEGORIES = "blink.user_timing,loading,devtools.timeline,toplevel"
MOST_PAINT, MOST_KB, MOST_BLOCKED = 300.0, 40.0, 0.0
LONG = 50_000
"""Microseconds after which a task keeps a person waiting."""
HEAD = "page         paint ms   KB to paint   KB in all   requests   late   blocked ms"
WAITED_FOR = ("Document", "Stylesheet", "Font")
"""What nothing is painted without."""

Event = dict[str, Any]


class Load(NamedTuple):
    """One cold load: milliseconds until the first words, kilobytes they waited for, and of all requests.

    `late` counts styles that were asked for after that, `blocked` the milliseconds of long tasks after that.
    """

    paint: float
    waited: float
    whole: float
    requests: float
    late: float
    blocked: float


def run(*, quick: bool) -> list[str]:
    """Print every figure; the goals that were missed."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as (email, password):
        print(HEAD)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**chromium.launch_options())
            context = browser.new_context()
            missed = measured(context, *PAGES[0], quick=quick)
            sign_in(context, email, password)
            for name, path in PAGES[1:]:
                missed += measured(context, name, path, quick=quick)
            browser.close()
    return missed


def measured(context: BrowserContext, name: str, path: str, *, quick: bool) -> list[str]:
    """The median of several cold loads of a page, after one that warms the server up."""
    rounds = QUICK_ROUNDS if quick else ROUNDS
    loads = [cold(context, path) for _ in range(rounds + 1)][1:]
    one = Load(*(median(values) for values in zip(*loads, strict=True)))
    print(
        f"{name:<12}{one.paint:>9.0f}{one.waited:>14.1f}{one.whole:>12.1f}"
        f"{one.requests:>11.0f}{one.late:>7.0f}{one.blocked:>13.0f}",
        flush=True,
    )
    goals = {"paint": MOST_PAINT, "waited": MOST_KB, "blocked": MOST_BLOCKED, "late": 0}
    return [f"{name}, {what}" for what, most in goals.items() if getattr(one, what) > most]


def cold(context: BrowserContext, path: str) -> Load:
    """One load in a page of its own, with nothing kept and without the worker of the pages."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    for command, given in (
        ("Network.enable", {}),
        ("Network.clearBrowserCache", {}),
        ("Network.setBypassServiceWorker", {"bypass": True}),
        ("Emulation.setCPUThrottlingRate", {"rate": SLOWER}),
        ("Tracing.start", {"transferMode": "ReportEvents", "categories": CATEGORIES}),
    ):
        session.send(command, given)
    events: list[Event] = []
    asked: dict[str, Event] = {}
    done: list[Event] = []
    session.on("Tracing.dataCollected", lambda told: events.extend(told["value"]))
    session.on("Network.requestWillBeSent", lambda told: asked.update({told["requestId"]: told}))
    session.on("Network.loadingFinished", lambda told: done.append(told))
    page.goto(f"http://127.0.0.1:{PORT}{path}", wait_until="load")
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 300)))")
    finish(session)
    page.close()
    return told_of(events, asked, done)


def finish(session: CDPSession) -> None:
    """Ends the recording, and waits until all of it has come."""
    complete: list[Event] = []
    session.on("Tracing.tracingComplete", lambda told: complete.append(told))
    session.send("Tracing.end")
    while not complete:
        session.send("Browser.getVersion")  # lets the events come in


def told_of(events: list[Event], asked: dict[str, Event], done: list[Event]) -> Load:
    """What one recording says; network and timeline share the monotonic clock."""
    start = min(one["timestamp"] for one in asked.values() if one["type"] == "Document") * 1e6
    paints = [one for one in events if one["name"] == "firstContentfulPaint" and one["ts"] > start]
    paint = min(paints, key=lambda one: one["ts"])
    main = paint["tid"], paint["pid"]
    tasks = [
        one["dur"] - LONG
        for one in events
        if one["name"] in ("RunTask", "ThreadControllerImpl::RunTask")
        and (one["tid"], one["pid"]) == main
        and one["ts"] > paint["ts"]
        and one.get("dur", 0) > LONG
    ]
    seconds = paint["ts"] / 1e6
    styles = [one for one in asked.values() if one.get("type") == "Stylesheet" and one["timestamp"] > seconds]
    sizes = {one["requestId"]: one["encodedDataLength"] / 1_000 for one in done}
    return Load(
        paint=(paint["ts"] - start) / 1_000,
        waited=sum(sizes.get(key, 0) for key, one in asked.items() if one.get("type") in WAITED_FOR),
        whole=sum(sizes.values()),
        requests=len(asked),
        late=len(styles),
        blocked=sum(tasks) / 1_000,
    )


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, str]]:
    """The demonstration behind a server of its own; the address and password that open it."""
    env = {**os.environ, "AMENDS_DATA_DIR": str(folder), "AMENDS_PORT": str(PORT)}
    command = [sys.executable, "-m", "amends"]
    made = subprocess.run([*command, "demo"], env=env, check=True, capture_output=True, text=True).stdout
    words = next(line for line in made.splitlines() if line.startswith("Sign in as")).split()
    serve = [*command, "serve", "--no-worker"]
    server = subprocess.Popen(serve, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        answers(f"http://127.0.0.1:{PORT}/sign-in")
        yield words[3], words[-1]
    finally:
        server.terminate()
        server.wait()


def answers(address: str) -> None:
    """Returns once the server answers; after half a minute it raises URLError."""
    last = time.monotonic() + 30
    while True:
        try:
            urlopen(address).close()
        except URLError:
            if time.monotonic() > last:
                raise
            time.sleep(0.1)
        else:
            return


def sign_in(context: BrowserContext, email: str, password: str) -> None:
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{PORT}/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"http://127.0.0.1:{PORT}/")
    page.close()
