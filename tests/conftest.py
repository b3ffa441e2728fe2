"""What does every test get? Fresh databases of both kinds, Chromium, and no network beyond this machine."""

import gc
import ipaddress
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from tests import chromium, shared
from tests import object_storage as storage_server
from tests.kept_database import KeptDatabase
from tests.postgres import Server
from tests.watchdog import SILENCE_SECONDS, Watchdog

SLOW_IS_WELL = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile(
    "deterministic",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=SLOW_IS_WELL,
)
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=SLOW_IS_WELL)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "deterministic"))

BROWSER_FOLDERS = ("browser", "extension")
LONGEST = (
    "test_pages",
    "test_the_way",
    "test_sites",
    "test_nudged_days",
    "test_browser_extension",
    "test_outbox",
    "test_hostility",
    "test_hostile_text",
    "test_popup",
)
"""Files of the browser that take longest, the longest first: what comes last is to be short."""
HERE = Path(__file__).parent
RUN = pytest.StashKey[shared.Run]()
WATCHDOG = pytest.StashKey[Watchdog]()


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
def pytest_configure(config: pytest.Config) -> None:
    """Begins a test run, whose files go with it; in a worker of xdist: joins the controller's."""
    told = getattr(config, "workerinput", {}).get("run")
    config.stash[RUN] = run = shared.Run(Path(told) if told else None)
    config.option.basetemp = config.option.basetemp or str(run.folder / "files")
    config.addinivalue_line("markers", "xdist_group(name): all on one worker")  # also without xdist
    if told is None and config.getoption("numprocesses", None):
        config.stash[WATCHDOG] = watchdog = Watchdog(lambda: interrupt(config))
        config.pluginmanager.register(watchdog)


def interrupt(config: pytest.Config) -> None:
    """As Ctrl-C does: the workers and the database server end, and the run has failed."""
    config.get_terminal_writer().line(f"\nNo test has ended for {SILENCE_SECONDS} seconds: a process hangs.")
    os.kill(os.getpid(), signal.SIGINT)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """The controller tells each worker of xdist which run it belongs to."""
    node.workerinput["run"] = str(node.config.stash[RUN].folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    if watchdog := config.stash.get(WATCHDOG, None):
        watchdog.end()
    config.stash[RUN].end()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Browser tests come last, each file on one worker, the longest first so that all workers end together.

    Playwright's synchronous fixtures leave an event loop running in the main thread: after them no
    asynchronous test could run in the same process. So they are put in order after pytest has brought
    together what shares a fixture of the session. (`python3 tests` keeps xdist from changing the order.)
    """
    for item in items:
        if browser_folder(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
        elif "browser_name" in getattr(item, "fixturenames", ()):
            raise pytest.UsageError(f"{item.nodeid}: `page` is Playwright's name; give it another one.")
    yield
    items.sort(key=turn)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the garbage collector does not look at it again."""
    gc.collect()
    gc.freeze()


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
def run(pytestconfig: pytest.Config) -> shared.Run:
    return pytestconfig.stash[RUN]


@pytest.fixture(scope="session")
def postgres(run: shared.Run) -> Server:
    """The PostgreSQL server that all processes of the run share; who stops one needs `running_server`."""
    return run.server()


@pytest.fixture(scope="session")
def migrated_sqlite_file(run: shared.Run) -> Path:
    """An SQLite file that the migrations built, to be copied."""
    return run.sqlite_template()


@pytest.fixture(scope="session")
def migrated_postgres_database(run: shared.Run) -> str:
    """The name of a PostgreSQL database that the migrations built, to be copied."""
    return run.postgres_template()


@pytest.fixture(scope="session")
async def kept_database(postgres: Server, migrated_postgres_database: str) -> AsyncIterator[KeptDatabase]:
    """This process's PostgreSQL database, put back after each asynchronous test."""
    kept = KeptDatabase(postgres, migrated_postgres_database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncpg, "create_pool", kept.pools.open)
        yield kept
        await kept.end()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database without a team; every test that asks for it runs on both kinds."""
    if request.param == "sqlite":
        file = tmp_path / "amends.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite_file"), file)
        yield f"sqlite:///{file}"
    elif pytest_asyncio.is_async_test(request.node):
        with request.getfixturevalue("kept_database").used() as url:
            yield url
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


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's own fixture, told which Chromium there is."""
    return {**browser_type_launch_args, **chromium.launch_options()}


@pytest.fixture(scope="session")
def object_storage() -> Iterator[str]:
    """The address of a local S3-compatible storage."""
    with storage_server.running() as endpoint:
        yield endpoint
