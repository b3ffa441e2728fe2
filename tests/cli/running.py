"""Runs the command in a subprocess, as a person does."""

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import ProxyHandler, build_opener


def environment(folder: Path, **settings: str) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("AMENDS_")}
    return plain | {"AMENDS_DATA_DIR": str(folder)} | settings


def amends(
    folder: Path, *arguments: str, typed: str = "", umask: int = -1, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Runs one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "amends", *arguments],
        env=environment(folder, **settings),
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
        umask=umask,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def started(folder: Path, *arguments: str, **settings: str) -> asyncio.subprocess.Process:
    """Starts a command that goes on."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "amends",
        *arguments,
        env=environment(folder, **settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def line_with(process: asyncio.subprocess.Process, words: str) -> str:
    """Waits for a line of the command's output."""
    assert process.stdout
    async with asyncio.timeout(40):
        while line := (await process.stdout.readline()).decode():
            if words in line:
                return line
    raise AssertionError(f"the command ended without saying {words!r}")


def get(url: str) -> tuple[int, str]:
    """What a page answers, without any proxy."""
    with build_opener(ProxyHandler({})).open(url, timeout=10) as answer:
        return answer.status, answer.read().decode()
