"""Ends child processes without taking their exit status away from asyncio."""

import asyncio
import os
import signal
import sys
from contextlib import suppress


def kill(process: asyncio.subprocess.Process) -> None:
    """Ends it at once, if it has not ended; whoever waits for it gets its true exit status.

    `Process.kill` looks first whether the process has ended, and thereby takes the status for which a thread
    of asyncio waits: it then says "Unknown child process pid" and reports 255 (CPython 3.11, subprocess.py,
    `Popen.send_signal`).
    """
    if process.returncode is not None:
        return
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.kill(process.pid, signal.SIGKILL)
