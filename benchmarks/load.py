"""How many captures a second do several web processes take from many clients, and how long does each wait?"""

import asyncio
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from amends.database import urls
from benchmarks import databases, processes, scenarios
from benchmarks.client import Asked, seconds_of
from benchmarks.seeds import usual

ROW = (
    "{web:>3} | {clients:>7} | {rate:>12.0f} | {median:>6.1f} | {late:>6.1f} | {ratio:>9.1f} | "
    "{cpu:>14.2f} | {server:>11.2f}"
)
HEAD = "web | clients | captures / s | p50 ms | p99 ms | p99 / p50 | CPU ms, web | PostgreSQL"


@dataclass(frozen=True)
class Load:
    """How many web processes, how many clients at once, and how many captures each of them sends."""

    web: tuple[int, ...] = (1, 2, 4)
    clients: tuple[int, ...] = (1, 2, 16)
    captures: int = 1_600
    cases: int = 10_000


QUICK = Load(web=(1, 2), clients=(2, 16), captures=64, cases=1_000)


def measure(load: Load) -> list[str]:
    """The lines of a table, on PostgreSQL. Raises RuntimeError where a capture was refused or is lost."""
    folder = Path(tempfile.mkdtemp(prefix="amends-load-"))
    lines = [HEAD]
    try:
        with databases.server_for("postgresql") as server:
            url, _world = databases.made("postgresql", folder, usual(load.cases), server=server)
            for web in load.web:
                with ExitStack() as stack:
                    served = [stack.enter_context(processes.app(url, _own(folder, at))) for at in range(web)]
                    for clients in load.clients:
                        lines.append(_line(url, server, served, clients, load))
                        print(lines[-1], flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return lines


def _captures(wanted: int) -> list[Asked]:
    """The same words by another author each, as in a storm."""
    marks = [uuid4().int % 10**9 for _ in range(wanted)]
    return [scenarios.capture(f"8{mark:018}", f"dana{mark}", called=f"Dana {mark}") for mark in marks]


def _own(folder: Path, at: int) -> Path:
    own = folder / f"web-{at}"
    own.mkdir(exist_ok=True)
    return own


def _line(url: str, server: Any, served: list[processes.Served], clients: int, load: Load) -> str:
    ports = [one.port for one in served]
    for port in ports:
        seconds_of(port, _captures(3))
    asked = [_captures(load.captures // clients) for _ in range(clients)]
    postgres = processes.Served(0, server.process.pid)
    before, used = stored(url), [sum(one.cpu_seconds() for one in served), postgres.family_cpu_seconds()]
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        given: list[tuple[int, list[Asked]]] = [
            (ports[at % len(ports)], list(one)) for at, one in enumerate(asked)
        ]
        seconds = sorted(one for took in pool.map(lambda each: seconds_of(*each), given) for one in took)
    took = time.perf_counter() - began
    cpu = (sum(one.cpu_seconds() for one in served) - used[0]) / len(seconds) * 1_000
    of_server = (postgres.family_cpu_seconds() - used[1]) / len(seconds) * 1_000
    if stored(url) - before != len(seconds):
        raise RuntimeError(f"{len(seconds)} captures were sent, and {stored(url) - before} are there")
    median, late = (seconds[int(len(seconds) * part)] * 1_000 for part in (0.5, 0.99))
    figures: dict[str, Any] = {"rate": len(seconds) / took, "median": median, "late": late}
    figures |= {"cpu": cpu, "server": of_server}
    return ROW.format(web=len(ports), clients=clients, ratio=late / median, **figures)


def stored(url: str) -> int:
    """How many captures there are."""
    place = urls.read(url)
    assert isinstance(place, urls.PostgresServer)

    async def count() -> int:
        connection = await asyncpg.connect(place.dsn)
        try:
            return int(await connection.fetchval("SELECT COUNT(*) FROM capture"))
        finally:
            await connection.close()

    return asyncio.run(count())
