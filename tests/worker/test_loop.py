"""Worker loop: failing jobs, heartbeats, shutdown, single instance."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from amends import tables
from amends.gateways.backup_child import ChildBackupMaker
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.feeds import SandboxedFeedReader
from amends.gateways.mail_reader import SandboxedMailReader
from amends.gateways.mail_sender import SandboxedMailSender
from amends.gateways.mailboxes import SandboxedMailboxReader
from amends.gateways.notifier import Message, Outcome, Result
from amends.gateways.notifier.addresses import Refused
from amends.gateways.time_stamps import SandboxedTimeStamper
from amends.gateways.webhooks import SandboxedWebhookCarrier
from amends.rules.vocabulary import NudgeState
from amends.services.capture import imports
from amends.services.nudge import nudges, trials
from amends.services.nudge.nudges import claims
from amends.services.operation import health
from amends.services.team.members import Act, find
from amends.worker import dispatchers, jobs, loop, single_instance
from amends.worker.jobs import JOBS, SWEEP, Dependencies, Job
from amends.worker.loop import Worker, run_once
from tests import nudging
from tests.imports import NEXT_WEEK, kept
from tests.nudging import BASE_URL, NOON, Desk
from tests.waiting import PATIENCE, until
from tests.world import MONDAY

desk = nudging.desk
SOON = NOON + timedelta(minutes=1)


def dependencies_of(desk: Desk, folder: Path, notifier: object = None) -> Dependencies:
    return Dependencies(
        mails=SandboxedMailReader(),
        mailboxes=SandboxedMailboxReader(),
        mail_sender=SandboxedMailSender(),
        notifier=notifier or desk.receiver,
        secrets=desk.secrets,
        files=FolderEvidenceFiles(folder),
        feeds=SandboxedFeedReader(),
        stamps=SandboxedTimeStamper(),
        webhooks=SandboxedWebhookCarrier(),
        backups=ChildBackupMaker(),
        erased_list=ErasedList(folder),
        base_url=BASE_URL,
    )


async def late_follow_up(desk: Desk) -> None:
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)


async def late_follow_ups(desk: Desk, count: int) -> None:
    """Each of another owner: what is for one person goes together."""
    for place in range(count):
        member = await desk.member(f"member{place}")
        await desk.target(f"member{place}", member)
        await desk.follow_up(member)


async def working(worker: Worker, condition: Callable[[], Awaitable[bool]]) -> None:
    """Runs the worker until something is true, then stops it."""
    stop = asyncio.Event()
    run = asyncio.create_task(worker.run(stop))

    async def is_done() -> bool:
        assert not run.done(), run
        return await condition()

    await until(is_done, "the worker has not done it")
    stop.set()
    async with asyncio.timeout(PATIENCE):
        await run


async def test_it_plans_and_sends_what_is_late(desk: Desk, tmp_path: Path):
    await late_follow_up(desk)

    async def sent() -> bool:
        return bool(await tables.Nudge.count().where(tables.Nudge.state == NudgeState.SENT))

    await working(Worker(dependencies_of(desk, tmp_path), clock=lambda: SOON, name="worker"), sent)
    assert desk.receiver.addresses == ["json://ada.example.org/"]


async def test_a_job_that_fails_is_tried_again_and_the_others_go_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    tries = []

    async def fails_once(dependencies: Dependencies, now: datetime) -> None:
        tries.append(now)
        if len(tries) == 1:
            raise ConnectionError("the database is away")

    async def tried_twice() -> bool:
        return len(tries) > 1 and bool(desk.receiver.received)

    await late_follow_up(desk)
    job = Job("fails", timedelta(seconds=0.05), fails_once)
    worker = Worker(dependencies_of(desk, tmp_path), clock=lambda: SOON, name="w", jobs=(job, SWEEP))
    await working(worker, tried_twice)


async def test_it_shows_that_it_lives_and_what_troubles_it(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loop, "BEAT_SECONDS", 0.0)

    async def fails(dependencies: Dependencies, now: datetime) -> None:
        raise ValueError("never shown")

    async def seen() -> bool:
        rows = await tables.Heartbeat.select()
        return bool(rows) and rows[0]["note"] == "broken: ValueError" and rows[0]["seen_at"] == SOON

    worker = Worker(
        dependencies_of(desk, tmp_path),
        clock=lambda: SOON,
        name="worker",
        jobs=(Job("broken", timedelta(hours=1), fails), SWEEP),
    )
    await working(worker, seen)


async def test_a_worker_whose_sweep_fails_for_minutes_does_not_claim_to_live(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loop, "STALE_SECONDS", -1.0)
    turns = []

    async def counts(dependencies: Dependencies, now: datetime) -> None:
        turns.append(now)

    async def turned() -> bool:
        return len(turns) > 2

    quick = Job("counts", timedelta(seconds=0.01), counts)
    await working(
        Worker(dependencies_of(desk, tmp_path), clock=lambda: SOON, name="w", jobs=(quick,)), turned
    )
    assert await tables.Heartbeat.count() == 0


class Hanging:
    """A notifier whose sends end only when it is closed, as those of killed children do."""

    def __init__(self) -> None:
        self.closed, self.sending = asyncio.Event(), asyncio.Event()

    async def send(self, address: str, message: Message) -> Result:
        self.sending.set()
        await self.closed.wait()
        return Result(Outcome.timeout, "notifier process ended")

    async def check(self, address: str) -> Refused | None:
        return None

    async def close(self) -> None:
        self.closed.set()


async def test_it_stops_within_ten_seconds_while_a_send_hangs_and_keeps_what_is_known(
    desk: Desk, tmp_path: Path
):
    await late_follow_up(desk)
    hanging = Hanging()

    async def sending() -> bool:
        return hanging.sending.is_set()

    begun = asyncio.get_running_loop().time()
    await working(Worker(dependencies_of(desk, tmp_path, hanging), clock=lambda: SOON, name="w"), sending)
    assert asyncio.get_running_loop().time() - begun < 10
    [nudge] = await desk.nudges()
    assert (nudge["state"], nudge["failure"]) == (NudgeState.READY, "timeout: notifier process ended")
    assert nudge["run_at"] >= SOON + timedelta(minutes=15)


async def test_many_slow_sends_are_under_way_at_once_but_no_more_than_twenty(desk: Desk, tmp_path: Path):
    await late_follow_ups(desk, 30)

    class Counting(Hanging):
        under_way = most = 0

        async def send(self, address: str, message: Message) -> Result:
            self.under_way += 1
            self.most = max(self.most, self.under_way)
            if self.under_way >= dispatchers.WIDTH:
                self.closed.set()
            await self.closed.wait()
            self.under_way -= 1
            return Result(Outcome.delivered, "accepted")

    notifier = Counting()

    async def all_sent() -> bool:
        return await tables.Nudge.count().where(tables.Nudge.state == NudgeState.SENT) == 30

    await working(Worker(dependencies_of(desk, tmp_path, notifier), clock=lambda: SOON, name="w"), all_sent)
    assert notifier.most == dispatchers.WIDTH


async def test_two_workers_send_each_nudge_once(desk: Desk, tmp_path: Path):
    await late_follow_ups(desk, 25)

    async def all_sent() -> bool:
        return await tables.Nudge.count().where(tables.Nudge.state == NudgeState.SENT) == 25

    workers = [
        Worker(dependencies_of(desk, tmp_path), clock=lambda: SOON, name=name) for name in ("one", "two")
    ]
    await asyncio.gather(*(working(worker, all_sent) for worker in workers))
    assert len(desk.receiver.received) == 25


async def test_once_does_everything_once_and_says_what(desk: Desk, tmp_path: Path):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    await desk.target("ada", ada)
    await desk.target("bob", bob)
    await desk.follow_up(ada)
    await desk.follow_up(bob)
    desk.receiver.answers["json://bob.example.org/"] = [Result(Outcome.unreachable, "no route")]
    done = await run_once(dependencies_of(desk, tmp_path), now=SOON)
    assert (done.planned, done.sent, done.failed, done.void) == (2, 1, 1, 0)
    again = await run_once(dependencies_of(desk, tmp_path), now=SOON)
    assert (again.planned, again.sent, again.failed) == (0, 0, 0)


async def fails(dependencies: Dependencies, now: datetime) -> None:
    raise ValueError("never shown")


async def test_once_does_everything_else_when_a_job_fails_and_says_which(desk: Desk, tmp_path: Path):
    await late_follow_up(desk)
    jobs = (Job("broken", timedelta(hours=1), fails), *JOBS)
    done = await run_once(dependencies_of(desk, tmp_path), now=SOON, jobs=jobs)
    assert (done.planned, done.sent, done.broken) == (1, 1, ["broken (ValueError)"])


async def test_a_job_that_failed_is_told_until_it_succeeds_however_seldom_it_runs(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(loop, "BEAT_SECONDS", 0.0)
    monkeypatch.setattr(loop, "FAILURE_SHOWN_SECONDS", -1.0)

    async def seen() -> bool:
        return await health.failures(now=SOON) == ("hourly: ValueError",)

    jobs = (Job("hourly", timedelta(hours=1), fails), SWEEP)
    await working(Worker(dependencies_of(desk, tmp_path), clock=lambda: SOON, name="w", jobs=jobs), seen)


class Parts:
    """A job of three parts, each of which takes half a minute of the worker's clock; and when each began."""

    def __init__(self) -> None:
        self.now = NOON
        self.began: list[datetime] = []
        self.job = Job("parts", timedelta(hours=1), self.run, in_parts=True)

    async def run(self, dependencies: Dependencies, now: datetime) -> bool:
        self.began.append(now)
        self.now += timedelta(seconds=30)
        return len(self.began) < 3

    async def are_done(self) -> bool:
        return len(self.began) == 3


