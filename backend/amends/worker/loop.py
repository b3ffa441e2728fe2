"""Worker loop: runs the jobs, delivers nudges, sends heartbeats, survives failures."""

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import structlog

from amends.clock import Clock
from amends.rules.vocabulary import NudgeState
from amends.services.nudge import nudges
from amends.services.operation import health
from amends.worker.dispatchers import IDLE_SECONDS, WIDTH, Dispatcher, LocalDispatcher, pause
from amends.worker.jobs import JOBS, PLANNING, SWEEP, Dependencies, Job

BEAT_SECONDS = 20.0
STALE_SECONDS = 120.0
"""A worker whose sweep has not succeeded for so long does not claim to be alive."""
FAILURE_SHOWN_SECONDS = 300.0
"""So long a failure to send is told beside the heartbeat; that of a job, until the job has succeeded."""
SEND_PATIENCE, STOP_PATIENCE = 4.0, 8.0
READ = 10 * WIDTH
"""Nudges that one run reads at a time."""

log = structlog.get_logger()


class Worker:
    """One worker. `run` ends only when told to stop, or with the error that must end the process."""

    def __init__(
        self,
        dependencies: Dependencies,
        *,
        clock: Clock,
        name: str,
        jobs: Sequence[Job] = JOBS,
        dispatcher: Dispatcher | None = None,
    ) -> None:
        self.dependencies, self.clock, self.name, self.jobs = dependencies, clock, name, jobs
        self.dispatcher = dispatcher or LocalDispatcher(clock)
        self._sending: set[asyncio.Task[object]] = set()
        self._failures: dict[str, tuple[str, float]] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set, then ends within ten seconds; what was on its way is tried again."""
        self.started_at = self.clock()
        self._swept = _moment()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._repeat(job, stop)) for job in self.jobs]
            tasks.append(group.create_task(self._dispatch(stop)))
            tasks.append(group.create_task(self._send_heartbeats(stop)))
            await stop.wait()
            await self._finish_sending()
            await asyncio.wait(tasks, timeout=STOP_PATIENCE - SEND_PATIENCE)
            for task in tasks:
                task.cancel()
        await self.dependencies.notifier.close()

    async def _repeat(self, job: Job, stop: asyncio.Event) -> None:
        while not stop.is_set():
            goes_on = False
            try:
                goes_on = bool(await job.run(self.dependencies, self.clock())) and job.in_parts
                self._failures.pop(job.name, None)
                if job.name == SWEEP.name:
                    self._swept = _moment()
            except Exception as error:  # noqa: BLE001 - a job that fails is tried again, and said to have failed
                self._record_failure(job.name, error)
            await pause(stop, 0 if goes_on else job.every.total_seconds())

    async def _dispatch(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self.dispatcher.run(self._send, stop)
            except Exception as error:  # noqa: BLE001 - the database is away: the next turn may find it back
                self._record_failure("dispatch", error)
            await pause(stop, IDLE_SECONDS)

    async def _send(self, nudge_id: UUID) -> None:
        dependencies = self.dependencies
        task = asyncio.current_task()
        assert task is not None
        self._sending.add(task)
        try:
            await nudges.deliver(
                nudge_id,
                dependencies.notifier,
                dependencies.secrets,
                now=self.clock(),
                base_url=dependencies.base_url,
            )
            self._failures.pop("deliver", None)
        except Exception as error:  # noqa: BLE001 - its lease ends, and it is tried again
            self._record_failure("deliver", error)
        finally:
            self._sending.discard(task)

    async def _send_heartbeats(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            wait = BEAT_SECONDS
            if _moment() - self._swept <= STALE_SECONDS:
                try:
                    await health.beat(
                        self.name, started_at=self.started_at, now=self.clock(), note=self._recent_failures()
                    )
                except Exception as error:  # noqa: BLE001 - the database is away: it will be asked again
                    self._record_failure("heartbeat", error)
                    wait = IDLE_SECONDS
            await pause(stop, wait)

    async def _finish_sending(self) -> None:
        """Lets messages arrive for a moment; then the notifier gives up, and its answers are still kept."""
        if not self._sending:
            return
        _done, late = await asyncio.wait(set(self._sending), timeout=SEND_PATIENCE)
        await self.dependencies.notifier.close()
        if late:
            await asyncio.wait(late, timeout=1.0)
        for task in late:
            task.cancel()

    def _record_failure(self, name: str, error: Exception) -> None:
        self._failures[name] = (type(error).__name__, _moment())
        log.error("job failed", job=name, exc_info=error)

    def _recent_failures(self) -> str:
        jobs = {job.name for job in self.jobs}
        fresh = {
            name: problem
            for name, (problem, at) in self._failures.items()
            if name in jobs or _moment() - at <= FAILURE_SHOWN_SECONDS
        }
        return "; ".join(f"{name}: {problem}" for name, problem in sorted(fresh.items()))


@dataclass(slots=True)
class Done:
    """What one run did: nudges planned, sent, given up or put off, and found to be no longer true.

    `broken` names what went wrong: jobs, and deliveries that the database refused.
    """

    planned: int = 0
    sent: int = 0
    failed: int = 0
    void: int = 0
    broken: list[str] = field(default_factory=list)


async def run_once(dependencies: Dependencies, *, now: datetime, jobs: Sequence[Job] = JOBS) -> Done:
    """Does everything that is to be done at this instant, once; each nudge is tried at most once.

    A job that fails stops no other one.
    """
    done = Done()
    for job in jobs:
        try:
            result = await _run_whole(job, dependencies, now)
        except Exception as error:
            log.error("job failed", job=job.name, exc_info=error)
            done.broken.append(f"{job.name} ({type(error).__name__})")
            continue
        if job in PLANNING and isinstance(result, int):
            done.planned += result
    tried: set[UUID] = set()
    turns = asyncio.Semaphore(WIDTH)
    while fresh := [one for one in await nudges.ready(now=now, limit=len(tried) + READ) if one not in tried]:
        tried.update(fresh)
        sends = (_sent_in_turn(one, dependencies, now, turns) for one in fresh)
        states = [state for settled in await _all_settled(sends, done) for state in settled]
        done.sent += states.count(NudgeState.SENT)
        done.void += states.count(NudgeState.VOID)
        done.failed += states.count(NudgeState.READY) + states.count(NudgeState.DEAD)
    return done


async def _sent_in_turn(
    nudge_id: UUID, dependencies: Dependencies, now: datetime, turns: asyncio.Semaphore
) -> list[NudgeState]:
    """Tries one nudge when it is its turn, so that a slow one holds up no other."""
    async with turns:
        return await nudges.deliver(
            nudge_id,
            dependencies.notifier,
            dependencies.secrets,
            now=now,
            base_url=dependencies.base_url,
        )


async def _run_whole(job: Job, dependencies: Dependencies, now: datetime) -> object:
    """Runs a job once, and one that works in parts until it has done them all; meanwhile time passes."""
    began = _moment()
    result = await job.run(dependencies, now)
    while job.in_parts and result:
        result = await job.run(dependencies, now + timedelta(seconds=_moment() - began))
    return result


async def _all_settled(sends: Iterable[Awaitable[list[NudgeState]]], done: Done) -> list[list[NudgeState]]:
    """How each ended; one that raises is told at the end, and tried again when its lease is over."""
    ends = await asyncio.gather(*sends, return_exceptions=True)
    for error in ends:
        if isinstance(error, BaseException):
            log.error("nudge could not be delivered", exc_info=error)
            done.broken.append(f"deliver ({type(error).__name__})")
    return [end for end in ends if not isinstance(end, BaseException)]


def _moment() -> float:
    """Seconds on a clock that never jumps."""
    return asyncio.get_running_loop().time()
