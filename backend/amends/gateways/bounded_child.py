"""Bounded child process: one deed in an interpreter of its own, with limits of memory and time.

What it takes is given back when it ends, and a library that breaks takes nothing else with it.
"""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import amends
from amends.gateways import child_processes

PACKAGE_FOLDER = str(Path(amends.__file__).resolve().parents[1])
ENVIRONMENT = {"PATH": "", "LC_ALL": "C.UTF-8"}


def code_of(module: str) -> str:
    """What the interpreter runs: `main` of a module, with its arguments.

    The code of its parent comes first, whatever else is installed.
    """
    return f"import sys; sys.path.insert(0, sys.argv[1]); from {module} import main; main(*sys.argv[2:])"


async def run(code: str, arguments: Sequence[str], content: bytes, *, seconds: float) -> bytes:
    """What the child says of the content; nothing when it was killed, or ended with an error."""
    command = [sys.executable, "-I", "-X", "utf8", "-W", "ignore", "-c", code, PACKAGE_FOLDER, *arguments]
    pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *command, stdin=pipe, stdout=pipe, stderr=nowhere, env=ENVIRONMENT
    )
    try:
        async with asyncio.timeout(seconds):
            answer, _errors = await process.communicate(content)
    except TimeoutError:
        return b""
    finally:
        if process.returncode is None:
            child_processes.kill(process)
            await process.wait()
    return answer if process.returncode == 0 else b""


def limit_resources(*, seconds: int, room: int, files: int = 32) -> None:
    """In the child: bounded memory and time, and no file written, where the system has such limits."""
    try:
        import resource
    except ImportError:
        return
    for what, most in (("CORE", 0), ("FSIZE", 0), ("NOFILE", files), ("CPU", seconds), ("AS", room)):
        resource.setrlimit(getattr(resource, f"RLIMIT_{what}"), (most, most))
