"""Sweep of a thousand owners: how long does `amends work --once` take to plan and mail a nudge to each?"""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from amends import settings, tables
from amends.clock import utc_now
from amends.database import bind, close, connect, migrate
from amends.rules.vocabulary import NudgeState
from benchmarks import mailbox, processes
from benchmarks.databases import fill, server_for
from benchmarks.worker import Post

HEAD = "database   | owners | wall s | CPU s | mails | each once"
ROW = "{kind:<10} | {owners:>6} | {wall:>6.2f} | {cpu:>5.2f} | {mails:>5} | yes"


@dataclass(frozen=True)
class Load:
    """How many members, each with one case that is late, and how often it is measured."""

    owners: int = 1_000
    rounds: int = 3


QUICK = Load(owners=20, rounds=1)


def measure(kind: str, load: Load) -> None:
    """A line for each round. Raises RuntimeError where a mail is missing, comes twice, or is not settled."""
    print(HEAD)
    for _round in range(load.rounds):
        folder = Path(tempfile.mkdtemp(prefix="amends-sweep-"))
        try:
            with server_for(kind) as server:
                place = server.url(server.create_database()) if server else f"sqlite:///{folder / 'sweep.db'}"
                print(_swept(place, kind, folder, load), flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _swept(url: str, kind: str, folder: Path, load: Load) -> str:
    port = processes.free_port()
    environment = {
        "AMENDS_DATABASE_URL": url,
        "AMENDS_DATA_DIR": str(folder),
        "AMENDS_ENCRYPTION_KEYS": processes.KEY,
        "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{port}",
    }
    migrate.upgrade(url)
    asyncio.run(fill(url, Post(load.owners, port, settings.from_environ(environment))))
    before = ("--now", f"{utc_now() - timedelta(minutes=20):%Y-%m-%dT%H:%M:%SZ}")
    _once(
        environment, folder, *before
    )  # counts, compares and adds up what the new cases bring, as once a minute
    with mailbox.opened(port) as received:
        wall, cpu = _once(environment, folder)
        arrived = sorted(received.receivers)
    expected = sorted(f"m{place}@example.org" for place in range(load.owners))
    sent = asyncio.run(_sent(url))
    if arrived != expected or sent != load.owners:
        raise RuntimeError(
            f"{len(arrived)} mails to {len(set(arrived))} members, {sent} nudges marked as sent"
        )
    return ROW.format(kind=kind, owners=load.owners, wall=wall, cpu=cpu, mails=len(arrived))


def _once(environment: dict[str, str], folder: Path, *options: str) -> tuple[float, float]:
    """Seconds of the clock and of the processor, those of its children included."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AMENDS_")}
    with (folder / "work.log").open("wb") as log:
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "amends", "work", "--once", *options],
            cwd=processes.ROOT,
            env=kept | environment,
            stdout=log,
            stderr=log,
        )
        _pid, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError((folder / "work.log").read_text())
    return wall, used.ru_utime + used.ru_stime


async def _sent(url: str) -> int:
    bind(connect(url), tables.TABLES)
    try:
        return int(await tables.Nudge.count().where(tables.Nudge.state == NudgeState.SENT))
    finally:
        await close()
