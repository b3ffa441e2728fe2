"""Looking at a backup: every part against the manifest, every row against the columns, nothing unpacked."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from amends.errors import Conflict
from amends.gateways.backups import BackupIsDamaged, Content, contents
from amends.gateways.backups.archive import unpacked
from amends.rules.operation import backups as rules
from amends.rules.operation.backups import Manifest, Part


class BackupIsNewer(Conflict):
    "This backup was made by a newer version of Amends."


def check(path: Path, passphrase: str = "") -> Manifest:
    """Reads the whole file and says what is in it.

    Raises FileIsNoBackup, BackupIsDamaged, BackupIsNewer, PassphraseIsMissing, PassphraseDoesNotFit.
    """
    parts: dict[str, Part] = {}
    files: list[str] = []
    columns: dict[str, set[str]] = {}
    manifest: Manifest | None = None
    for part in contents(path, passphrase):
        if manifest or part.name in parts:
            raise BackupIsDamaged
        if part.name == rules.MANIFEST:
            manifest = read_manifest(part.content)
        elif digest := rules.sha256_of_file(part.name):
            _must_match(part, digest)
            files.append(digest)
        else:
            parts[part.name] = _looked_at(part, columns)
    if manifest is None:
        raise BackupIsDamaged
    _must_agree(manifest, parts, files, columns)
    return manifest


def read_manifest(content: bytes) -> Manifest:
    """Raises BackupIsNewer and BackupIsDamaged."""
    try:
        form = msgspec.json.decode(content, type=dict[str, Any]).get("format")
        if isinstance(form, int) and form > rules.FORMAT:
            raise BackupIsNewer("This backup has a newer form. Restore it with the version that made it.")
        return msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BackupIsDamaged from None


def rows_in(content: bytes) -> Iterator[dict[str, Any]]:
    """The rows of a part, one for each line. Raises BackupIsDamaged."""
    decoder = msgspec.json.Decoder(dict[str, Any])
    try:
        for line in unpacked(content).splitlines():
            yield decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BackupIsDamaged from None


def must_match(part: Content, listed: Part) -> None:
    """Raises BackupIsDamaged when the part is not what the manifest says."""
    _must_match(part, listed.sha256)


def _must_match(part: Content, sha256: str) -> None:
    if hashlib.sha256(part.content).hexdigest() != sha256:
        raise BackupIsDamaged


def _looked_at(part: Content, columns: dict[str, set[str]]) -> Part:
    """The part as the manifest must list it; the names in its rows are gathered by table."""
    names = columns.setdefault(rules.table_of(part.name) or part.name, set())
    count = 0
    for row in rows_in(part.content):
        names.update(row)
        count += 1
    return Part(part.name, len(part.content), hashlib.sha256(part.content).hexdigest(), count)


def _must_agree(
    manifest: Manifest, parts: dict[str, Part], files: list[str], columns: dict[str, set[str]]
) -> None:
    listed = {part.name: part for part in manifest.parts}
    named = list(manifest.files.names) if manifest.files else []
    known = {name: {column.name for column in of} for name, of in manifest.tables.items()}
    known[rules.ANCHORS] = {"case", "position", "hash"}
    if listed != parts or named != files:
        raise BackupIsDamaged
    if any(not names <= known.get(table, set()) for table, names in columns.items()):
        raise BackupIsDamaged
