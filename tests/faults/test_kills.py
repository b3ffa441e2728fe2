"""Fault injection: processes are killed while people capture and the mail server fails."""

import asyncio
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from amends import settings as settings_module
from amends.cli.wiring import CHILDREN
from amends.gateways.secrets import Secrets
from tests.cli.running import amends, environment, free_port
from tests.faults.mail import MailServer
from tests.faults.siege import Crowd, Fleet, nothing_is_lost, seeded, serving


@pytest.fixture
async def mail() -> AsyncIterator[MailServer]:
    yield (server := MailServer())
    server.stop()


async def test_kills_lose_no_capture_and_no_nudge(database_url: str, tmp_path: Path, mail: MailServer):
    mail_port, port = await mail.start(), free_port()
    settings = {
        "AMENDS_DATABASE_URL": database_url,
        "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{mail_port}",
        "AMENDS_PORT": str(port),
    }
    read = settings_module.from_environ({**environment(tmp_path), **settings})
    tokens = await seeded(database_url, Secrets(read.encryption_keys), mail_port)
    on_sqlite = database_url.startswith("sqlite")
    several: list[tuple[str, ...]] = [("serve", "--no-worker"), ("work",), ("work",), ("work",)]
    fleet = Fleet(tmp_path, [("serve",)] if on_sqlite else several, settings)
    crowd = Crowd(f"http://127.0.0.1:{port}", tokens)

    try:
        await fleet.start()
        async with serving(crowd):
            await fleet.kill_among(crowd, mail)
    finally:
        await fleet.end()

    mail.troubled = False
    for hours in (1, 2):  # what was put off, and the leases of the dead
        later = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
        done = await asyncio.to_thread(amends, tmp_path, "work", "--once", "--now", later, **settings)
        assert done.returncode == 0, done.stderr[-2000:]

    await nothing_is_lost(database_url, crowd)
    repeats = sum(count - 1 for count in mail.accepted.values())
    assert mail.failures, "the mail server was met while it was bad"
    assert repeats <= mail.failures + CHILDREN * fleet.kills
    record(tmp_path, crowd, mail, fleet, repeats)


def record(folder: Path, crowd: Crowd, mail: MailServer, fleet: Fleet, repeats: int) -> None:
    """The figures, appended to the file that FAULTS_LOG names."""
    if log := os.environ.get("FAULTS_LOG"):
        figures = (
            len(crowd.acknowledged),
            crowd.held_up,
            len(mail.accepted),
            fleet.kills,
            mail.failures,
            repeats,
        )
        with Path(log).open("a") as file:
            file.write(f"{folder.name}: captures, 429s, nudges, kills, failures, repeats = {figures}\n")
