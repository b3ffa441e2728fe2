"""Scheduled backups in a child process: no page waits for its work, and it ends with its worker."""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import Protocol

import msgspec

import amends
from amends.gateways import child_processes

SECONDS = 2 * 3600
_CODE = (
    "import sys; sys.path.insert(0, sys.argv[1]); from amends.cli import main; sys.exit(main(sys.argv[2:]))"
)
_PACKAGE_FOLDER = str(Path(amends.__file__).resolve().parents[1])


class MadeByChild(msgspec.Struct, frozen=True, kw_only=True):
    """What the child said: a checked backup, or one sentence about what went wrong; `seconds` it took."""

    name: str = ""
    size: int = 0
    rows: int = 0
    files: int = 0
    problem: str = ""
    seconds: float = 0.0


class BackupMaker(Protocol):
    """Makes one backup where the settings say, and removes older ones beyond `kept`."""

    async def make(self, *, kept: int) -> MadeByChild:
        """Never raises for what goes wrong with the backup: that is part of the answer."""
        ...


class ChildBackupMaker:
    """The command `amends backup`, with the settings of this process."""

    async def make(self, *, kept: int) -> MadeByChild:
        """Killed when it takes two hours, or when this worker stops."""
        began = time.monotonic()
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _CODE, _PACKAGE_FOLDER, "backup", "--scheduled", "--kept", str(kept)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=pipe,
            stderr=pipe,
        )
        try:
            async with asyncio.timeout(SECONDS):
                said, complaints = await process.communicate()
        except TimeoutError:
            said, complaints = b"", b"It took more than two hours."
        finally:
            if process.returncode is None:
                child_processes.kill(process)
                await process.wait()
        made = _read(said, complaints)
        return msgspec.structs.replace(made, seconds=time.monotonic() - began)


def _read(said: bytes, complaints: bytes) -> MadeByChild:
    try:
        return msgspec.convert(json.loads(said), MadeByChild)
    except ValueError:
        lines = complaints.decode(errors="replace").strip().splitlines()
        sentence = lines[-1].removeprefix("amends: ") if lines else "The process was ended."
        return MadeByChild(problem=sentence)
