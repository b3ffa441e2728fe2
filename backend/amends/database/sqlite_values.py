"""Conversion of SQLite values to Python types by the declared type of their column."""

import json
import sqlite3
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

import piccolo.engine.sqlite  # noqa: F401 - it registers its converters when imported; ours must come after


@lru_cache(maxsize=8192)  # the same stored value, the same immutable one: lists repeat themselves
def _instant(stored: bytes) -> datetime:
    moment = datetime.fromisoformat(stored.decode())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@lru_cache(maxsize=8192)
def _id(stored: bytes) -> UUID:
    return UUID(stored.decode())


# Piccolo registers slower ones for the whole process (an INTEGER goes through Decimal), and none for JSON.
sqlite3.register_converter("INTEGER", int)
sqlite3.register_converter("BOOLEAN", lambda stored: stored == b"1")
sqlite3.register_converter("UUID", _id)
sqlite3.register_converter("TIMESTAMPTZ", _instant)
sqlite3.register_converter("JSON", json.loads)
sqlite3.register_converter("JSONB", json.loads)
