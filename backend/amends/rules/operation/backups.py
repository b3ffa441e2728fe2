"""Backups: what a file of them holds, what stays out, and how it is named (R-95)."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import msgspec

FORMAT = 1
"""The form of the file; a reader refuses a higher one."""
MANIFEST = "manifest.json"
ANCHORS = "anchors.jsonl.gz"
ROWS = re.compile(r"rows/([a-z][a-z0-9_]{0,62})/([0-9]{5})\.jsonl\.gz")
FILE = re.compile(r"evidence/([0-9a-f]{64})")

LEFT_OUT = frozenset(
    {
        "failed_sign_in",
        "heartbeat",
        "known_network",
        "message_link",
        "one_time_code",
        "passkey_challenge",
        "presence",
        "session",
        "used_form",
    }
)
"""Tables whose rows are not kept: what lets somebody in, and what is true of this hour only."""
EMPTIED = frozenset({("target", "session")})
"""Columns that point into a table that is left out."""


class Column(msgspec.Struct, frozen=True, array_like=True):
    """A column with the kind of its values: id, instant, date, json, bool, int, real, text or bytes."""

    name: str
    kind: str


class Part(msgspec.Struct, frozen=True):
    """One file inside, as it stands there: bytes, SHA-256 in hexadecimal, and how many rows are in it."""

    name: str
    size: int
    sha256: str
    rows: int = 0


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """Pictures and attachments by their SHA-256; `altered` ones no longer matched it, and stayed out."""

    names: tuple[str, ...]
    size: int
    altered: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What is inside. `files` is None where only rows were asked for; `keys` are fingerprints, never keys."""

    format: int
    version: str
    revision: str
    database: str
    made_at: datetime
    tables: dict[str, tuple[Column, ...]]
    parts: tuple[Part, ...]
    files: Files | None
    keys: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(part.rows for part in self.parts if ROWS.fullmatch(part.name))


def rows_of(manifest: Manifest) -> dict[str, int]:
    """How many rows each table has, the empty ones too."""
    counts = dict.fromkeys(manifest.tables, 0)
    for part in manifest.parts:
        if found := ROWS.fullmatch(part.name):
            counts[found.group(1)] = counts.get(found.group(1), 0) + part.rows
    return counts


def rows_name(table: str, number: int) -> str:
    """The name of a part: the rows of a table from the `number`th on."""
    return f"rows/{table}/{number:05}.jsonl.gz"


def table_of(name: str) -> str | None:
    """The table whose rows stand under this name; None for anything else."""
    found = ROWS.fullmatch(name)
    return found.group(1) if found else None


def sha256_of_file(name: str) -> str | None:
    """The SHA-256 of the evidence under this name; None for anything else."""
    found = FILE.fullmatch(name)
    return found.group(1) if found else None


def is_allowed(name: str) -> bool:
    """Whether such a part may be in a backup: a closed list, so that no name leads anywhere (R-53)."""
    return name in (MANIFEST, ANCHORS) or bool(ROWS.fullmatch(name) or FILE.fullmatch(name))


def kept(tables: Mapping[str, Sequence[Column]]) -> dict[str, tuple[Column, ...]]:
    """The tables and columns of a database that go into a backup."""
    return {
        name: tuple(column for column in columns if (name, column.name) not in EMPTIED)
        for name, columns in tables.items()
        if name not in LEFT_OUT
    }


def file_name(made_at: datetime, *, sealed: bool) -> str:
    """`amends-20260504T080000Z.tar`: by name is by age."""
    return f"amends-{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar{'.sealed' if sealed else ''}"


def fingerprint(key: str) -> str:
    """Sixteen letters by which people compare a key without showing it."""
    return hashlib.sha256(f"amends key {key}".encode()).hexdigest()[:16]
