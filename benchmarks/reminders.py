"""Do reminders stay fast: the sweep among a million, deliveries by mail, and a worker with nothing to do?"""

import asyncio
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from amends.clock import utc_now
from amends.database import migrate
from benchmarks import databases, planning, worker
from benchmarks.follow_ups import Owing, make_late
from benchmarks.report import Verdict


@dataclass(frozen=True)
class Load:
    """How much there is: open follow-ups in the small and the large database, late ones, messages."""

    few: int = 10_000
    many: int = 1_000_000
    late: int = 100
    very_late: int = 10_000
    messages: int = 1_500
    idle_seconds: float = 60
    rounds: int = 5


QUICK = Load(few=50, many=200, late=5, very_late=20, messages=12, idle_seconds=1, rounds=1)


def measure(kind: str, load: Load, verdict: Verdict) -> None:
    """Prints everything about reminders on one kind of database."""
    folder = Path(tempfile.mkdtemp(prefix="amends-benchmarks-"))
    try:
        with databases.server_for(kind) as server:
            print(f"\n{kind}")
            _sweep(folder, load, server, verdict)
            place = _place(folder, "messages", server)
            verdict.deliveries(load.messages, *worker.delivered(place, folder, load.messages))
            verdict.idle(load.idle_seconds, *worker.idle(place, folder, load.idle_seconds))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(folder: Path, load: Load, server: databases.Server | None, verdict: Verdict) -> None:
    small, large = (_owing(folder, opened, load.late, server) for opened in (load.few, load.many))
    times = [planning.measured(url, load.rounds) for url in (small, large)]
    verdict.sweep_growth(load.late, (load.few, times[0][0]), (load.many, times[1][0]))
    asyncio.run(make_late(large, load.very_late - load.late))
    seconds, floor, made = planning.measured(large, load.rounds)
    verdict.planning_among_many(load.very_late, load.many, seconds, floor, made)


def _owing(folder: Path, opened: int, late: int, server: databases.Server | None) -> str:
    url = _place(folder, str(opened), server)
    migrate.upgrade(url)
    asyncio.run(databases.fill(url, Owing(opened, late, utc_now())))
    return url


def _place(folder: Path, name: str, server: databases.Server | None) -> str:
    return server.url(server.create_database()) if server else f"sqlite:///{folder / f'{name}.db'}"
