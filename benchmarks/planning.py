"""How long does planning take: the sweep over a few late follow-ups among very many open ones?"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any

import asyncpg

from amends import tables
from amends.clock import utc_now
from amends.database import bind, bound, close, connect
from amends.services.nudge import nudges
from benchmarks.floor import bare_file
from benchmarks.recording import Statement, recording


async def _forget() -> None:
    """Back to before the sweep."""
    await bound().run_statement("DELETE FROM nudge")
    await bound().run_statement("UPDATE follow_up SET rung = 0, next_at = due_at WHERE rung > 0")


async def _app(url: str, rounds: int) -> tuple[list[float], int, list[Statement]]:
    bind(connect(url), tables.TABLES)
    now, taken, made = utc_now(), [], 0
    try:
        for _ in range(rounds):
            began = time.perf_counter()
            made = await nudges.sweep(now=now)
            taken.append(time.perf_counter() - began)
            await _forget()
        with recording() as statements:
            await nudges.sweep(now=now)
        await _forget()
    finally:
        await close()
    return taken, made, statements


async def _floor(url: str, statements: Sequence[Statement]) -> float:
    """The same statements, in transactions that are rolled back, so that they can be run again."""
    inside = [one for one in statements if not one.sql.startswith(("BEGIN", "COMMIT"))]
    return _on_file(url, inside) if url.startswith("sqlite") else await _on_server(url, inside)


def _on_file(url: str, statements: Sequence[Statement]) -> float:
    connection = bare_file(url)
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    for one in statements:
        connection.execute(one.sql, one.values).fetchall()
    taken = time.perf_counter() - began
    connection.execute("ROLLBACK")
    connection.close()
    return taken


async def _on_server(url: str, statements: Sequence[Statement]) -> float:
    connection: Any = await asyncpg.connect(url)
    began = time.perf_counter()
    await connection.execute("BEGIN")
    for one in statements:
        await connection.fetch(one.sql, *one.values)
    taken = time.perf_counter() - began
    await connection.execute("ROLLBACK")
    await connection.close()
    return taken


def measured(url: str, rounds: int) -> tuple[float, float, int]:
    """The best times in seconds of the app and of its floor, and how many nudges a sweep made."""
    taken, made, statements = asyncio.run(_app(url, rounds))
    floors = [asyncio.run(_floor(url, statements)) for _ in range(rounds)]
    return min(taken), min(floors), made
