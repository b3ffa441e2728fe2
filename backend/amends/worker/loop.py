"""How does the worker go on, whatever happens? It runs the jobs, sends what is ready, shows that it lives."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from amends.clock import Clock
from amends.rules.vocabulary import NudgeState
from amends.services import health, nudges
from amends.worker.jobs import JOBS, SWEEP, Job, Parts

WIDTH = 20
"""How many nudges are on their way at once, at most."""
IDLE_SECONDS, BUSY_SECONDS = 1.0, 0.1
BEAT_SECONDS = 20.0
STALE_SECONDS = 120.0
"""A worker whose sweep has not succeeded for so long does not claim to be alive."""
SEND_PATIENCE, STOP_PATIENCE = 4.0, 8.0

log = structlog.get_logger()


class Worker:
    """One worker. `run` ends only when told to stop, or with the error that must end the process."""

    def __init__(self, parts: Parts, *, clock: Clock, name: str, jobs: Sequence[Job] = JOBS) -> None:
        self.parts, self.clock, self.name, self.jobs = parts, clock, name, jobs
        self._sending: dict[UUID, asyncio.Task[None]] = {}
        self._trouble: dict[str, str] = {}
        self._beaten = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Works until `stop` is set, then ends within ten seconds; what was on its way is tried again."""
        self.started_at = self.clock()
        self._swept = asyncio.get_running_loop().time()
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._repeat(job, stop)) for job in self.jobs]
            tasks.append(group.create_task(self._dispatch(stop)))
            await stop.wait()
            await self._finish_sending()
            await asyncio.wait(tasks, timeout=STOP_PATIENCE - SEND_PATIENCE)
            for task in tasks:
                task.cancel()
        await self.parts.notifier.close()

    async def _repeat(self, job: Job, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await job.run(self.parts, self.clock())
                self._trouble.pop(job.name, None)
                if job is SWEEP:
                    self._swept = asyncio.get_running_loop().time()
            except Exception as error:  # noqa: BLE001 - a job that fails is tried again, and said to have failed
                self._tell(job.name, error)
            await _pause(stop, job.every.total_seconds())

    async def _dispatch(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._beat()
                await self._send_what_is_ready()
                self._trouble.pop("dispatch", None)
            except Exception as error:  # noqa: BLE001 - the database is away: the next turn may find it back
                self._tell("dispatch", error)
            await _pause(stop, BUSY_SECONDS if self._sending else IDLE_SECONDS)

    async def _send_what_is_ready(self) -> None:
        free = WIDTH - len(self._sending)
        if free <= 0:
            return
        for nudge_id in await nudges.ready(now=self.clock(), limit=WIDTH):
            if nudge_id not in self._sending and len(self._sending) < WIDTH:
                task = asyncio.create_task(self._send(nudge_id))
                self._sending[nudge_id] = task

    async def _send(self, nudge_id: UUID) -> None:
        parts = self.parts
        try:
            await nudges.deliver(
                nudge_id, parts.notifier, parts.secrets, now=self.clock(), base_url=parts.base_url
            )
        except Exception as error:  # noqa: BLE001 - its lease ends, and it is tried again
            self._tell("deliver", error)
        finally:
            self._sending.pop(nudge_id, None)

    async def _beat(self) -> None:
        moment = asyncio.get_running_loop().time()
        if moment - self._beaten < BEAT_SECONDS or moment - self._swept > STALE_SECONDS:
            return
        note = "; ".join(f"{name}: {problem}" for name, problem in sorted(self._trouble.items()))
        await health.beat(self.name, started_at=self.started_at, now=self.clock(), note=note)
        self._beaten = moment

    async def _finish_sending(self) -> None:
        """Lets messages arrive for a moment; then the notifier gives up, and its answers are still kept."""
        sending = list(self._sending.values())
        if not sending:
            return
        _done, late = await asyncio.wait(sending, timeout=SEND_PATIENCE)
        await self.parts.notifier.close()
        if late:
            await asyncio.wait(late, timeout=1.0)
        for task in late:
            task.cancel()

    def _tell(self, name: str, error: Exception) -> None:
        self._trouble[name] = type(error).__name__
        log.error("job failed", job=name, exc_info=error)


@dataclass(slots=True)
class Done:
    """What one run did: nudges planned, sent, given up or put off, and found to be no longer true."""

    planned: int = 0
    sent: int = 0
    failed: int = 0
    void: int = 0


async def run_once(parts: Parts, *, now: datetime, jobs: Sequence[Job] = JOBS) -> Done:
    """Does everything that is to be done at this instant, once; each nudge is tried at most once."""
    done = Done()
    for job in jobs:
        result = await job.run(parts, now)
        if job is SWEEP and isinstance(result, int):
            done.planned += result
    tried: set[UUID] = set()
    while fresh := [one for one in await nudges.ready(now=now, limit=len(tried) + WIDTH) if one not in tried]:
        tried.update(fresh)
        sends = (
            nudges.deliver(one, parts.notifier, parts.secrets, now=now, base_url=parts.base_url)
            for one in fresh
        )
        for state in await asyncio.gather(*sends):
            done.sent += state is NudgeState.SENT
            done.void += state is NudgeState.VOID
            done.failed += state in (NudgeState.READY, NudgeState.DEAD)
    return done


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