async def test_each_part_of_a_long_job_begins_when_it_is_by_then(desk: Desk, tmp_path: Path):
    parts = Parts()
    dependencies = dependencies_of(desk, tmp_path)
    worker = Worker(dependencies, clock=lambda: parts.now, name="w", jobs=(parts.job,))
    await working(worker, parts.are_done)
    assert parts.began == [NOON + timedelta(seconds=30 * part) for part in range(3)]


async def test_once_does_every_part_of_a_long_job_while_time_passes(desk: Desk, tmp_path: Path):
    parts = Parts()
    await run_once(dependencies_of(desk, tmp_path), now=SOON, jobs=(parts.job,))
    assert await parts.are_done()
    assert SOON == parts.began[0] < parts.began[1] < parts.began[2] < SOON + timedelta(seconds=30)


async def test_once_sends_more_than_fit_at_once(desk: Desk, tmp_path: Path):
    ada = await desk.member("ada")
    target = await desk.target("ada", ada)
    for _ in range(dispatchers.WIDTH + 5):
        await trials.begin(Act(ada, NOON), target)
    done = await run_once(dependencies_of(desk, tmp_path), now=SOON)
    assert done.sent == dispatchers.WIDTH + 5


async def started_import(*, taken_until: datetime) -> UUID:
    """A table whose import was begun by a worker that died."""
    member = await find((await tables.Member.select(tables.Member.id))[0]["id"])
    upload = await kept("text\nLate\n", by=member)
    await imports.start(Act(member, MONDAY), upload, look_on=NEXT_WEEK)
    await tables.Upload.update({tables.Upload.lease_ends: taken_until}).where(tables.Upload.id == upload)
    return upload


async def test_stale_leases_are_freed_only_by_the_single_instance(
    desk: Desk, tmp_path: Path, database_url: str
):
    await late_follow_up(desk)
    await nudges.sweep(now=SOON)
    [nudge] = await nudges.ready(now=SOON, limit=1)
    await claims.claim(nudge, "the one who died", now=SOON)
    upload = await started_import(taken_until=SOON + timedelta(seconds=59))
    first = await single_instance.free_stale_leases(tmp_path, now=SOON)
    is_single = database_url.startswith("sqlite")
    assert bool(first) is is_single
    assert (await nudges.ready(now=SOON, limit=1) == [nudge]) is is_single
    [kept] = await tables.Upload.select().where(tables.Upload.id == upload)
    assert (kept["lease_ends"] is None) is is_single
    if first:
        assert await single_instance.free_stale_leases(tmp_path, now=SOON) is None, (
            "somebody else holds the lock"
        )
        first.close()


def test_every_job_has_a_name_of_its_own():
    assert len({job.name for job in JOBS}) == len(JOBS)
    assert jobs.SWEEP in JOBS
