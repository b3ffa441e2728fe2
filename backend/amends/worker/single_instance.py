"""Single-instance lock: detects that no other process sends, and frees the leases of a crashed one."""

from datetime import datetime
from pathlib import Path
from typing import IO

import structlog

from amends.database import bound
from amends.services.capture import import_runs
from amends.services.nudge import nudges
from amends.services.operation import webhooks

try:
    import fcntl
except ImportError:  # Windows: leases expire after a minute
    fcntl = None  # type: ignore[assignment]

log = structlog.get_logger()


async def free_stale_leases(data_dir: Path, *, now: datetime) -> IO[str] | None:
    """On SQLite, free the leases of an earlier start, under a lock file held as long as this process runs.

    The holder of the lock is the only instance: one machine owns the file. On PostgreSQL other workers may be
    sending, and leases expire. Keep the returned file open: closing it releases the lock. None without it.
    """
    if fcntl is None or bound().engine_type != "sqlite":
        return None
    lock = (data_dir / "worker.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        return None
    freed = await nudges.free_leases(now=now)
    if freed:
        log.info("nudges of an earlier start are tried again", nudges=freed)
    if events := await webhooks.free_leases(now=now):
        log.info("events for webhooks of an earlier start are tried again", events=events)
    if imports := await import_runs.free_leases():
        log.info("imports of an earlier start go on", imports=imports)
    return lock
