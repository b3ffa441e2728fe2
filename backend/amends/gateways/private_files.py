"""File modes of the data folder: only its owner reads what is in it, whatever umask or version made it."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PRIVATE_UMASK = 0o077
"""For every file that this process makes, also by SQLite: 0600, and 0700 for folders."""
_NOT_OF_THE_OWNER = 0o077
_SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Modes:
    """Files and folders that others could read: those that were `corrected`, and those that could not be."""

    corrected: tuple[Path, ...]
    stubborn: tuple[Path, ...]


def make_private(data_dir: Path, database_url: str) -> Modes:
    """Take every right of others from the data folder and the SQLite file; links are left alone."""
    corrected, stubborn = [], []
    for path in (*_everything(data_dir), *_database_files(database_url)):
        try:
            if _make_private(path):
                corrected.append(path)
        except FileNotFoundError:  # a temporary file that has gone meanwhile
            continue
        except OSError:
            stubborn.append(path)
    return Modes(tuple(corrected), tuple(stubborn))


def _make_private(path: Path) -> bool:
    mode = path.lstat().st_mode
    is_ours = stat.S_ISREG(mode) or stat.S_ISDIR(mode)
    if not is_ours or not mode & _NOT_OF_THE_OWNER:
        return False
    os.chmod(path, stat.S_IMODE(mode) & ~_NOT_OF_THE_OWNER)
    return True


def _everything(root: Path) -> Iterator[Path]:
    yield root
    for folder, names, files in os.walk(root):
        yield from (Path(folder, name) for name in (*names, *files))


def _database_files(url: str) -> Iterator[Path]:
    if url.startswith(_SQLITE):
        path = url.removeprefix(_SQLITE)
        yield from (Path(f"{path}{end}") for end in ("", "-wal", "-shm", "-journal"))
