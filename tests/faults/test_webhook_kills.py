"""Fault injection: a worker is killed when an endpoint has said yes and nothing is marked yet."""

import asyncio
import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

from amends import settings as settings_module
from amends import tables
from amends.database import bind, close, connect
from amends.gateways.secrets import Secrets
from amends.rules.vocabulary import Role
from amends.services.operation import webhooks
from amends.services.operation.webhooks import WebhookFields
from amends.services.team import members
from amends.services.team.members import Act
from tests.cli.running import amends, environment, free_port, started
from tests.statements import execute
from tests.waiting import PATIENCE
from tests.world import make_case, make_team


class Endpoint:
    """Takes every event; the first time it ends the worker just before it says yes."""

    def __init__(self) -> None:
        self.heard, self.worker, self.has_killed = list[str](), 0, asyncio.Event()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        self.heard.append(head.partition("webhook-id: ")[2].partition("\r\n")[0])
        if not self.has_killed.is_set():
            os.kill(self.worker, signal.SIGKILL)
            self.has_killed.set()
        writer.write(b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()


async def test_a_worker_that_is_killed_before_its_mark_leaves_an_event_that_is_sent_again(
    database_url: str, tmp_path: Path
):
    port, now, endpoint = free_port(), datetime.now(UTC), Endpoint()
    settings = {
        "AMENDS_DATABASE_URL": database_url,
        "AMENDS_ALLOW_PRIVATE_TARGETS": f"127.0.0.1:{port}",
    }
    read = settings_module.from_environ({**environment(tmp_path), **settings})
    bind(connect(database_url), tables.TABLES)
    await make_team()
    boss = await members.add(
        "boss@example.org", name="Boss", role=Role.ADMIN, password=None, zone="UTC", now=now, by=None
    )
    fields = WebhookFields(name="shop", url=f"http://127.0.0.1:{port}/", events=["case.captured"])
    secrets = Secrets(read.encryption_keys)
    await webhooks.add(Act(boss, now), fields, secrets, private=read.allow_private_targets)
    await make_case(boss, now=now)
    await close()

    async with await asyncio.start_server(endpoint.answer, "127.0.0.1", port):
        worker = await started(tmp_path, "work", **settings)
        endpoint.worker = worker.pid
        async with asyncio.timeout(PATIENCE):
            await endpoint.has_killed.wait()
        await worker.wait()
        assert execute(database_url, "SELECT state FROM webhook_delivery") == [("sending",)]
        later = (now + timedelta(minutes=5)).isoformat()
        done = await asyncio.to_thread(amends, tmp_path, "work", "--once", "--now", later, **settings)
        assert done.returncode == 0, done.stderr[-2000:]

    assert len(endpoint.heard) == 2
    assert len(set(endpoint.heard)) == 1, "the repeat has the same id"
    assert execute(database_url, "SELECT state, attempts FROM webhook_delivery") == [("sent", 2)]
