"""Serves Amends as `amends serve` does, at a time that a test moves: a file says how far ahead it is."""

import asyncio
import sys
from dataclasses import replace
from datetime import timedelta

from amends import settings
from amends.app import connected
from amends.cli.serve import listen
from amends.cli.server import Server
from amends.database import migrate
from amends.worker import loop
from amends.worker.jobs import JOBS
from tests.browser import beginnings
from tests.browser.moved_clock import moved_clock

QUICK = tuple(replace(job, every=timedelta(seconds=0.25)) for job in JOBS)
"""All the jobs, four times a second: an hour may have passed between two of them."""
loop.BEAT_SECONDS = QUICK[0].every.total_seconds()


async def begin(chosen: settings.Settings, story: str) -> None:
    """Makes what the story begins with."""
    async with connected(chosen):
        await beginnings.STORIES[story](chosen, moved_clock())


def main() -> int:
    chosen = settings.from_environ()
    migrate.upgrade(chosen.database_url, with_queue=chosen.has_queue)
    if len(sys.argv) > 1:
        asyncio.run(begin(chosen, sys.argv[1]))
    server = Server(chosen, with_worker=True, clock=moved_clock, jobs=QUICK)
    server.run(sockets=[listen(chosen.host, chosen.port)])
    return server.exit_code


if __name__ == "__main__":
    sys.exit(main())
