"""Waiting for a condition with a deadline: the tests' only poll interval."""

import asyncio
import time
from collections.abc import Awaitable, Callable

POLL_SECONDS = 0.02
PATIENCE = 60
"""Seconds until a condition counts as never met, also on a machine that is busy."""


def wait_until(
    condition: Callable[[], object], otherwise: Callable[[], str] | str, seconds: float = PATIENCE
) -> None:
    """Returns once the condition is true; raises AssertionError with this message when it stays false."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(_message(otherwise, seconds))
        time.sleep(POLL_SECONDS)


async def until(
    condition: Callable[[], Awaitable[object]],
    otherwise: Callable[[], str] | str,
    seconds: float = PATIENCE,
) -> None:
    """As `wait_until`, for a condition that is awaited; the event loop goes on meanwhile."""
    end = time.monotonic() + seconds
    while not await condition():
        if time.monotonic() > end:
            raise AssertionError(_message(otherwise, seconds))
        await asyncio.sleep(POLL_SECONDS)


def _message(otherwise: Callable[[], str] | str, seconds: float) -> str:
    said = otherwise if isinstance(otherwise, str) else otherwise()
    return f"after {seconds:g} seconds: {said}"
