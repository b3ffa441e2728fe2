"""How long does long work hold a connection, or SQLite's one writer, and how does Today fare meanwhile?"""

import asyncio
import os
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from amends import tables
from amends.clock import utc_now
from amends.database import bind, close, connect, run
from amends.database.postgres import Postgres, PostgresConnection
from amends.database.sqlite import Sqlite, SqliteConnection
from amends.database.transactions import Connection
from amends.rules.insight.day_figures import Dimension
from amends.rules.insight.periods import Period
from amends.rules.vocabulary import Severity
from amends.rules.workflow.batches import MOST, Deed, Wish
from amends.services.capture import import_runs, imports
from amends.services.case import field_values
from amends.services.desk import cases, today
from amends.services.desk.cases import CaseFilters
from amends.services.insight import counting, daily, reports
from amends.services.team import members
from amends.services.team.members import Act
from amends.services.workflow import batches
from benchmarks import databases, shapes
from benchmarks.seeds import World

GOAL = 50.0
"""Milliseconds that nothing shall hold a connection."""
HEAD = (
    f"{'work':<24} | {'holds':>6} | {'p50 ms':>7} | {'p99 ms':>7} | {'longest':>8} | {'of it CPU':>9} | "
    f"{'over 50':>7} | {'Today p50':>9} | {'Today p99':>9}"
)


_is_today = ContextVar("is_today", default=False)
"""Whether it is Today that asks, whose own reads are no holds of the work."""


@dataclass(frozen=True)
class Load:
    """How many cases there are before, lines of the table, and cases that are changed in batches."""

    cases: int = 10_000
    lines: int = 10_000
    changed: int = 1_000


QUICK = Load(cases=300, lines=60, changed=20)


@dataclass(frozen=True)
class Hold:
    """How long a connection was held, on the clock and in processor time; and its last statement."""

    wall: float
    cpu: float
    sql: str


@dataclass
class Holds:
    """Those of one piece of work."""

    all: list[Hold] = field(default_factory=list)
    open: dict[int, tuple[float, float]] = field(default_factory=dict)
    sql: dict[int, str] = field(default_factory=dict)

    def take(self, connection: Connection) -> None:
        self.open[id(connection)] = time.perf_counter(), time.process_time()

    def give_back(self, connection: Connection) -> None:
        if id(connection) not in self.open:
            return
        wall, cpu = self.open.pop(id(connection))
        spent = (time.perf_counter() - wall) * 1_000, (time.process_time() - cpu) * 1_000
        self.all.append(Hold(*spent, self.sql.get(id(connection), "")))


@contextmanager
def watching() -> Iterator[Holds]:
    """Every connection from when it is taken until it is given back; quick reads in the loop take none."""
    holds = Holds()
    kept = [(kind, kind.acquire, kind.give_back) for kind in (Sqlite, Postgres)]
    runs = [(kind, kind.run) for kind in (SqliteConnection, PostgresConnection)]
    for kind, acquire, give_back in kept:
        _watch(kind, holds, acquire, give_back)
    for kind, ran in runs:
        _note(kind, holds, ran)
    try:
        yield holds
    finally:
        for kind, acquire, give_back in kept:
            kind.acquire, kind.give_back = acquire, give_back  # type: ignore[method-assign]
        for kind, ran in runs:
            kind.run = ran  # type: ignore[method-assign]


def _watch(kind: Any, holds: Holds, acquire: Any, give_back: Any) -> None:
    async def taken(self: Any, *, writing: bool) -> Connection:
        connection: Connection = await acquire(self, writing=writing)
        if not _is_today.get():
            holds.take(connection)
        return connection

    async def given_back(self: Any, connection: Connection) -> None:
        try:
            await give_back(self, connection)
        finally:
            holds.give_back(connection)

    kind.acquire, kind.give_back = taken, given_back


def _note(kind: Any, holds: Holds, ran: Any) -> None:
    async def run_noted(self: Any, sql: str, *values: Any, **more: Any) -> Any:
        holds.sql[id(self)] = sql
        return await ran(self, sql, *values, **more)

    kind.run = run_noted


