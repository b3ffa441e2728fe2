"""Draft of a backup: written beside its place and given its name when it is whole and was looked at."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from amends.errors import Conflict

LOCK = ".backup.lock"
BEGINNING = ".amends-"
END = ".part"


class AnotherIsBeingMade(Conflict):
    "Another backup is being made in this folder. Wait until it is done."


@contextmanager
def draft(folder: Path, name: str) -> Iterator[Path]:
    """The path of an empty file of mode 0600, which bears its name only after the block ended well.

    Whatever an earlier process left half-done is removed: who holds the lock is alone. Raises
    AnotherIsBeingMade, FileExistsError and OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / LOCK).open("a") as lock:
        _take(lock)
        for left in folder.glob(f"{BEGINNING}*{END}"):
            left.unlink(missing_ok=True)
        path = folder / f".{name}{END}"
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            yield path
            _publish(path, folder / name)
        finally:
            path.unlink(missing_ok=True)


def _take(lock: IO[str]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise AnotherIsBeingMade from None


def _publish(path: Path, final: Path) -> None:
    if final.exists():
        raise FileExistsError(f"{final} is there already")
    os.replace(path, final)
    descriptor = os.open(final.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def left_half_done(folder: Path) -> list[str]:
    """Names of drafts that a killed process left, none while one is being made; the next run removes them."""
    if not folder.is_dir():
        return []
    try:
        with (folder / LOCK).open("a") as lock:
            _take(lock)
            return sorted(one.name for one in folder.glob(f"{BEGINNING}*{END}"))
    except AnotherIsBeingMade:
        return []
