"""Health checks: database, schema, worker, disk space."""

import functools
import shutil
from datetime import datetime, timedelta

import msgspec

from amends import tables
from amends.database import bound, migrate, run
from amends.settings import Settings

LATE_AFTER = timedelta(minutes=3)
"""A worker that has not been heard of for so long is late, and pages say so."""

FORGOTTEN_AFTER = timedelta(days=1)
LEAST_FREE = 100 * 2**20
"""With less room than this (bytes), evidence and the database are in danger."""


class Readiness(msgspec.Struct, frozen=True, kw_only=True):
    """What /readyz and `doctor` tell."""

    database: bool
    migrations: bool
    worker_seen_at: datetime | None
    worker_late: bool
    disk_free: int
    failing: tuple[str, ...] = ()
    """What lately failed in a worker that lives, as `job: error`."""

    @property
    def ready(self) -> bool:
        """Whether people can be served and are nudged."""
        return self.database and self.migrations and not self.worker_late and self.disk_free >= LEAST_FREE


async def readiness(settings: Settings, *, now: datetime) -> Readiness:
    """How things stand. Never raises: a database that is away is part of the answer."""
    free = shutil.disk_usage(settings.data_dir).free
    try:
        found = await revision()
        seen_at = await worker_seen_at()
        failing = await failures(now=now)
    except Exception:  # noqa: BLE001 - whatever the driver raises, the answer is that it does not work
        return Readiness(
            database=False, migrations=False, worker_seen_at=None, worker_late=True, disk_free=free
        )
    return Readiness(
        database=True,
        migrations=found == head(),
        worker_seen_at=seen_at,
        worker_late=is_late(seen_at, now=now),
        disk_free=free,
        failing=failing,
    )


async def failures(*, now: datetime) -> tuple[str, ...]:
    """What fails in the workers that live, each once."""
    notes = [worker.note for worker in await workers(now=now) if not worker.late]
    return tuple(sorted({part for note in notes for part in note.split("; ") if part}))


async def worker_seen_at() -> datetime | None:
    """When any worker last showed that it is alive; None before the first one ever did."""
    rows = await run("SELECT seen_at FROM heartbeat ORDER BY seen_at DESC LIMIT 1")
    return rows[0]["seen_at"] if rows else None


WORKERS = "SELECT name, started_at, seen_at, note FROM heartbeat ORDER BY seen_at DESC LIMIT :most"


class Worker(msgspec.Struct, frozen=True, kw_only=True):
    """A worker that was heard of within a day; `note` says what went wrong with it in the last minutes."""

    name: str
    started_at: datetime
    seen_at: datetime
    late: bool
    note: str


async def workers(*, now: datetime, most: int = 20) -> list[Worker]:
    """The workers, the one heard of last first."""
    rows = await run(WORKERS, most=most)
    return [Worker(**dict(row), late=is_late(row["seen_at"], now=now)) for row in rows]


async def worker_is_late(*, now: datetime) -> bool:
    """Whether pages must warn that nobody is being nudged."""
    return is_late(await worker_seen_at(), now=now)


def is_late(seen_at: datetime | None, *, now: datetime) -> bool:
    """Whether a worker last seen then is late now."""
    return seen_at is None or now - seen_at > LATE_AFTER


async def beat(name: str, *, started_at: datetime, now: datetime, note: str = "") -> None:
    """Shows that the worker of this name is alive; `note` says what last went wrong."""
    beat = tables.Heartbeat
    await beat.insert(beat(name=name, started_at=started_at, seen_at=now, note=note)).on_conflict(
        target=beat.name, action="DO UPDATE", values=[beat.started_at, beat.seen_at, beat.note]
    )


async def forget_workers(*, now: datetime) -> None:
    """Forgets the workers that have not been seen for a day."""
    await tables.Heartbeat.delete().where(tables.Heartbeat.seen_at < now - FORGOTTEN_AFTER)


async def revision() -> str | None:
    """The migration that the database is at."""
    rows = await bound().run_statement("SELECT version_num FROM alembic_version")
    return str(rows[0]["version_num"]) if rows else None


@functools.cache
def head() -> str:
    """The migration that this version needs."""
    return migrate.head()
