"""Does a child that is killed while it ends keep its exit status?"""

import asyncio
import logging
import sys
import time

import pytest

from amends.gateways import child_processes


async def test_who_is_killed_while_ending_is_known_to_asyncio(caplog: pytest.LogCaptureFixture):
    """Killed again and again around the moment it ends by itself, where asyncio's own kill() mostly fails."""
    codes = set()
    with caplog.at_level(logging.WARNING, logger="asyncio"):
        for _ in range(8):
            process = await asyncio.create_subprocess_exec(sys.executable, "-I", "-S", "-c", "")
            until = time.perf_counter() + 0.1
            while time.perf_counter() < until:
                child_processes.kill(process)
            codes.add(await process.wait())
    assert not caplog.records
    assert codes <= {0, -9}


async def test_who_has_ended_is_left_alone():
    process = await asyncio.create_subprocess_exec(sys.executable, "-I", "-S", "-c", "raise SystemExit(3)")
    assert await process.wait() == 3
    child_processes.kill(process)
    assert process.returncode == 3
