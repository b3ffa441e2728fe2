"""Live updates by server-sent events (WHATWG HTML, 9.2)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from typing import Any
from zlib import crc32

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from amends.services.case.access import CaseUnknown
from amends.services.desk import presences, today, watches
from amends.services.desk.presences import Pulse
from amends.services.team.members import Act
from amends.web.page_kit import Here
from amends.web.requests import site
from amends.web.security import Policy

EVERY_SECONDS = 3.0
"""How often the database is asked for an open page: a few reads by an index."""
LASTS_SECONDS = 55.0
"""Then the browser comes again by itself, and with it the question whether it is still signed in."""
RETRY_MILLISECONDS = 3_000
MOST_CASES = 20
"""Nobody has more open at a time; each is asked for anew every few seconds."""
UNBUFFERED = {"x-accel-buffering": "no"}  # nginx would keep the events until there are many

Look = Callable[[], Awaitable[Any]]


@get("/events", opt={"policy": Policy.SIGNED_IN})
async def listen(here: NamedDependency[Here]) -> ServerSentEvent:
    """What the open pages of one browser show, whenever it changes: `?case=7&case=9&today=yes`.

    An event is named `today` or `case-7`. A case that is not there is left out, and any after the twentieth.
    """
    asked = here.request.query_params
    cases = dict.fromkeys(one for one in asked.getall("case", []) if one.isdecimal() and len(one) < 10)
    numbers = list(cases)[:MOST_CASES]
    looks: dict[str, Look] = {f"case-{one}": partial(_pulse, here, int(one)) for one in numbers}
    if not looks or "today" in asked:
        looks["today"] = partial(_today, here)
    ends = site(here.request).ends
    return ServerSentEvent(_events(ends, looks), retry_duration=RETRY_MILLISECONDS, headers=UNBUFFERED)


async def _pulse(here: Here, number: int) -> Pulse | None:
    """The case's version, and who is writing on it; None where there is no such case."""
    try:
        return await presences.pulse(number, reader=here.member, now=site(here.request).clock())
    except CaseUnknown:
        return None


async def _today(here: Here) -> int:
    """A number that changes with what Today shows."""
    shown = await today.lanes(Act(here.member, site(here.request).clock()))
    counts = (shown.overdue, shown.due, shown.forgotten, shown.unowned, shown.snoozed)
    rows = tuple(row for lane in shown.lanes for row in lane.rows)
    return crc32(msgspec.json.encode((counts, rows, await watches.changed(here.member))))


@post("/cases/{number:int}/writing", status_code=204, opt={"policy": Policy.SIGNED_IN})
async def writing(here: NamedDependency[Here], number: FromPath[int]) -> None:
    """This member is writing on the case."""
    await presences.write(here.act, number)


async def _events(ends: asyncio.Event, looks: Mapping[str, Look]) -> AsyncIterator[ServerSentEventMessage]:
    """One event for each topic at once, and one whenever it is another; it ends with the server."""
    loop = asyncio.get_running_loop()
    ends_at, before = loop.time() + LASTS_SECONDS, dict[str, Any]()
    while True:
        for topic, look in looks.items():
            seen = await look()
            if seen is not None and seen != before.get(topic):
                data = msgspec.json.encode(seen).decode()
                yield ServerSentEventMessage(event=topic, data=data, retry=RETRY_MILLISECONDS)
                before[topic] = seen
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


routes = (listen, writing)
