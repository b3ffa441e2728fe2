"""One PostgreSQL server and one migrated database of each kind, shared by all processes of a test run.

The process that the user started makes the folder of the run; xdist tells its workers where it is. The first
that needs the server starts `python -m tests.shared`, which keeps it. Each process of the run holds a shared
lock on one file, which the kernel gives back however the process ends; once nobody holds it, the keeper stops
the server. So no server outlives its run: not after Ctrl-C, a crash of a worker, or a kill of all processes.
"""

import fcntl
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.migrated import migrate
from tests.postgres import Server, place, running_server
from tests.waiting import wait_until

ROOT = Path(__file__).parents[1]


class Run:
    """This process's part in a test run."""

    def __init__(self, folder: Path | None = None) -> None:
        """Begins a run, or joins the one whose folder this is."""
        self._is_first = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="amends-tests-", dir=place()))
        self._keeper: subprocess.Popen[bytes] | None = None
        self._member = (self.folder / "members").open("a")
        fcntl.flock(self._member, fcntl.LOCK_SH)

    def end(self) -> None:
        """Leaves the run; who began it waits until the server is gone."""
        self._member.close()
        if self._is_first:
            wait_until(self._has_no_keeper, f"PostgreSQL still runs, see {self.folder}; stop it by hand")
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._is_first and self._keeper:
            self._keeper.wait()

    def server(self) -> Server:
        """The run's PostgreSQL, started if it is not there yet. Raises RuntimeError when it cannot be."""
        with _locked(self.folder / "starting"):
            place = self.folder / "socket-folder"
            if not place.exists():
                self._start_keeper(place)
            return Server(Path(place.read_text()))

    def postgres_template(self) -> str:
        """The name of a PostgreSQL database that the migrations built, to be copied; nobody is connected."""
        server = self.server()
        return self.once("postgres-template", lambda: _migrated_database(server))

    def sqlite_template(self) -> Path:
        """An SQLite file that the migrations built, to be copied."""
        return Path(self.once("sqlite-template", lambda: _migrated_file(self.folder / "amends.db")))

    def once(self, name: str, make: Callable[[], str]) -> str:
        """What the first process of the run made, in every other."""
        with _locked(self.folder / f"{name}.lock"):
            made = self.folder / name
            if not made.exists():
                made.write_text(make())
            return made.read_text()

    def _start_keeper(self, place: Path) -> None:
        log = self.folder / "log"
        with log.open("ab") as output:
            keeper = self._keeper = subprocess.Popen(
                [sys.executable, "-m", "tests.shared", self.folder],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,  # Ctrl-C reaches the tests first
            )
        wait_until(lambda: place.exists() or keeper.poll() is not None, log.read_text)
        if not place.exists():
            raise RuntimeError(f"the tests' PostgreSQL did not start: {log.read_text()}")

    def _has_no_keeper(self) -> bool:
        try:
            with (self.folder / "keeper").open() as keeper:
                fcntl.flock(keeper, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:  # never started, or already done
            return True
        except BlockingIOError:
            return False
        return True


def keep(folder: Path) -> None:
    """Runs PostgreSQL until every process of the run is gone; takes the run's folder away."""
    with _locked(folder / "keeper"):
        with running_server() as server:
            told = folder / "socket-folder.new"
            told.write_text(str(server.folder))
            told.rename(folder / "socket-folder")
            with _locked(folder / "members"):
                pass
        shutil.rmtree(folder, ignore_errors=True)  # the process that began the run may do so, too


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("a") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _migrated_database(server: Server) -> str:
    name = server.create_database()
    migrate(server.url(name))
    return name


def _migrated_file(file: Path) -> str:
    migrate(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return str(file)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
