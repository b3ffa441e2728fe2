"""Live updates by server-sent events (WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any
from zlib import crc32

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from amends.services.desk import presences, today, watches
from amends.services.team.members import Act
from amends.web.page_kit import Here
from amends.web.requests import Site, site
from amends.web.security import Policy

EVERY_SECONDS = 3.0
"""How often the database is asked for an open page: a few reads by an index."""
LASTS_SECONDS = 55.0
"""Then the browser comes again by itself, and with it the question whether it is still signed in."""
RETRY_MILLISECONDS = 3_000
UNBUFFERED = {"x-accel-buffering": "no"}  # nginx would keep the events until there are many

Look = Callable[[], Awaitable[Any]]


@get("/cases/{number:int}/events", opt={"policy": Policy.SIGNED_IN})
async def of_case(here: NamedDependency[Here], number: FromPath[int]) -> ServerSentEvent:
    """The case's version and who is writing on it, whenever that changes. Raises CaseUnknown."""
    clock = site(here.request).clock
    await presences.pulse(number, reader=here.member, now=clock())
    return _stream(site(here.request), lambda: presences.pulse(number, reader=here.member, now=clock()))


@get("/events", opt={"policy": Policy.SIGNED_IN})
async def of_today(here: NamedDependency[Here]) -> ServerSentEvent:
    """A number that changes with what Today shows."""
    clock = site(here.request).clock

    async def look() -> int:
        found = await today.lanes(Act(here.member, clock()))
        counts = (found.overdue, found.due, found.forgotten, found.unowned, found.snoozed)
        rows = tuple(row for lane in found.lanes for row in lane.rows)
        return crc32(msgspec.json.encode((counts, rows, await watches.changed(here.member))))

    return _stream(site(here.request), look)


@post("/cases/{number:int}/writing", status_code=204, opt={"policy": Policy.SIGNED_IN})
async def writing(here: NamedDependency[Here], number: FromPath[int]) -> None:
    """This member is writing on the case."""
    await presences.write(here.act, number)


def _stream(around: Site, look: Look) -> ServerSentEvent:
    return ServerSentEvent(_events(around.ends, look), retry_duration=RETRY_MILLISECONDS, headers=UNBUFFERED)


async def _events(ends: asyncio.Event, look: Look) -> AsyncIterator[ServerSentEventMessage]:
    """One event at once, and one whenever what is seen is another; it ends with the server."""
    loop = asyncio.get_running_loop()
    ends_at, before = loop.time() + LASTS_SECONDS, None
    while True:
        seen = await look()
        if seen != before:
            data = msgspec.json.encode(seen).decode()
            yield ServerSentEventMessage(event="seen", data=data, retry=RETRY_MILLISECONDS)
            before = seen
        left = min(EVERY_SECONDS, ends_at - loop.time())
        if left <= 0 or ends.is_set():
            return
        await _wait(ends, left)


async def _wait(ends: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await ends.wait()
    except TimeoutError:
        return


routes = (of_case, of_today, writing)
