"""Backup before a migration: a copy of the database at its old revision, made by itself and rotated."""

import asyncio
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from amends.database import DiskIsFull, migrate, urls
from amends.database.portable import has_content
from amends.gateways.backups import BackupIsDamaged
from amends.services.operation.backups.making import Source, make

KEPT = 3
"""Copies that stay; the oldest go."""
SPARE = 64 * 2**20
"""Bytes that must be free beyond the size of an SQLite file: for the migration itself."""


def keep(url: str, folder: Path, *, now: datetime) -> Path | None:
    """A copy of a database that holds something: beside an SQLite file, else in the folder.

    On SQLite the copy is a database again: put in the place of the file, the older version starts with it. On
    PostgreSQL it is a backup without evidence, which no migration touches. Blocks. Raises DiskIsFull.
    """
    revision = migrate.current(url)
    if revision is None or not asyncio.run(has_content(url)):
        return None
    place = urls.read(url)
    if isinstance(place, urls.SqliteFile):
        copy = _copy(place.path, place.path.with_name(f"{place.path.name}.at-{revision}"))
        _rotate(place.path.parent, f"{place.path.name}.at-*")
        return copy
    name = f"amends-at-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar"
    made = asyncio.run(make(Source(url=url, evidence=None), folder, now=now, name=name))
    _rotate(folder, "amends-at-*.tar")
    return made.path


def _copy(source: Path, target: Path) -> Path:
    """VACUUM INTO: whole even while others write, and a second for half a gigabyte."""
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    _must_have_room(source)
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(source, isolation_level=None)) as raw:
            raw.execute("VACUUM INTO ?", (str(draft),))
        with closing(sqlite3.connect(draft)) as copy:
            if copy.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise BackupIsDamaged("The copy before the migration is damaged, so nothing was migrated.")
        os.replace(draft, target)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise DiskIsFull(_no_room(source)) from error
        raise
    finally:
        draft.unlink(missing_ok=True)
    return target


def _must_have_room(source: Path) -> None:
    if shutil.disk_usage(source.parent).free < source.stat().st_size + SPARE:
        raise DiskIsFull(_no_room(source))


def _no_room(source: Path) -> str:
    size = (source.stat().st_size + SPARE) // 2**20
    return (
        f"There is no room for a copy of {source} before the migration: {size} MB must be free. "
        "Make room, or make a backup elsewhere and set AMENDS_BACKUP_BEFORE_MIGRATING=off. "
        "Nothing was changed."
    )


def _rotate(folder: Path, pattern: str) -> None:
    for old in sorted(folder.glob(pattern), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink(missing_ok=True)
