"""Contents of a copy: what was gathered of a person, parts that may be others', the rows that go in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from amends.rules.operation.dossiers import file_name
from amends.rules.operation.privacy import (
    BY_TABLE,
    CUSTOMER_TABLES,
    PURPOSES,
    Held,
    Purpose,
    without,
)
from amends.services.operation.privacy import findings
from amends.services.operation.privacy.findings import Findings, Row
from amends.services.operation.privacy.mention_searches import Searched
from amends.services.operation.privacy.mentions import Mention
from amends.services.team.members import Member

FORMAT = "amends-person-1"


class Group(StrEnum):
    """Why a part is for a human to look at before it is given away."""

    OTHERS = "others"
    """Written by somebody else under their post."""
    NOTES = "notes"
    """Written by members about them."""
    FILES = "files"
    """Pictures and files, which may show other people."""
    ELSEWHERE = "elsewhere"
    """In a case or a text that is about others."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Something that may belong to others too; `inside` where it goes in unless somebody takes it out."""

    id: str
    group: Group
    by: str
    at: datetime | None
    excerpt: str
    inside: bool


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What of the parts that were offered goes in; the others go by their default."""

    offered: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    name_members: bool = False

    def takes(self, part: Part) -> bool:
        """Whether a part goes in."""
        return part.id in self.kept if part.id in self.offered else part.inside


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Everything of a person before it is packed; `members` by id, `numbers` of cases by id of a mention."""

    found: Findings
    mentions: list[Mention]
    search: Searched
    numbers: Mapping[str, int]
    parts: list[Part]
    members: Mapping[UUID, Member]
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class Section:
    """One table as it goes in."""

    held: Held
    rows: list[dict[str, Any]]


def sections(gathered: Gathered, choice: Choice) -> list[Section]:
    """The tables that go in, with what was chosen of them; empty ones are left out."""
    left_out = {part.id for part in gathered.parts if not choice.takes(part)}
    made = [
        Section(held=held, rows=[_told(row, held, gathered, choice) for row in rows])
        for held in CUSTOMER_TABLES
        if held.purpose is not Purpose.RUNNING
        and (rows := [row for row in gathered.found.of(held.table) if not _is_out(held, row, left_out)])
    ]
    return made + _elsewhere(gathered, choice, left_out)


def _is_out(held: Held, row: Row, left_out: set[str]) -> bool:
    named = f"{held.table}:{row[findings.key_of(held.table)]}"
    whole = {"evidence": "capture", "particulars": "entry"}.get(held.table)
    if whole and f"{whole}:{row[whole]}" in left_out:
        return True
    return named in left_out and held.table != "entry"  # the line stays, its words do not


def _elsewhere(gathered: Gathered, choice: Choice, left_out: set[str]) -> list[Section]:
    """Rows about others that name them, only with the columns that do."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in gathered.mentions:
        if one.id not in left_out:
            found.setdefault(one.table, []).append({name: one.row[name] for name in one.columns})
    return [Section(held=BY_TABLE[table], rows=rows) for table, rows in found.items()]


def _told(row: Row, held: Held, gathered: Gathered, choice: Choice) -> dict[str, Any]:
    """A row without what is empty, what is secret, and, unless they are to be named, without members."""
    points_at = findings.members_in(held.table)
    told: dict[str, Any] = {}
    for name in (*held.words, *held.plain):
        value = row.get(name)
        if value in (None, "", [], {}):
            continue
        if name in points_at or name == "actor":
            value = _named(value, gathered, choice)
        elif held.table == "particulars" and name == "body":
            value = json.loads(value)
        if value is not None:
            told[name] = value
    if choice.name_members or held.table == "capture":
        return told
    names = tuple(sorted((one.name for one in gathered.members.values()), key=len, reverse=True))
    text = json.dumps(told, ensure_ascii=False, default=_plain)
    return dict(json.loads(without(text, names)))


def _named(value: object, gathered: Gathered, choice: Choice) -> str | None:
    by_id = {str(key): one.name for key, one in gathered.members.items()}
    if str(value) not in by_id:
        return str(value) if str(value) in ("author", "system") else None
    return by_id[str(value)] if choice.name_members else None


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def as_json(gathered: Gathered, made: Sequence[Section], files: Mapping[str, str]) -> bytes:
    """The whole as JSON, described in docs/personal-data.md."""
    whole = {
        "format": FORMAT,
        "made_at": gathered.made_at.isoformat(),
        "name": gathered.found.name,
        "files": dict(files),
        "tables": [
            {
                "table": one.held.table,
                "holds": one.held.title,
                "purpose": PURPOSES[one.held.purpose],
                "rows": one.rows,
            }
            for one in made
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode()


def files_of(made: Sequence[Section]) -> dict[str, str]:
    """The files that go in: their names there, by SHA-256."""
    names: dict[str, str] = {}
    for one in made:
        if one.held.table in ("evidence", "attachment"):
            for row in one.rows:
                digest = row["sha256"]
                names.setdefault(
                    digest, file_name("files", len(names) + 1, digest, row.get("media_type", ""))
                )
    return names
