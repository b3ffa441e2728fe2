"""Fault injection: PostgreSQL restarts while workers send and people capture."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from amends import settings as settings_module
from amends.database import queue
from amends.gateways.secrets import Secrets
from tests.cli.running import amends, environment, free_port
from tests.faults.mail import MailServer
from tests.faults.siege import Crowd, Fleet, nothing_is_lost, seeded, serving
from tests.migrated import migrate
from tests.postgres import OwnServer, running_server

RESTARTS = 3


@pytest.fixture(scope="module")
def own_server() -> Iterator[OwnServer]:
    """A server that this test may restart."""
    with running_server() as server:
        yield server


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    yield (server := MailServer())
    server.stop()


async def test_restarts_of_the_database_lose_nothing_and_nothing_has_to_be_started_again(
    own_server: OwnServer, tmp_path: Path, mail: MailServer
):
    mail_port, port = await mail.start(), free_port()
    url = own_server.url(own_server.create_database())
    await asyncio.to_thread(migrate, url)
    await queue.prepare(url)
    settings = {
        "AMENDS_DATABASE_URL": url,
        "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{mail_port}",
        "AMENDS_PORT": str(port),
    }
    read = settings_module.from_environ({**environment(tmp_path), **settings})
    tokens = await seeded(url, Secrets(read.encryption_keys), mail_port)
    fleet = Fleet(tmp_path, [("serve", "--no-worker"), ("work",), ("work",), ("work",)], settings)
    crowd = Crowd(f"http://127.0.0.1:{port}", tokens)

    try:
        await fleet.start()
        async with serving(crowd):
            for _turn in range(RESTARTS):
                await restart_under_load(own_server, crowd)
        assert [one.returncode for one in fleet.processes] == [None] * 4, "everybody lives"
    finally:
        await fleet.end()

    mail.troubled = False
    later = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    done = await asyncio.to_thread(amends, tmp_path, "work", "--once", "--now", later, **settings)
    assert done.returncode == 0, done.stderr[-2000:]
    await nothing_is_lost(url, crowd)


async def restart_under_load(server: OwnServer, crowd: Crowd) -> None:
    """Takes the database away while captures are answered, looks what people see, and gives it back."""
    await crowd.serve_again()
    await asyncio.to_thread(server.stop)
    async with httpx.AsyncClient(trust_env=False, timeout=20) as visitor:
        page = await visitor.get(f"{crowd.url}/sign-in")
        ready = await visitor.get(f"{crowd.url}/readyz")
    assert "Traceback" not in page.text
    assert (ready.status_code, page.status_code) == (503, 503)
    await asyncio.to_thread(server.start)
    await crowd.serve_again()
