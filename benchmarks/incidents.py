"""Does the room of an incident stay quick when thousands of posts belong to it?"""

import asyncio
import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from amends import tables
from amends.clock import utc_now
from amends.database import bind, close, connect
from amends.rules.vocabulary import IncidentKind
from amends.services.desk import incidents
from amends.services.desk.incidents import Opening
from amends.services.team import members
from amends.services.team.members import Act
from benchmarks import databases, processes
from benchmarks.client import Asked, seconds_of
from benchmarks.insights import HEADERS, YEAR
from benchmarks.report import Verdict
from benchmarks.seeds import World, usual

TITLE = "Salmonella in the almond paste"
AT_ONCE = 500
"""Posts that one press gathers."""


@dataclass(frozen=True)
class Load:
    """How many cases there are, how many of them the incident has, how often each page is asked."""

    cases: int = 100_000
    posts: int = 5_000
    requests: int = 40


QUICK = Load(cases=60, posts=40, requests=2)


def measure(kind: str, load: Load, verdict: Verdict) -> None:
    """Prints how long each page of a large incident takes on one kind of database."""
    folder = Path(tempfile.mkdtemp(prefix="amends-benchmarks-"))
    try:
        with databases.server_for(kind) as server:
            url, world = databases.made(kind, folder, usual(load.cases), server=server, spread=YEAR)
            gathering = asyncio.run(_gathered(url, world, load))
            databases.analyse(url)
            with processes.app(url, folder) as app:
                pages = {name: _page(app, path, load.requests) for name, path in _paths(load).items()}
            verdict.incident(kind, load.posts, gathering, pages)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _paths(load: Load) -> dict[str, str]:
    middle = load.cases - load.posts // 2
    return {
        "the room": "/incidents/1",
        "its cases, the middle": f"/incidents/1?before={middle}",
        "the wall": "/incidents/1/wall",
        "its timeline": "/incidents/1/timeline",
        "the list": "/incidents",
    }


async def _gathered(url: str, world: World, load: Load) -> float:
    """An incident about everything lately, of the newest cases; the longest press in seconds.

    Cases that fit and do not belong to it are left over, so that its page suggests some.
    """
    bind(connect(url), tables.TABLES)
    try:
        act = Act(await members.find(world.members[0]), utc_now())
        newest = range(load.cases, load.cases - load.posts, -1)
        parts = [newest[place : place + AT_ONCE] for place in range(0, load.posts, AT_ONCE)]
        since = act.now - timedelta(days=60)
        opening = Opening(title=TITLE, kind=IncidentKind.DEFECTIVE_PRODUCT, since=since, numbers=parts[0])
        number = await incidents.open_incident(act, opening)
        await tables.Incident.update({tables.Incident.scope: "all"}).where(tables.Incident.number == number)
        return max([await _joined(act, number, part) for part in parts[1:]], default=0.0)
    finally:
        await close()


async def _joined(act: Act, number: int, cases: range) -> float:
    began = time.perf_counter()
    await incidents.join(act, number, cases)
    return time.perf_counter() - began


def _page(app: processes.Served, path: str, requests: int) -> tuple[float, float]:
    """Seconds of one request: the median by the clock, and the web process's processor time."""
    asked = [Asked("GET", path, HEADERS)] * requests
    seconds_of(app.port, asked[:2])
    before = app.cpu_seconds()
    seconds = seconds_of(app.port, asked)
    return median(seconds), (app.cpu_seconds() - before) / requests
