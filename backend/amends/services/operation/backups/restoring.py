"""Restoring a backup into an empty place: into either database, whichever it came from."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from amends import tables
from amends.database import DiskIsFull, bind, close, connect, from_driver_error, migrate, urls
from amends.database.portable import loading, must_be_empty
from amends.errors import AmendsError
from amends.gateways.backups import BackupIsDamaged, contents
from amends.gateways.evidence_files import EvidenceFiles, FolderEvidenceFiles
from amends.rules.case.verification import Head
from amends.rules.operation import backups as rules
from amends.rules.operation.backups import Manifest
from amends.rules.vocabulary.audit import AuditKind
from amends.services.operation import verification
from amends.services.operation.backups import after_restoring
from amends.services.operation.backups.after_restoring import Beside
from amends.services.operation.backups.checking import BackupIsNewer, check, must_match, rows_in
from amends.services.operation.verification import Verified
from amends.services.team import audit

ROOM = 8
"""An SQLite file takes at most so many times the room of its rows as they stand compressed in a backup."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where it goes: the URL of a database, the data folder, where evidence is kept, and the keys there."""

    url: str
    folder: Path
    evidence: EvidenceFiles
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What is there now, and what the look at every timeline and file found."""

    manifest: Manifest
    verified: Verified


def restore(path: Path, place: Place, *, now: datetime, passphrase: str = "") -> Restored:
    """Looks at the whole backup, fills a database beside the place, verifies it, and gives it its name.

    On PostgreSQL, where no database can be put in the place of another one, all rows come in one transaction.
    Blocks, with event loops of its own. Raises PlaceIsNotEmpty, BackupIsNewer, DiskIsFull, what `check`
    raises, and the drivers' errors; the place is then as empty as it was, but for files of evidence.
    """
    asyncio.run(must_be_empty(place.url))
    manifest = check(path, passphrase)
    if manifest.revision not in migrate.revisions():
        raise BackupIsNewer(
            f"This backup was made by Amends {manifest.version}, whose database (revision "
            f"{manifest.revision}) this version does not know. Install that version or a newer one."
        )
    _must_have_room(place, manifest)
    try:
        return _restored(path, place, manifest, passphrase, now=now)
    except AmendsError:
        raise
    except Exception as error:
        if isinstance(from_driver_error(error), DiskIsFull):
            raise DiskIsFull(
                "The disk is full, so nothing was restored. Make room, and restore again."
            ) from error
        raise


def _restored(path: Path, place: Place, manifest: Manifest, passphrase: str, *, now: datetime) -> Restored:
    beside = _beside(place)
    _forget(beside)
    try:
        migrate.upgrade_to(beside.url, manifest.revision)
        heads = asyncio.run(_fill(path, beside, manifest, passphrase))
        migrate.upgrade(beside.url)
        verified = asyncio.run(_finish(beside, heads, name=path.name, now=now))
        _swap_in(beside, place)
    finally:
        _forget(beside)
    return Restored(manifest=manifest, verified=verified)


async def _fill(path: Path, place: Place, manifest: Manifest, passphrase: str) -> list[Head]:
    """Every part once more, compared with the manifest before it is used."""
    listed = {part.name: part for part in manifest.parts}
    heads: list[Head] = []
    async with loading(place.url, manifest.tables) as into:
        for part in contents(path, passphrase):
            if digest := rules.sha256_of_file(part.name):
                if await place.evidence.keep(part.content) != digest:
                    raise BackupIsDamaged
                continue
            if part.name == rules.MANIFEST:
                continue
            must_match(part, listed[part.name])
            if table := rules.table_of(part.name):
                columns = manifest.tables[table]
                rows = ([row.get(one.name) for one in columns] for row in rows_in(part.content))
                await into.put(table, columns, rows)
            else:
                heads = [Head(row["case"], row["position"], row["hash"]) for row in rows_in(part.content)]
    return heads


async def _finish(place: Place, heads: list[Head], *, name: str, now: datetime) -> Verified:
    async with _bound(place.url):
        await after_restoring.run(Beside(folder=place.folder, evidence=place.evidence, keys=place.keys))
        await audit.record(AuditKind.RESTORED, by=None, now=now, name=name[:100])
        return await verification.verify(place.evidence, heads=heads)


@asynccontextmanager
async def _bound(url: str) -> AsyncIterator[None]:
    bind(connect(url), tables.TABLES)
    try:
        yield
    finally:
        await close()


def _must_have_room(place: Place, manifest: Manifest) -> None:
    folder = place.folder
    while not folder.exists():
        folder = folder.parent
    rows = sum(part.size for part in manifest.parts) * ROOM
    files = manifest.files.size if manifest.files and isinstance(place.evidence, FolderEvidenceFiles) else 0
    wanted = files + rows
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise DiskIsFull(
            f"Restoring needs about {wanted // 2**20} MB under {folder}, "
            f"and {free // 2**20} MB are free. Make room."
        )


def _beside(place: Place) -> Place:
    """Another file in the same folder for SQLite; the database itself on PostgreSQL."""
    found = urls.read(place.url)
    if not isinstance(found, urls.SqliteFile):
        return place
    found.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return replace(place, url=f"sqlite:///{found.path.with_name(f'.{found.path.name}.restoring')}")


def _swap_in(beside: Place, place: Place) -> None:
    source, target = urls.read(beside.url), urls.read(place.url)
    if not isinstance(source, urls.SqliteFile) or not isinstance(target, urls.SqliteFile):
        return
    asyncio.run(must_be_empty(place.url))  # nobody has come meanwhile
    for end in ("-wal", "-shm", "-journal"):
        target.path.with_name(target.path.name + end).unlink(missing_ok=True)
    os.chmod(source.path, 0o600)
    os.replace(source.path, target.path)


def _forget(beside: Place) -> None:
    found = urls.read(beside.url)
    if isinstance(found, urls.SqliteFile) and found.path.name.endswith(".restoring"):
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                found.path.with_name(found.path.name + end).unlink()
