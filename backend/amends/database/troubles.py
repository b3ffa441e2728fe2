"""What does a driver's error mean for a person? There is no room left, or the database is away."""

import errno
import sqlite3

import asyncpg  # type: ignore[import-untyped]

from amends.errors import AmendsError

SECONDS = 2
"""When to come again: a server that restarts needs about as long."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
AWAY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN})
GONE = (
    ConnectionError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InternalClientError,
)
"""The last one is what asyncpg says when the server goes in the middle of an exchange."""


class DiskIsFull(AmendsError):
    """The server has no room left, and nothing of this was kept."""

    status = 507


class DatabaseIsAway(AmendsError):
    """The database cannot be reached at this moment."""

    status = 503


def trouble_of(error: BaseException) -> AmendsError | None:
    """DiskIsFull or DatabaseIsAway, if a driver or the system means that; None for anything else."""
    if _is_full(error):
        return DiskIsFull(retry_after=60)
    return DatabaseIsAway(retry_after=SECONDS) if _is_away(error) else None


def _is_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return isinstance(error, asyncpg.DiskFullError) or (isinstance(error, OSError) and error.errno in FULL)


def _is_away(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in AWAY
    closed = isinstance(error, asyncpg.InterfaceError) and "closed" in str(error)
    return closed or isinstance(error, GONE)
