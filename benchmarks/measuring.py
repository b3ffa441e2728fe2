"""How is one database measured? Small and large, app and floor, in turns, so that noise meets all alike."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks import databases, planning, processes, scenarios
from benchmarks.client import seconds_of
from benchmarks.report import SIDES, Batch, Line, Verdict, line
from benchmarks.seeds import Amounts, World, usual

WARM = 3


@dataclass(frozen=True)
class Effort:
    """How long to measure: rounds of each side, and requests in each."""

    rounds: int = 5
    requests: int = 40


@dataclass(frozen=True)
class Pair:
    """The app and its floor on the same database."""

    world: World
    app: processes.Served
    floor: processes.Served


def measure(kind: str, sizes: list[int], effort: Effort, verdict: Verdict) -> None:
    """Prints everything about one kind of database."""
    folder = Path(tempfile.mkdtemp(prefix="amends-benchmarks-"))
    try:
        with databases.server_for(kind) as server:
            with ExitStack() as stack:
                pairs = {size: _start(kind, folder / str(size), size, server, stack) for size in sizes}
                verdict.table(kind, _in_turns(pairs, effort))
                for size, pair in pairs.items():
                    verdict.memory(size, pair.app.resident())
            _plan(kind, folder, max(sizes), server, effort, verdict)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(kind: str, folder: Path, size: int, server: databases.Server | None, stack: ExitStack) -> Pair:
    folder.mkdir(parents=True)
    url, world = databases.made(kind, folder, usual(size), server=server)
    answers = scenarios.write_down(url, world, folder)
    app = stack.enter_context(processes.app(url, folder))
    return Pair(world, app, stack.enter_context(processes.floor(answers)))


def _in_turns(pairs: dict[int, Pair], effort: Effort) -> dict[int, list[Line]]:
    kinds = {size: scenarios.of(pair.world) for size, pair in pairs.items()}
    lines: dict[int, list[Line]] = {size: [] for size in pairs}
    for name in next(iter(kinds.values())):
        batches: dict[tuple[int, str], list[Batch]] = {}
        for _ in range(effort.rounds):
            for size, pair in pairs.items():
                for side in SIDES:
                    batch = _batch(getattr(pair, side), kinds[size][name], effort.requests)
                    batches.setdefault((size, side), []).append(batch)
        for size in pairs:
            lines[size].append(line(name, batches[size, "app"], batches[size, "floor"]))
    return lines


def _batch(served: processes.Served, requests: scenarios.Requests, wanted: int) -> Batch:
    seconds_of(served.port, requests(WARM))
    before = served.cpu_seconds()
    seconds = seconds_of(served.port, requests(wanted))
    return Batch(seconds, served.cpu_seconds() - before)


def _plan(
    kind: str, folder: Path, among: int, server: databases.Server | None, effort: Effort, verdict: Verdict
) -> None:
    """A database of its own, in which every case is open."""
    amounts = Amounts(among, among, max(1, among // 100), 0)
    url, _world = databases.made(kind, folder, amounts, server=server)
    seconds, floor, made = planning.measured(url, effort.rounds)
    verdict.planning(amounts.overdue, amounts.open, seconds, floor, made)
