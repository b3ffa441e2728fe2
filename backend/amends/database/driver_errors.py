"""Translation of driver errors: disk full, database unreachable, integer out of range."""

import errno
import sqlite3

from amends.database.asyncpg_driver import is_asyncpg
from amends.errors import AmendsError, NotFound

SECONDS = 2
"""Retry-After: a server that restarts needs about as long."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
AWAY = frozenset({sqlite3.SQLITE_CANTOPEN})
BROKEN_OFF = ("DeadlockDetectedError", "SerializationError")
"""By which PostgreSQL ends one transaction so that another can go on."""
GONE = (
    "PostgresConnectionError",
    "CannotConnectNowError",
    "AdminShutdownError",
    "CrashShutdownError",
    "TooManyConnectionsError",
    "InternalClientError",
)
"""The last one is what asyncpg says when the server goes in the middle of an exchange."""


class DiskIsFull(AmendsError):
    "The server’s disk is full, so nothing was saved."

    status = 507


class NumberTooLarge(NotFound):
    "No item has a number that large."


class DatabaseIsAway(AmendsError):
    "The database cannot be reached right now."

    status = 503


class DatabaseIsBusy(AmendsError):
    "Others were changing the same thing at that moment, so nothing was saved. Send it again."

    status = 503


def from_driver_error(error: BaseException) -> AmendsError | None:
    """What a driver or the system means by it, as one of the errors of this module; else None."""
    if _is_full(error):
        return DiskIsFull(retry_after=60)
    if _is_out_of_range(error):
        return NumberTooLarge()
    if is_broken_off(error) or _is_busy(error):
        return DatabaseIsBusy(retry_after=SECONDS)
    return DatabaseIsAway(retry_after=SECONDS) if _is_away(error) else None


def is_broken_off(error: BaseException) -> bool:
    """Whether the database ended the transaction by itself, so that the same may succeed now."""
    return is_asyncpg(error, *BROKEN_OFF)


def _is_busy(error: BaseException) -> bool:
    """Another process has written to the SQLite file for longer than this one waits for it."""
    code = getattr(error, "sqlite_errorcode", None) if isinstance(error, sqlite3.Error) else None
    return code == sqlite3.SQLITE_BUSY


def _is_full(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return is_asyncpg(error, "DiskFullError") or (isinstance(error, OSError) and error.errno in FULL)


def _is_out_of_range(error: BaseException) -> bool:
    """A number that no column holds, as each driver says it before it asks its server."""
    if is_asyncpg(error, "DataError"):
        return "out of int" in str(error)
    return isinstance(error, OverflowError) and "SQLite INTEGER" in str(error)


def _is_away(error: BaseException) -> bool:
    if isinstance(error, sqlite3.Error):
        return getattr(error, "sqlite_errorcode", None) in AWAY
    closed = is_asyncpg(error, "InterfaceError") and "closed" in str(error)
    return closed or isinstance(error, (ConnectionError, TimeoutError)) or is_asyncpg(error, *GONE)
