"""Dispatchers: nudges are shared among workers, also across restarts of the database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from amends import tables
from amends.database import bind, close, connect, queue, transaction
from amends.rules.vocabulary import NudgeState
from amends.services.nudge import trials
from amends.services.team.members import Act
from amends.worker.dispatchers import QueueDispatcher
from amends.worker.jobs import SWEEP
from amends.worker.loop import Worker
from tests import nudging
from tests.migrated import migrate
from tests.nudging import NOON, Desk
from tests.postgres import OwnServer, running_server
from tests.waiting import until
from tests.worker.test_loop import dependencies_of, late_follow_ups, working

SOON = NOON + timedelta(minutes=1)


@pytest.fixture(scope="module")
def own_server() -> Iterator[OwnServer]:
    """A server that a test may restart."""
    with running_server() as server:
        yield server


@pytest.fixture
async def desk(own_server: OwnServer) -> AsyncIterator[Desk]:
    """A team whose PostgreSQL has the queue."""
    url = own_server.url(own_server.create_database())
    migrate(url)
    await queue.prepare(url)
    bind(connect(url, announces=True), tables.TABLES)
    yield nudging.new_desk()
    await close()


def worker_of(desk: Desk, folder: Path, name: str = "worker", **options: object) -> Worker:
    dependencies = dependencies_of(desk, folder)
    return Worker(dependencies, clock=lambda: SOON, name=name, dispatcher=QueueDispatcher(), **options)


def sent(count: int) -> Callable[[], Awaitable[bool]]:
    async def are_sent() -> bool:
        return await tables.Nudge.count().where(tables.Nudge.state == NudgeState.SENT) == count

    return are_sent


async def test_what_is_decided_is_heard_of_and_sent(desk: Desk, tmp_path: Path):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await working(worker_of(desk, tmp_path), sent(1))
    assert desk.receiver.addresses == ["json://ada.example.org/"]


async def test_three_workers_send_each_nudge_once(desk: Desk, tmp_path: Path):
    await late_follow_ups(desk, 40)
    workers = [worker_of(desk, tmp_path, name) for name in ("one", "two", "three")]
    await asyncio.gather(*(working(worker, sent(40)) for worker in workers))
    assert len(desk.receiver.received) == 40


async def test_a_nudge_whose_job_was_lost_is_announced_by_the_next_sweep(desk: Desk, tmp_path: Path):
    ada = await desk.member("ada")
    target = await desk.target("ada", ada)
    await trials.begin(Act(ada, NOON), target)
    await tables.Nudge.raw("DELETE FROM jobs.pgqueuer")
    await working(worker_of(desk, tmp_path, jobs=(SWEEP,)), sent(1))


async def test_nobody_hears_of_what_was_rolled_back(desk: Desk):
    ada = await desk.member("ada")
    target = await desk.target("ada", ada)

    async def in_vain() -> None:
        async with transaction():
            await trials.begin(Act(ada, NOON), target)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await in_vain()
    assert await tables.Nudge.raw("SELECT 1 FROM jobs.pgqueuer") == []


async def test_a_worker_goes_on_after_the_database_was_restarted(
    desk: Desk, tmp_path: Path, own_server: OwnServer
):
    ada = await desk.member("ada")
    target = await desk.target("ada", ada)
    stop = asyncio.Event()
    work = asyncio.create_task(worker_of(desk, tmp_path).run(stop))
    for turn in range(3):
        await trials.begin(Act(ada, NOON), target)
        await until(sent(turn + 1), "the nudge was not sent")
        await asyncio.to_thread(own_server.restart)
    await until(lambda: asked(target, ada), "the restarted server takes no test of the target")
    await until(sent(4), "the last nudge was not sent")
    stop.set()
    await work


async def asked(target: object, by: object) -> bool:
    """Whether the restarted server takes a test of the target."""
    try:
        await trials.begin(Act(by, NOON), target)  # type: ignore[arg-type]
    except (OSError, ConnectionError):
        return False
    return True


async def test_the_queue_is_made_once_by_however_many(own_server: OwnServer):
    url = own_server.url(own_server.create_database())
    await asyncio.gather(*(queue.prepare(url) for _ in range(4)))
    bind(connect(url, announces=True), tables.TABLES)
    assert await tables.Nudge.raw("SELECT count(*) AS jobs FROM jobs.pgqueuer") == [{"jobs": 0}]
    await queue.forget(before=NOON)
    await close()
