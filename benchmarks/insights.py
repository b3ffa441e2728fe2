"""Do insights stay quick: adding up, near texts, watching for waves, a report over a year?"""

import asyncio
import random
import shutil
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from amends import tables
from amends.clock import utc_now
from amends.database import bind, close, connect, transaction
from amends.rules.case.near_texts import normal
from amends.services.insight import counting, daily, near_texts, waves
from benchmarks import databases, processes
from benchmarks.client import Asked, seconds_of
from benchmarks.report import Insights, Verdict
from benchmarks.seeds import SESSION_TOKEN, WORDS, usual

HEADERS = {"cookie": f"session={SESSION_TOKEN}", "accept": "text/html", "accept-language": "en"}
Made = TypeVar("Made")
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Load:
    """How many cases of one year there are, how many new texts are compared, how often a page is asked."""

    cases: int = 100_000
    texts: int = 300
    requests: int = 20


QUICK = Load(cases=60, texts=5, requests=2)


def measure(kind: str, load: Load, verdict: Verdict) -> None:
    """Prints everything about insights on one kind of database."""
    folder = Path(tempfile.mkdtemp(prefix="amends-benchmarks-"))
    try:
        with databases.server_for(kind) as server:
            url, _world = databases.made(kind, folder, usual(load.cases), server=server, spread=YEAR)
            adding_up = asyncio.run(_on(url, _seconds(_add_up())))
            databases.analyse(url)
            texts, wave = asyncio.run(_on(url, _services(load)))
            reports = _reports(url, folder, load)
            verdict.insights(kind, load.cases, Insights(adding_up, texts, wave, reports))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _on(url: str, work: Awaitable[Made]) -> Made:
    bind(connect(url), tables.TABLES)
    try:
        return await work
    finally:
        await close()


async def _services(load: Load) -> tuple[list[float], float]:
    texts = [await _seconds(_compare(words)) for words in _texts(load.texts)]
    return texts, await _seconds(waves.look(now=utc_now()))


async def _add_up() -> None:
    while await counting.count_changed():
        pass
    while await daily.add_up_days():
        pass


def _texts(wanted: int) -> list[str]:
    """New complaints in the words of the others."""
    dice = random.Random(wanted)
    return [
        normal(" ".join(dice.choices(WORDS.split(), k=dice.randint(8, 45)))) + f" {place}"
        for place in range(wanted)
    ]


async def _compare(words: str) -> None:
    async with transaction():
        await near_texts.text_of(words)


async def _seconds(act: Awaitable[object]) -> float:
    began = time.perf_counter()
    await act
    return time.perf_counter() - began


def _reports(url: str, folder: Path, load: Load) -> list[float]:
    """A page of the whole year, asked by one member again and again."""
    with processes.app(url, folder) as app:
        asked = [Asked("GET", "/insights?period=365d", HEADERS)] * load.requests
        seconds_of(app.port, asked[:2])
        return seconds_of(app.port, asked)