def measure(kind: str, load: Load) -> list[str]:
    """The lines of a table for one kind of database."""
    folder = Path(tempfile.mkdtemp(prefix="amends-slices-"))
    try:
        with databases.server_for(kind) as server:
            url = server.url(server.create_database()) if server else f"sqlite:///{folder / 'slices.db'}"
            world = databases.filled(url, shapes.Shape.SKEWED, load.cases)
            return asyncio.run(_measure(kind, url, world, load))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _measure(kind: str, url: str, world: World, load: Load) -> list[str]:
    bind(connect(url), tables.TABLES)
    lines = [f"{kind}, {load.cases} cases; load average {os.getloadavg()[0]:.1f}", HEAD]
    print("\n".join(lines), flush=True)
    try:
        act = Act(await members.find(world.members[0]), utc_now())
        for name, work in _works(act, world, load).items():
            holds, waits = await _beside_today(act, work)
            lines += [_line(name, holds, waits), *_longest(holds)]
            print("\n".join(lines[-1 - len(_longest(holds)) :]), flush=True)
    finally:
        await close()
    return lines


def _works(act: Act, world: World, load: Load) -> dict[str, Callable[[], Awaitable[object]]]:
    return {
        "nothing": lambda: asyncio.sleep(3),
        "a table is checked": lambda: _check(act, load.lines),
        "a table is imported": lambda: _import(act),
        "batches": lambda: _batches(act, load.changed),
        "counting for reports": _count,
        "a report of a year": lambda: _report(act.now),
        "an export": lambda: _export(act.now),
    }


async def _beside_today(act: Act, work: Callable[[], Awaitable[object]]) -> tuple[Holds, list[float]]:
    """The holds of the work alone, and how long Today took beside it, in milliseconds."""
    waits: list[float] = []

    async def look() -> None:
        _is_today.set(True)
        while True:
            began = time.perf_counter()
            await today.lanes(act)
            waits.append((time.perf_counter() - began) * 1_000)
            await asyncio.sleep(0.05)

    with watching() as holds:
        looking = asyncio.create_task(look())
        await asyncio.sleep(0.2)
        await work()
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
    return holds, waits


def _part(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * part))] if values else float("nan")


def _line(name: str, holds: Holds, waits: list[float]) -> str:
    spent = [one.wall for one in holds.all]
    longest = max(holds.all, key=lambda one: one.wall, default=Hold(0, 0, ""))
    over = sum(one > GOAL for one in spent)
    return (
        f"{name:<24} | {len(spent):>6} | {_part(spent, 0.5):>7.1f} | {_part(spent, 0.99):>7.1f} | "
        f"{longest.wall:>8.1f} | {longest.cpu:>9.1f} | {over:>7} | {_part(waits, 0.5):>9.1f} | "
        f"{_part(waits, 0.99):>9.1f}"
    )


def _longest(holds: Holds) -> list[str]:
    """The last statements of the longest beyond the goal, so that the culprit is known."""
    over = sorted((one for one in holds.all if one.wall > GOAL), key=lambda one: -one.wall)[:3]
    return [f"    {one.wall:.0f} ms, {one.cpu:.0f} of CPU: {' '.join(one.sql.split())[:90]}" for one in over]


async def _check(act: Act, lines: int) -> None:
    rows = "\n".join(
        f"https://x.com/row{line}/status/{8 * 10**17 + line},The cake number {line} never arrived.,Row {line}"
        for line in range(lines)
    )
    await imports.keep(act, "complaints.csv", f"url,text,author\n{rows}\n".encode())


async def _import(act: Act) -> None:
    [row] = await run("SELECT id FROM upload")
    await imports.start(act, row["id"], look_on=act.now.date() + timedelta(days=7))
    while await import_runs.advance(now=utc_now()):
        await asyncio.sleep(0)


async def _batches(act: Act, changed: int) -> None:
    """As many as one may choose at once, one batch after the other."""
    rows = await run(
        "SELECT number FROM case_file WHERE stage <> 'closed' ORDER BY number DESC LIMIT :most", most=changed
    )
    numbers = [row["number"] for row in rows]
    for first in range(0, len(numbers), MOST):
        chosen = numbers[first : first + MOST]
        await batches.carry_out(act, chosen, Wish(deed=Deed.SEVERITY, severity=Severity.S2))


async def _export(now: datetime) -> None:
    """As the page does it."""
    found = [row async for row in cases.every(CaseFilters(stage="all"), now=now)]
    await field_values.of_cases([row.number for row in found])


async def _count() -> None:
    while await counting.count_changed():
        await asyncio.sleep(0)
    while await daily.add_up_days():
        await asyncio.sleep(0)


async def _report(now: datetime) -> None:
    zone = await reports.zone()
    period = Period(now.date() - timedelta(days=365), now.date())
    await reports.report(period, (Dimension.ALL, ""), now=now, zone=zone)
    await reports.backlog(now=now)
