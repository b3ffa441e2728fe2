"""Serves Amends as `amends serve` does, at a time that a test moves: a file says how far ahead it is."""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from amends import settings
from amends.cli.serve import listen
from amends.cli.server import Server
from amends.clock import utc_now
from amends.database import migrate

AHEAD = Path(os.environ.pop("SECONDS_AHEAD_FILE"))


def moved_clock() -> datetime:
    return utc_now() + timedelta(seconds=float(AHEAD.read_text()))


def main() -> int:
    chosen = settings.from_environ()
    migrate.upgrade(chosen.database_url, with_queue=chosen.has_queue)
    server = Server(chosen, with_worker=True, clock=moved_clock)
    server.run(sockets=[listen(chosen.host, chosen.port)])
    return server.exit_code


if __name__ == "__main__":
    sys.exit(main())
