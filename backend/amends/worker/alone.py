"""Is this the only process that sends? Then what a dead one was sending may be tried again at once."""

from datetime import datetime
from pathlib import Path
from typing import IO

import structlog

from amends.database import bound
from amends.services.nudge import nudges

try:
    import fcntl
except ImportError:  # Windows: leases simply end by themselves, after a minute
    fcntl = None  # type: ignore[assignment]

log = structlog.get_logger()


async def free_leases_if_alone(data_dir: Path, *, now: datetime) -> IO[str] | None:
    """On SQLite, frees the leases of an earlier start, under a lock that lasts as long as this process.

    Whoever gets the lock is alone: one machine owns the file. On PostgreSQL others may be sending, and leases
    end by themselves. Keep what is returned: closing it lets another process believe that it is alone.
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
    return lock
