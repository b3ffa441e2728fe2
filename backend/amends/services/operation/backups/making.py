"""Making a backup: rows of one instant, files by their hash, then the copy is opened again and checked."""

import gzip
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec

import amends
from amends.database import DiskIsFull, from_driver_error
from amends.database.portable import Snapshot, snapshot
from amends.gateways import backups as gateway
from amends.gateways.backups import key_files
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.rules.operation import backup_plan
from amends.rules.operation import backups as rules
from amends.rules.operation.backups import Column, Files, Manifest, Part
from amends.services.operation.backups.checking import check

PART_SIZE = 8 * 2**20
"""Bytes of rows, before compression, after which a new part is begun."""
LEVEL = 3
"""Of gzip: higher ones take twice the time for a tenth of the size."""
HEADS = """
SELECT c.number, e.position, e.hash FROM case_file AS c JOIN entry AS e ON e."case" = c.id
WHERE e.position = (SELECT MAX(last.position) FROM entry AS last WHERE last."case" = c.id) ORDER BY c.number
"""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is kept: a database, the evidence unless only rows are, fingerprints of the keys."""

    url: str
    evidence: EvidenceFiles | None
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Made:
    """A backup that was made and looked at."""

    path: Path
    size: int
    manifest: Manifest


@dataclass
class _Parts:
    """Adds parts to the archive, and remembers what the manifest says of them."""

    writer: gateway.Writer
    listed: list[Part] = field(default_factory=list)

    def add(self, name: str, content: bytes, *, rows: int = 0) -> None:
        self.writer.add(name, content)
        self.listed.append(Part(name, len(content), hashlib.sha256(content).hexdigest(), rows))


async def make(source: Source, folder: Path, *, now: datetime, passphrase: str = "", name: str = "") -> Made:
    """One file in the folder, encrypted where there is a passphrase, and checked; or none.

    It blocks while it reads and writes: from a loop that serves others, run it in a thread with a loop of its
    own. Others may write meanwhile. Raises AnotherIsBeingMade, DiskIsFull, BackupIsDamaged, and the drivers'.
    """
    name = name or rules.file_name(now, sealed=bool(passphrase))
    with _full_disk_said(folder), gateway.draft(folder, name) as path:
        with path.open("wb") as file:
            writer = gateway.Writer(file, passphrase)
            await _write(writer, source, now)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
        manifest, size = check(path, passphrase), path.stat().st_size
    return Made(path=folder / name, size=size, manifest=manifest)


@contextmanager
def _full_disk_said(folder: Path) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if isinstance(from_driver_error(error), DiskIsFull):
            raise DiskIsFull(f"The disk of {folder} is full, so no backup was made. Make room.") from error
        raise


async def _write(writer: gateway.Writer, source: Source, now: datetime) -> None:
    parts = _Parts(writer)
    async with snapshot(source.url) as seen:
        tables = rules.kept(seen.tables)
        for table, columns in tables.items():
            await _add_rows(parts, seen, table, columns)
        await _add_heads(parts, seen)
    files = await _add_files(writer, source.evidence) if source.evidence else None
    manifest = Manifest(
        format=rules.FORMAT,
        version=amends.__version__,
        revision=seen.revision,
        database=seen.kind,
        made_at=now,
        tables=tables,
        parts=tuple(parts.listed),
        files=files,
        keys=source.keys,
    )
    writer.add(rules.MANIFEST, msgspec.json.format(msgspec.json.encode(manifest), indent=1))


async def _add_rows(parts: _Parts, seen: Snapshot, table: str, columns: Sequence[Column]) -> None:
    names = [column.name for column in columns]
    lines: list[bytes] = []
    size, number = 0, 1
    async for rows in seen.rows(table, columns):
        fresh = [msgspec.json.encode(dict(zip(names, row, strict=True))) for row in rows]
        lines += fresh
        size += sum(map(len, fresh))
        if size >= PART_SIZE:
            parts.add(rules.rows_name(table, number), _packed(lines), rows=len(lines))
            lines, size, number = [], 0, number + 1
    if lines:
        parts.add(rules.rows_name(table, number), _packed(lines), rows=len(lines))


async def _add_heads(parts: _Parts, seen: Snapshot) -> None:
    """The last entry of every timeline, in the form of `amends anchors export`."""
    if not {"case_file", "entry"} <= seen.tables.keys():
        return
    heads = [
        msgspec.json.encode({"case": number, "position": position, "hash": digest})
        for number, position, digest in await seen.select(HEADS)
    ]
    parts.add(rules.ANCHORS, _packed(heads), rows=len(heads))


def _packed(lines: Sequence[bytes]) -> bytes:
    return gzip.compress(b"".join(line + b"\n" for line in lines), LEVEL, mtime=0)


async def _add_files(writer: gateway.Writer, files: EvidenceFiles) -> Files:
    """Every file under its hash; those that no longer match it stay out and are named."""
    names: list[str] = []
    altered: list[str] = []
    size = 0
    async for name in files.names():
        try:
            content = await files.fetch(name)
        except EvidenceIsMissing:  # erased since it was listed
            continue
        except EvidenceIsAltered:
            altered.append(name)
            continue
        writer.add(f"evidence/{name}", content)
        names.append(name)
        size += len(content)
    return Files(names=tuple(names), size=size, altered=tuple(altered))


def rotate(folder: Path, *, kept: int) -> list[str]:
    """Removes the oldest backups beyond so many, by their names, with keys beside them; returns those."""
    gone = backup_plan.to_remove((path.name for path in folder.iterdir()), kept=kept)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
        (folder / (name + key_files.END)).unlink(missing_ok=True)
    return gone
