"""What does every test get? Fresh databases of both kinds, Chromium, and no network beyond this machine."""

import ipaddress
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests import chromium
from tests.postgres import Server, running_server

settings.register_profile(
    "deterministic",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("explore", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "deterministic"))

BROWSER_FOLDERS = ("browser", "extension")
LONGEST = ("test_pages", "test_the_way", "test_outbox", "test_hostile_text")
"""Files of the browser that take half a minute or more, the longest first."""
HERE = Path(__file__).parent


class NetworkRefusedError(RuntimeError):
    """The tests may speak to this machine only."""


def refuse_the_network(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: every connection to an address that is not loopback fails, whoever makes it."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not is_this_machine(host):
        raise NetworkRefusedError(
            f"a test tried to reach {host!r}; tests may speak to the loopback address only"
        )


def is_this_machine(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if host is None or name in ("", "localhost"):
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


sys.addaudithook(refuse_the_network)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last, each file on one worker, the longest first so that all workers end together.

    Playwright's synchronous fixtures leave an event loop running in the main thread: after them no
    asynchronous test could run in the same process. (`python3 tests` keeps xdist from changing the order.)
    """
    items.sort(key=turn)
    for item in items:
        if browser_folder(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def turn(item: pytest.Item) -> tuple[int, int]:
    """When a test comes: what needs no browser, then the longest files, then the others by folder."""
    folder = browser_folder(item)
    if folder is None:
        return -1, -1
    file = item.path.stem
    return LONGEST.index(file) if file in LONGEST else len(LONGEST), BROWSER_FOLDERS.index(folder)


def browser_folder(item: pytest.Item) -> str | None:
    first = item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""
    return first if first in BROWSER_FOLDERS else None


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this process's own."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that the migrations built, to be copied."""
    file = tmp_path_factory.mktemp("template") / "amends.db"
    migrate(f"sqlite:///{file}")
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture(scope="session")
def migrated_postgres_database(postgres: Server) -> str:
    """The name of a PostgreSQL database that the migrations built, to be copied."""
    name = postgres.create_database()
    migrate(postgres.url(name))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        file = tmp_path / "amends.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite_file"), file)
        yield f"sqlite:///{file}"
    else:
        template = request.getfixturevalue("migrated_postgres_database")
        yield from fresh_postgres_url(request.getfixturevalue("postgres"), template)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without a single table, of both kinds: for the tests of the migrations."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        yield from fresh_postgres_url(request.getfixturevalue("postgres"), "template1")


def fresh_postgres_url(server: Server, template: str) -> Iterator[str]:
    name = server.create_database(template)
    yield server.url(name)
    server.drop_database(name)


def migrate(url: str) -> None:
    """In a thread of its own, for the migrations start an event loop and a test may be inside one."""
    from amends.database.migrate import upgrade

    with ThreadPoolExecutor(1) as thread:
        thread.submit(upgrade, url, with_queue=True).result()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's own fixture, told which Chromium there is."""
    return {**browser_type_launch_args, **chromium.launch_options()}
