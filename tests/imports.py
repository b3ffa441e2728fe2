"""Tables that are imported in tests: sent, checked and made into cases."""

from datetime import date, datetime
from uuid import UUID

from amends.services.capture import import_overviews, import_runs, imports
from amends.services.capture.import_overviews import Line
from amends.services.team.members import Act, Member
from tests.world import MONDAY

NEXT_WEEK = date(2026, 5, 11)


async def kept(text: str | bytes, *, by: Member, now: datetime = MONDAY) -> UUID:
    return await imports.keep(Act(by, now), "cases.csv", text if isinstance(text, bytes) else text.encode())


async def lines(text: str, *, by: Member, now: datetime = MONDAY) -> list[Line]:
    return in_order(await import_overviews.lines(await kept(text, by=by, now=now)))


def in_order(found: list[Line]) -> list[Line]:
    return sorted(found, key=lambda line: line.number)


async def work(now: datetime = MONDAY) -> int:
    """The worker, until there is nothing left: how many slices it took."""
    slices = 0
    while await import_runs.advance(now=now):
        slices += 1
    return slices


async def run(text: str, *, by: Member, now: datetime = MONDAY) -> int:
    """Imports a whole table; how many cases were made of it."""
    upload = await kept(text, by=by, now=now)
    await imports.start(Act(by, now), upload, look_on=NEXT_WEEK)
    await work(now)
    return (await import_overviews.counts(upload))["made"]
