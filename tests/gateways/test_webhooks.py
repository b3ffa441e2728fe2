"""What does an endpoint get from us, and what can a hostile one make us do? A real one answers."""

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from amends.gateways.webhook_child import MOST_BYTES
from amends.gateways.webhooks import Answered, Outgoing, SandboxedWebhookCarrier

EVENT = Outgoing({"webhook-id": "msg_1", "Content-Type": "application/json"}, '{"é":1}'.encode())


class Endpoint(BaseHTTPRequestHandler):
    """Each path is one kind of endpoint; what it was sent is kept."""

    asked: list[tuple[str, dict[str, str], bytes]]

    def log_message(self, *_: Any) -> None:
        """Silence: the test says what matters."""

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, content))
        with suppress(ConnectionError):
            getattr(self, f"serve_{self.path.strip('/')}")()

    def answer(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def serve_good(self) -> None:
        self.answer(204)

    def serve_once(self) -> None:
        self.answer(200 if len(self.asked) == 1 else 500, b"<b>no</b>")

    def serve_failing(self) -> None:
        self.answer(500, b"<script>alert(1)</script>" + b"x" * 5_000)

    def serve_gone(self) -> None:
        self.answer(410)

    def serve_busy(self) -> None:
        self.answer(429, Retry_After="120")

    def serve_redirecting(self) -> None:
        self.answer(307, Location="/good")

    def serve_hanging(self) -> None:
        time.sleep(20)

    def serve_dripping(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(100):
            self.wfile.write(b"x-%d: y\r\n" % number)
            time.sleep(0.3)

    def serve_flooding(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n")
        for _ in range(4_000):
            self.wfile.write(b"x" * 65_536)

    def serve_bomb(self) -> None:
        self.answer(200, gzip.compress(b"0" * 20_000_000), Content_Encoding="gzip")

    def serve_closing(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def endpoint() -> Iterator[str]:
    """The address of an endpoint on this machine."""
    Endpoint.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


async def carried(endpoint: str, path: str, *events: Outgoing, each: float = 10) -> list[Answered]:
    carrier = SandboxedWebhookCarrier([endpoint], each=each)
    return await carrier.carry(f"http://{endpoint}/{path}", events or (EVENT,))


async def test_an_event_arrives_as_it_was_signed(endpoint: str):
    assert await carried(endpoint, "good") == [Answered(outcome="delivered", status=204)]
    [(_path, headers, content)] = Endpoint.asked
    assert headers["webhook-id"] == "msg_1"
    assert content == EVENT.body


async def test_it_stops_at_the_first_event_that_is_not_taken(endpoint: str):
    answers = await carried(endpoint, "once", EVENT, EVENT, EVENT)
    assert [one.outcome for one in answers] == ["delivered", "status"]
    assert len(Endpoint.asked) == 2


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("failing", "status", 500),
        ("gone", "gone", 410),
        ("busy", "busy", 429),
        ("redirecting", "redirect", 307),
        ("flooding", "delivered", 200),
        ("bomb", "delivered", 200),
        ("closing", "unreachable", None),
    ],
)
async def test_what_an_endpoint_says_is_one_of_our_words(
    endpoint: str, path: str, outcome: str, status: int | None
):
    [answer] = await carried(endpoint, path)
    assert (answer.outcome, answer.status) == (outcome, status)
    assert len(answer.answer) <= MOST_BYTES
    assert len(Endpoint.asked) == 1, "a redirect is not followed"


async def test_a_pause_that_is_asked_for_is_heard(endpoint: str):
    [answer] = await carried(endpoint, "busy")
    assert answer.retry_after == 120


@pytest.mark.parametrize("path", ["hanging", "dripping"])
async def test_an_endpoint_that_says_nothing_or_never_ends_is_given_up(endpoint: str, path: str):
    assert await carried(endpoint, path, EVENT, EVENT, each=1) == [Answered(outcome="slow")]


async def test_a_private_address_is_not_reached_in_any_spelling(endpoint: str):
    port = endpoint.partition(":")[2]
    carrier = SandboxedWebhookCarrier()
    for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]"):
        [answer] = await carrier.carry(f"http://{host}:{port}/good", [EVENT])
        assert answer.outcome in ("private", "unreachable"), host
    assert Endpoint.asked == []


async def test_an_endpoint_that_is_not_there_is_unreachable():
    assert await SandboxedWebhookCarrier(["127.0.0.1:9"]).carry("http://127.0.0.1:9/", [EVENT]) == [
        Answered(outcome="unreachable")
    ]
