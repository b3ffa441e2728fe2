"""The PostgreSQL that all processes of a test run share: it is one, and it ends with them."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import shared
from tests.postgres import Server
from tests.waiting import wait_until

ANOTHER_PROCESS = """
import sys
from pathlib import Path
from tests import shared

run = shared.Run(*map(Path, sys.argv[1:]))
server = run.server()
print(server.folder, server.create_database(), run.folder, flush=True)
sys.stdin.read()
if not sys.argv[1:]:
    run.end()
"""


@contextmanager
def another_process(*folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """A process that uses a server, until the end of its input; and what it says of the server."""
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", ANOTHER_PROCESS, *map(str, folder)]
    with subprocess.Popen(command, cwd=shared.ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        yield process, process.stdout.readline().split()


def test_the_processes_of_a_run_share_one_server_and_no_database(run: shared.Run, postgres: Server):
    with another_process(run.folder) as (_, (server, database, _run)):
        ours = postgres.create_database()
        assert Path(server) == postgres.folder
        assert database != ours
    for name in (ours, database):
        postgres.drop_database(name)


def test_the_templates_are_made_once(
    run: shared.Run, migrated_postgres_database: str, migrated_sqlite_file: Path
):
    joined = shared.Run(run.folder)
    assert joined.postgres_template() == migrated_postgres_database
    assert joined.sqlite_template() == migrated_sqlite_file
    joined.end()


@pytest.mark.parametrize("end", ["itself", signal.SIGINT, signal.SIGKILL])
def test_no_server_outlives_its_run(end: str | signal.Signals):
    with another_process() as (process, (server, _database, folder)):
        assert process.stdin
        if isinstance(end, signal.Signals):
            process.send_signal(end)
        else:
            process.stdin.close()
    for left in (server, folder):
        wait_until(lambda left=left: not Path(left).exists(), f"{left} is left behind")


def test_a_server_goes_on_while_one_process_of_its_run_lives():
    with another_process() as (first, (server, _database, folder)):
        with another_process(Path(folder)) as (_second, (same, *_more)):
            first.kill()
            first.wait()
            left = Server(Path(server))
            left.drop_database(left.create_database())
        assert same == server
    wait_until(lambda: not Path(server).exists(), f"{server} is left behind")
