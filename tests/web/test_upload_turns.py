"""Large uploads take turns, and small ones do not wait for them."""

import asyncio
from typing import Any

import pytest

from amends.web.upload_turns import LARGE, UploadTurn


async def part() -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}


def scope(**headers: str) -> Any:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "headers": pairs}


@pytest.mark.parametrize("headers", [{"content_length": str(LARGE)}, {"transfer_encoding": "chunked"}])
async def test_a_large_body_is_read_when_it_is_its_turn(headers: dict[str, str]) -> None:
    turns = asyncio.Semaphore(1)
    first, second = UploadTurn(turns, scope(**headers), part), UploadTurn(turns, scope(**headers), part)
    await first.receive()
    await first.receive()
    waiting = asyncio.create_task(second.receive())
    await asyncio.sleep(0)
    assert not waiting.done()
    first.end()
    first.end()
    await waiting
    second.end()
    assert not turns.locked()


@pytest.mark.parametrize("headers", [{}, {"content_length": "999999"}, {"content_length": "many"}])
async def test_a_small_body_waits_for_nobody(headers: dict[str, str]) -> None:
    turns = asyncio.Semaphore(1)
    await turns.acquire()
    turn = UploadTurn(turns, scope(**headers), part)
    await turn.receive()
    turn.end()
    assert turns.locked()
