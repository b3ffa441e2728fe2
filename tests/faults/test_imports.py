"""Fault injection: the worker is killed in the middle of an import, again and again."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from amends import tables
from amends.database import bind, bound, close, connect
from amends.services.capture import import_overviews, imports
from amends.services.team.members import Act, Member
from tests.cli.running import started
from tests.world import entries, make_member, make_team

LINES = int(os.environ.get("AMENDS_TEST_IMPORT_LINES", "400"))
"""10,000, as many as a table may have, before a change of imports lands."""
KILLS = 3
PATIENCE = 60 + LINES * 0.2


@pytest.fixture
async def zoe(database_url: str) -> AsyncIterator[Member]:
    """A member who imports, while another process works on the same database."""
    bind(connect(database_url), tables.TABLES)
    await make_team()
    yield await make_member("zoe")
    await close()


async def kept(zoe: Member) -> UUID:
    table = "url,text\n" + "".join(
        f"https://x.com/dana/status/{10**17 + number},Nobody answers {number}\n" for number in range(LINES)
    )
    upload = await imports.keep(Act(zoe, datetime.now(UTC)), "cases.csv", table.encode())
    await begin(zoe, upload)
    return upload


async def begin(zoe: Member, upload: UUID) -> None:
    now = datetime.now(UTC)
    await imports.start(Act(zoe, now), upload, look_on=(now + timedelta(days=7)).date())


async def made(upload: UUID) -> int:
    return (await import_overviews.counts(upload))["made"]


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not await holds():
            await asyncio.sleep(0.02)


async def killed(worker: asyncio.subprocess.Process) -> None:
    worker.send_signal(signal.SIGKILL)
    await worker.wait()


async def lease_ends(upload: UUID) -> None:
    """The minute passes after which another machine takes over; on SQLite the next start does at once."""
    if bound().engine_type != "sqlite":
        await tables.Upload.update({tables.Upload.lease_ends: datetime.now(UTC)}).where(
            tables.Upload.id == upload
        )


async def test_a_worker_that_is_killed_in_an_import_makes_each_line_once(
    database_url: str, tmp_path: Path, zoe: Member
):
    settings = {"AMENDS_DATABASE_URL": database_url}
    upload = await kept(zoe)
    for kill in range(1, KILLS + 1):
        worker = await started(tmp_path, "work", **settings)

        async def is_further(part: int = kill) -> bool:
            return await made(upload) >= LINES * part // (2 * KILLS + 2)

        await until(is_further)
        await killed(worker)
        assert 0 <= await tables.Case.count() - await made(upload) <= 1, "what it shows is what there is"
        await lease_ends(upload)

    worker = await started(tmp_path, "work", **settings)
    await it_is_stopped_and_goes_on(zoe, upload)
    await until(lambda: is_done(zoe, upload))
    await killed(worker)
    await every_line_is_one_case(upload)


async def it_is_stopped_and_goes_on(zoe: Member, upload: UUID) -> None:
    before = await made(upload)

    async def works() -> bool:
        return await made(upload) > before

    await until(works)
    await imports.stop(Act(zoe, datetime.now(UTC)), upload)

    async def rests() -> bool:
        [row] = await tables.Upload.select(tables.Upload.lease_ends).where(tables.Upload.id == upload)
        return row["lease_ends"] is None

    await until(rests)
    stopped_at = await made(upload)
    await asyncio.sleep(2)  # the job comes again each second
    assert await made(upload) == stopped_at < LINES
    await begin(zoe, upload)


async def is_done(zoe: Member, upload: UUID) -> bool:
    return (await import_overviews.of(Act(zoe, datetime.now(UTC)), upload)).state == "done"


async def every_line_is_one_case(upload: UUID) -> None:
    line = tables.ImportLine
    numbers = [row["case_number"] for row in await line.select(line.case_number).where(line.upload == upload)]
    assert await made(upload) == LINES
    assert len(set(numbers)) == LINES, "one may be missing where a transaction was broken off (PostgreSQL)"
    assert await tables.Case.count() == await tables.Post.count() == await tables.Capture.count() == LINES
    assert [await entries(number) for number in (min(numbers), max(numbers))] == [["captured"]] * 2
