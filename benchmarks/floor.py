"""What is the least that an answer can cost? The app's own statements by the bare driver, answered plainly.

`python -m benchmarks.floor PORT FILE`: the file holds the address of the database and, by method and path,
the statements. No web framework, no template, no query builder, no thread, no check of who asks.
"""

import pickle
import sqlite3
import sys
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import uvicorn

from benchmarks.recording import Fresh, Marked, Number, Statement

PRAGMAS = ("foreign_keys=ON", "synchronous=NORMAL", "temp_store=MEMORY", "cache_size=-8000")
_marks = count(1)


class Floor:
    """A bare ASGI app."""

    def __init__(self, url: str, answers: dict[str, list[Statement]]) -> None:
        self.url, self.answers = url, answers
        self.file: Any = None
        self.pool: Any = None

    async def __call__(self, scope: Any, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        if scope["type"] != "http":
            return
        while (await receive()).get("more_body"):
            pass
        key = (
            "capture"
            if scope["method"] == "PUT"
            else scope["raw_path"].decode() + "?" + scope["query_string"].decode()
        )
        body = msgspec.json.encode(await self.rows_of(self.answers[key]))
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def rows_of(self, statements: Sequence[Statement]) -> list[list[tuple[Any, ...]]]:
        own = Own()
        if self.url.startswith("sqlite"):
            if self.file is None:
                self.file = bare_file(self.url)
            return [
                own.seen(one.sql, self.file.execute(one.sql, own.values(one.values)).fetchall())
                for one in statements
            ]
        if self.pool is None:
            self.pool = await asyncpg.create_pool(self.url, min_size=1, max_size=10, reset=_leave)
        async with self.pool.acquire() as connection:
            rows = []
            for one in statements:
                if one.values or one.sql not in ("BEGIN", "COMMIT"):
                    found = await connection.fetch(one.sql, *own.values(one.values, UUID))
                    rows.append(own.seen(one.sql, [tuple(row) for row in found]))
                else:
                    await connection.execute(one.sql)
            return rows


class Own:
    """What one request makes for itself: new ids, its mark, the number that it was given."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}
        self.mark = f"8{next(_marks):018}"
        self.number = 0

    def values(self, values: Sequence[Any], kind: Callable[[str], Any] = str) -> list[Any]:
        return [self._value(value, kind) for value in values] if values else []

    def _value(self, value: Any, kind: Callable[[str], Any]) -> Any:
        if type(value) is Fresh:
            return kind(self.ids.setdefault(value.first, str(uuid4())))
        if type(value) is Marked:
            return value.text.format(self.mark)
        return self.number if type(value) is Number else value

    def seen(self, sql: str, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        if rows and "INTO counter" in sql:
            self.number = rows[0][0]
        return rows


def bare_file(url: str) -> sqlite3.Connection:
    """A connection with the app's settings, and no conversion of what it reads."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, cached_statements=256)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


async def _leave(_connection: Any) -> None:
    """As the app's pool: no statement to reset a connection."""


def main() -> None:
    """Serves until it is ended."""
    url, answers = pickle.loads(Path(sys.argv[2]).read_bytes())
    uvicorn.run(Floor(url, answers), port=int(sys.argv[1]), log_config=None, access_log=False, lifespan="off")


if __name__ == "__main__":
    main()
