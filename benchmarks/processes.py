"""How do we run the app and its floor as processes of their own, and read what they use?"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 60
KEY = "YmVuY2htYXJrcyBzZWFsIHdpdGggdGhpcyBrZXkuIC4="
"""Seals the addresses in the databases: a server whose keys open none of them does not start."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Served:
    """A process that answers on a port of this machine."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """The processor time used so far, from Linux's own books."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident(self) -> float:
        """Megabytes of memory in use now."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        [kilobytes] = [line.split()[1] for line in lines if line.startswith("VmRSS")]
        return int(kilobytes) * 1024 / 1e6

    def family_cpu_seconds(self) -> float:
        """The same of the process and all that it started, of those that have ended too."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        ended = (int(fields[13]) + int(fields[14])) / TICKS
        return ended + sum(_seconds_of(one) for one in self._family())

    def family_memory(self) -> float:
        """Megabytes of the process and all that it started; what they share counts once (PSS)."""
        return sum(_proportional(one) for one in self._family())

    def processes(self) -> int:
        """How many there are: itself and all that it started."""
        return len(self._family())

    def _family(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]


def _seconds_of(pid: int) -> float:
    """None of a process that has ended in this very moment, as those of PostgreSQL's own upkeep do."""
    try:
        return Served(0, pid).cpu_seconds()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def _proportional(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    [kilobytes] = [line.split()[1] for line in lines if line.startswith("Pss:")]
    return int(kilobytes) * 1024 / 1e6


@contextmanager
def app(url: str, folder: Path) -> Iterator[Served]:
    """The real app: `amends serve`, one process, without the worker."""
    port = free_port()
    environment = {
        "AMENDS_DATABASE_URL": url,
        "AMENDS_DATA_DIR": str(folder),
        "AMENDS_ENCRYPTION_KEYS": KEY,
        "AMENDS_PORT": str(port),
    }
    with _served(port, ["-m", "amends", "serve", "--no-worker"], environment, folder / "app.log") as served:
        yield served


@contextmanager
def floor(answers: Path) -> Iterator[Served]:
    """The bare app beside it."""
    port = free_port()
    with _served(
        port, ["-m", "benchmarks.floor", str(port), str(answers)], {}, answers.with_suffix(".log")
    ) as served:
        yield served


@contextmanager
def worker(url: str, folder: Path, *, mail_port: int) -> Iterator[Served]:
    """`amends work`, which may reach the mail server on this port of the loopback address."""
    environment = {
        "AMENDS_DATABASE_URL": url,
        "AMENDS_DATA_DIR": str(folder),
        "AMENDS_ENCRYPTION_KEYS": KEY,
        "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{mail_port}",
    }
    with _started(["-m", "amends", "work"], environment, folder / "worker.log") as process:
        yield Served(0, process.pid)


@contextmanager
def _served(port: int, command: list[str], environment: dict[str, str], log: Path) -> Iterator[Served]:
    with _started(command, environment, log) as process:
        _wait(port, process, log)
        yield Served(port, process.pid)


@contextmanager
def _started(command: list[str], environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("AMENDS_")}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=kept | environment, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"It did not start: {log.read_text()}") from None
            time.sleep(0.05)
        else:
            return


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
