"""What does a feed get from us, and what can a hostile server make us do? A real one answers."""

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from amends.gateways.feed_child import MOST_BYTES
from amends.gateways.feeds import Fetched, SandboxedFeedReader

RSS = b"<rss><channel><title>Forum</title><item><title>Late</title><guid>7</guid></item></channel></rss>"
BOMB = b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><title>&b;</title></rss>'


class Handler(BaseHTTPRequestHandler):
    """Each path is one kind of server; what it was asked is kept."""

    asked: list[dict[str, str]]

    def log_message(self, *_: Any) -> None:
        """Silence: the test says what matters."""

    def do_GET(self) -> None:
        self.asked.append({name.lower(): value for name, value in self.headers.items()})
        path = self.path.strip("/").partition("?")[0].replace("-", "_").replace("%", "_")
        getattr(self, f"serve_{path}")()

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def serve_feed(self) -> None:
        if self.headers.get("If-None-Match") == '"one"':
            return self.answer(304)
        return self.answer(200, RSS, ETag='"one"', Last_Modified="Mon, 04 May 2026 08:00:00 GMT")

    def serve_odd(self) -> None:
        self.answer(200, RSS, ETag='"a\x00b"', Last_Modified="\x00\xe9")

    def serve_packed(self) -> None:
        self.answer(200, gzip.compress(RSS), Content_Encoding="gzip")

    def serve_moved(self) -> None:
        self.answer(301, Location="/feed")

    def serve_caf_C3_A9(self) -> None:
        self.serve_feed()

    def serve_accents(self) -> None:
        self.answer(301, Location="/caf\u00c3\u00a9")  # as a server sends UTF-8

    def serve_round(self) -> None:
        self.answer(302, Location="/round")

    def serve_inside(self) -> None:
        self.answer(302, Location="http://127.0.0.2:9/secret")

    def serve_metadata(self) -> None:
        self.answer(302, Location="http://169.254.169.254/latest/meta-data/")

    def serve_to(self) -> None:
        self.answer(302, Location=f"http://{self.path.partition('?')[2]}/latest/meta-data/")

    def serve_file(self) -> None:
        self.answer(302, Location="file:///etc/passwd")

    def serve_gone(self) -> None:
        self.answer(410)

    def serve_busy(self) -> None:
        self.answer(429, Retry_After="7200")

    def serve_vague(self) -> None:
        self.answer(503, Retry_After="²")

    def serve_endless(self) -> None:
        self.answer(429, Retry_After="9" * 5_000)

    def serve_page(self) -> None:
        self.answer(200, b"<!doctype html><title>Sign in</title>")

    def serve_bomb(self) -> None:
        self.answer(200, BOMB)

    def serve_huge(self) -> None:
        self.answer(200)
        part = b" " * 65_536
        for _part in range(2 * MOST_BYTES // len(part)):
            self.wfile.write(part)

    def serve_packed_bomb(self) -> None:
        self.answer(200, gzip.compress(b" " * 20 * MOST_BYTES), Content_Encoding="gzip")

    def serve_silent(self) -> None:
        time.sleep(self.server.patience)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    Handler.asked = []
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.patience = 5  # type: ignore[attr-defined]
    found.daemon_threads = True
    threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True).start()
    yield found
    found.shutdown()
    found.server_close()


async def fetch(server: ThreadingHTTPServer, path: str, **known: str) -> Fetched:
    """A reader that may reach this one server, and nothing else that is private."""
    where = f"127.0.0.1:{server.server_port}"
    return await SandboxedFeedReader([where], patience=1).fetch(f"http://{where}{path}", **known)


async def test_a_feed_is_read_and_asked_again_under_its_conditions(server: ThreadingHTTPServer):
    first = await fetch(server, "/feed")
    assert (first.outcome, first.title, [one.title for one in first.items]) == ("items", "Forum", ["Late"])
    again = await fetch(server, "/feed", etag=first.etag, modified=first.modified)
    assert again == Fetched(outcome="same")
    assert Handler.asked[-1]["if-modified-since"] == "Mon, 04 May 2026 08:00:00 GMT"
    assert not {"cookie", "authorization", "referer"} & Handler.asked[-1].keys()


async def test_a_condition_that_no_database_keeps_is_not_kept(server: ThreadingHTTPServer):
    odd = await fetch(server, "/odd")
    assert (odd.outcome, odd.etag, odd.modified) == ("items", "", "")


@pytest.mark.parametrize(
    ("path", "outcome"),
    [
        ("/packed", "items"),
        ("/moved", "items"),
        ("/caf\u00e9", "items"),
        ("/accents", "items"),
        ("/round", "redirects"),
        ("/inside", "private"),
        ("/metadata", "private"),
        ("/file", "unreachable"),
        ("/gone", "gone"),
        ("/page", "not_a_feed"),
        ("/bomb", "not_a_feed"),
        ("/huge", "huge"),
        ("/packed-bomb", "huge"),
    ],
)
async def test_whatever_a_server_answers_has_one_word(server: ThreadingHTTPServer, path: str, outcome: str):
    assert (await fetch(server, path)).outcome == outcome


async def test_a_server_that_is_busy_says_for_how_long(server: ThreadingHTTPServer):
    assert await fetch(server, "/busy") == Fetched(outcome="status", status=429, pause=7200)


@pytest.mark.parametrize(("path", "status"), [("/vague", 503), ("/endless", 429)])
async def test_a_pause_that_is_no_number_is_as_none(server: ThreadingHTTPServer, path: str, status: int):
    assert await fetch(server, path) == Fetched(outcome="status", status=status)


async def test_a_server_that_says_nothing_is_left_alone(server: ThreadingHTTPServer):
    assert (await fetch(server, "/silent")).outcome == "unreachable"


@pytest.mark.parametrize(
    "address",
    [
        "http://[::1]:1/feed",
        "http://[2002:7f00:1::]:1/feed",
        "http://2130706433:1/feed",
        "http://localhost:1/feed",
    ],
)
async def test_no_spelling_of_a_private_address_is_reached(address: str):
    assert (await SandboxedFeedReader().fetch(address)).outcome == "private"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://me:pw@a.example/"])
async def test_what_is_no_web_address_is_not_opened(address: str):
    assert (await SandboxedFeedReader().fetch(address)).outcome == "unreachable"
