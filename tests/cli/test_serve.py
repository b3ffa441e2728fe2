"""Server process: start, worker beside it, graceful shutdown."""

import asyncio
import json
import signal
import socket
from pathlib import Path
from urllib.error import HTTPError

from tests.cli.running import amends, free_port, get, line_with, started


async def test_it_serves_with_its_worker_prints_the_setup_link_and_ends_cleanly(
    tmp_path: Path, empty_database_url: str
):
    port = free_port()
    server = await started(tmp_path, "serve", "--port", str(port), AMENDS_DATABASE_URL=empty_database_url)
    try:
        link = await line_with(server, "/setup?token=")
        assert f"http://127.0.0.1:{port}/setup?token=" in link
        await line_with(server, "is ready")
        assert (await asyncio.to_thread(get, f"http://127.0.0.1:{port}/healthz"))[0] == 200
        async with asyncio.timeout(20):
            while not (await asyncio.to_thread(readiness, port)).get("worker"):
                assert server.returncode is None
    finally:
        server.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            code = await server.wait()
    assert code == 0


def readiness(port: int) -> dict[str, object]:
    try:
        return json.loads(get(f"http://127.0.0.1:{port}/readyz")[1])
    except HTTPError as error:
        return json.loads(error.read())


async def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = await asyncio.to_thread(amends, tmp_path, "serve", "--port", str(port))
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"Port {port} on 127.0.0.1 cannot be used (address already in use)" in done.stderr


async def test_the_worker_by_itself_beats_and_ends_cleanly(tmp_path: Path, empty_database_url: str):
    worker = await started(tmp_path, "work", AMENDS_DATABASE_URL=empty_database_url)
    try:
        await line_with(worker, "The worker is running")
        async with asyncio.timeout(30):
            while (
                "ok    worker"
                not in (
                    await asyncio.to_thread(
                        amends, tmp_path, "doctor", AMENDS_DATABASE_URL=empty_database_url
                    )
                ).stdout
            ):
                assert worker.returncode is None
    finally:
        worker.send_signal(signal.SIGTERM)
        async with asyncio.timeout(10):
            code = await worker.wait()
    assert code == 0
