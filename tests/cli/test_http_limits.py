"""Limits of a connection: what is sent too slowly, or too much of, is ended."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
import uvicorn

from amends.cli.http_limits import LimitedProtocol
from tests.cli.running import free_port
from tests.waiting import PATIENCE


class Hasty(LimitedProtocol):
    """With little patience, so that the tests need little."""

    head_seconds = 0.3
    body_seconds = 0.3
    answer_seconds = 0.3


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answers with how many bytes of a body came."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"8")]})
    await send({"type": "http.response.body", "body": f"{size:08}".encode()})


LARGE = 24 * 1024 * 1024
"""More than the system keeps for a connection that nobody reads."""


async def tell(scope: Any, receive: Any, send: Any) -> None:
    """Answers with more than fits, at once or in pieces; a body is counted by `echo`."""
    if scope["method"] != "GET":
        await echo(scope, receive, send)
        return
    pieces = 1 if scope["path"] == "/whole" else 96
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x", b"y")]})
    for left in reversed(range(pieces)):
        piece = b"#" * (LARGE // pieces)
        await send({"type": "http.response.body", "body": piece, "more_body": left > 0})


@pytest.fixture
async def server() -> AsyncIterator[uvicorn.Server]:
    """Such a server, listening."""
    config = uvicorn.Config(tell, port=free_port(), http=Hasty, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(PATIENCE):
        while not server.started:
            await asyncio.sleep(0)
    yield server
    server.should_exit = True
    await serving


@pytest.fixture
def port(server: uvicorn.Server) -> int:
    """Where it listens."""
    return server.config.port


async def answer_to(port: int, *parts: bytes) -> bytes:
    """All that comes until the server ends the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
        async with asyncio.timeout(PATIENCE):
            return await reader.read()
    except ConnectionError:
        return b"(reset)"
    finally:
        writer.close()


HEAD = b"POST / HTTP/1.1\r\nhost: x\r\n"


async def test_an_ordinary_request_is_answered(port: int) -> None:
    body = b"a" * 300_000
    length = f"content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode()
    assert (await answer_to(port, HEAD, length, body)).endswith(b"00300000")


async def test_several_requests_on_one_connection_have_limits_of_their_own(port: int) -> None:
    many = b"".join(b"x-%d: %s\r\n" % (number, b"v" * 400) for number in range(90))
    asked = HEAD + many + b"content-length: 0\r\n\r\n"
    last = HEAD + many + b"connection: close\r\ncontent-length: 0\r\n\r\n"
    assert (await answer_to(port, asked, asked, last)).count(b"200 OK") == 3


async def test_who_never_asks_is_let_go(port: int) -> None:
    assert await answer_to(port) == b""


async def test_who_sends_only_empty_lines_after_an_answer_is_let_go(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HEAD + b"content-length: 0\r\n\r\n")
    async with asyncio.timeout(PATIENCE):
        await reader.readuntil(b"00000000")
        writer.write(b"\r\n" * 10)
        assert (await reader.read()).startswith(b"HTTP/1.1 408 ")
    writer.close()


async def test_a_head_that_does_not_end_in_time_is_refused(port: int) -> None:
    assert (await answer_to(port, HEAD)).startswith(b"HTTP/1.1 408 ")


async def test_a_body_that_does_not_come_is_not_waited_for(port: int) -> None:
    told = await answer_to(port, HEAD + b"content-length: 100000\r\n\r\n", b"a" * 10)
    assert b"200 OK" not in told


@pytest.mark.parametrize(
    "headers",
    [
        b"".join(b"x-%d: v\r\n" % number for number in range(200)) + b"\r\n",
        b"".join(b"x-%d: %s\r\n" % (number, b"v" * 4000) for number in range(20)) + b"\r\n",
        b"x: " + b"v" * 200_000,
    ],
    ids=["many", "large", "endless"],
)
async def test_more_headers_than_a_browser_sends_are_refused(port: int, headers: bytes) -> None:
    told = await answer_to(port, HEAD + headers)
    assert told.startswith(b"HTTP/1.1 431 ") or told == b"(reset)"


@pytest.mark.parametrize("path", ["/whole", "/pieces"])
async def test_who_does_not_read_the_answer_is_let_go(server: uvicorn.Server, port: int, path: str) -> None:
    with socket.create_connection(("127.0.0.1", port)) as lazy:
        lazy.sendall(f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
        state = server.server_state
        async with asyncio.timeout(PATIENCE):
            while not state.connections:
                await asyncio.sleep(0)
            while state.connections or state.tasks:
                await asyncio.sleep(0)


@pytest.mark.parametrize("path", ["/whole", "/pieces"])
async def test_who_reads_it_gets_all_of_a_large_answer(
    port: int, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Hasty, "answer_seconds", LimitedProtocol.answer_seconds)
    told = await answer_to(port, f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode())
    assert told.count(b"#") == LARGE
