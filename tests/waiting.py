"""Waiting for a condition with a deadline: the tests' only poll interval."""

import asyncio
import time
from collections.abc import Awaitable, Callable

POLL_SECONDS = 0.02
PATIENCE = 180
"""Seconds until a condition counts as never met, also on a machine that is busy."""

Message = Callable[[], object] | str


def wait_until(
    condition: Callable[[], object],
    otherwise: Message,
    seconds: float = PATIENCE,
    *,
    pause: Callable[[float], object] = time.sleep,
) -> None:
    """Returns once the condition is true; raises AssertionError with this message when it stays false.

    Playwright hears of a page only while its own `pause` is at work.
    """
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(_said(otherwise, seconds))
        pause(POLL_SECONDS)


async def until(
    condition: Callable[[], Awaitable[object]], otherwise: Message, seconds: float = PATIENCE
) -> None:
    """As `wait_until`, for a condition that is awaited; the event loop goes on meanwhile."""
    end = time.monotonic() + seconds
    while not await condition():
        if time.monotonic() > end:
            raise AssertionError(_said(otherwise, seconds))
        await asyncio.sleep(POLL_SECONDS)


def _said(otherwise: Message, seconds: float) -> str:
    return f"after {seconds:g} seconds: {otherwise if isinstance(otherwise, str) else otherwise()}"
