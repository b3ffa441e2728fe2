"""Child process: starts a sandbox, exchanges JSON lines with it, kills it on a timeout."""

import asyncio
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import amends
from amends.gateways import child_processes

_CODE = (
    # Behind the standard library, which nothing may hide, and before any other version that is installed.
    "import sys; sys.path.insert(3, sys.argv[1]); "
    "from amends.gateways.notifier.jail import main; main(sys.argv[2:])"
)
_PACKAGE_FOLDER = str(Path(amends.__file__).resolve().parents[1])


class ChildFailed(Exception):
    """The child ended, or said something that is no answer."""


class Child:
    """One running sandbox. After a failure or a late answer it is killed and never used again."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._clean = True

    @classmethod
    async def start(cls, allow: Sequence[str]) -> "Child":
        """Start an isolated interpreter with nothing in its environment. Raises ChildFailed."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-X",
            "utf8",
            "-W",
            "ignore",
            "-c",
            _CODE,
            _PACKAGE_FOLDER,
            *allow,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            # No proxy, no home with a .netrc, no credentials of a cloud or a database.
            env={"HOME": "/nonexistent", "PATH": "", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        child = cls(process)
        try:
            await child._answer()
        except BaseException:
            await child.kill()
            raise
        return child

    @property
    def id(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def fit(self) -> bool:
        """Whether the process runs and has answered everything it was asked."""
        return self._clean and self._process.returncode is None

    async def ask(self, job: dict[str, Any], *, seconds: float) -> dict[str, Any]:
        """Send one job and wait for its answer. Raises TimeoutError and ChildFailed: not fit then."""
        # The child's own alarm rings later than ours: it matters only when nobody is left to kill it.
        line = json.dumps(job | {"seconds": math.ceil(seconds) + 5}) + "\n"
        assert self._process.stdin is not None
        self._clean = False
        async with asyncio.timeout(seconds):
            try:
                self._process.stdin.write(line.encode("ascii"))
                await self._process.stdin.drain()
            except OSError:
                raise ChildFailed("pipe closed") from None
            answer = await self._answer()
        # A child in which something was refused but a connection has met more than a wrong address.
        self._clean = not answer.get("suspect", False)
        return answer

    def end(self) -> None:
        """Kill the process; whoever waits for its answer gets ChildFailed."""
        child_processes.kill(self._process)

    async def ended(self) -> None:
        """Wait until the process is gone."""
        await self._process.wait()

    async def kill(self) -> None:
        """End the process at once and let go of its pipes."""
        self.end()
        await asyncio.shield(asyncio.ensure_future(self._process.communicate()))

    async def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line.endswith(b"\n"):
            raise ChildFailed("ended")
        answer: dict[str, Any] = json.loads(line)
        return answer
