"""Copies: everything held of a person as a ZIP for them, without what belongs to others (Art. 15 and 20)."""

import asyncio
import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from amends import tables
from amends.database import transaction
from amends.errors import Forbidden
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.rules.vocabulary import EntryKind, Role
from amends.services.case import locks, timeline
from amends.services.operation.dossiers.contents import NOTES
from amends.services.operation.privacy import findings, mention_erasures, mention_searches
from amends.services.operation.privacy.copy_contents import (
    FORMAT,
    Choice,
    Gathered,
    Group,
    Part,
    Section,
    as_json,
    files_of,
    sections,
)
from amends.services.operation.privacy.findings import Findings
from amends.services.operation.privacy.mention_searches import StillSearching
from amends.services.team import members
from amends.services.team.members import Act, Member

EXCERPT = 160


__all__ = [
    "FORMAT",
    "Choice",
    "CopyNotYours",
    "Gathered",
    "Group",
    "Part",
    "Section",
    "files_of",
    "gather",
    "pack",
    "sections",
]


class CopyNotYours(Forbidden):
    "Only leads and admins give copies of a person’s data. Ask one of them."


async def gather(author: UUID, *, by: Member, now: datetime) -> Gathered:
    """What is held of the person behind an account, and what of it concerns others.

    Raises CopyNotYours, AuthorUnknown.
    """
    if not by.role.reaches(Role.LEAD):
        raise CopyNotYours
    found = await findings.find(author)
    search = await mention_searches.of(found, now=now)
    named = search.mentions
    async with transaction():
        numbers = await mention_erasures.numbers_of(named)
        people = {one.id: one for one in await members.everyone()}
        authors = await _other_authors(found)
    parts = [
        *_posts_of_others(found, authors),
        *_notes(found, people),
        *_pictures(found),
        *(
            Part(id=one.id, group=Group.ELSEWHERE, by="", at=None, excerpt=one.excerpt, inside=False)
            for one in named
        ),
    ]
    return Gathered(
        found=found,
        mentions=named,
        search=search,
        numbers=numbers,
        parts=parts,
        members=people,
        made_at=now,
    )


async def _other_authors(found: Findings) -> dict[UUID, str]:
    others = found.values("capture", "author") - found.values("author", "id")
    if not others:
        return {}
    table = tables.Author
    rows = await table.select(table.id, table.name, table.handle).where(table.id.is_in([*others]))
    return {row["id"]: row["name"] or row["handle"] for row in rows}


def _posts_of_others(found: Findings, names: Mapping[UUID, str]) -> Iterator[Part]:
    ours = found.values("author", "id")
    for row in found.of("capture"):
        if row["author"] not in ours:
            yield Part(
                id=f"capture:{row['id']}",
                group=Group.OTHERS,
                by=names.get(row["author"], ""),
                at=row["received_at"],
                excerpt=_short(row["text"] or row["title"]),
                inside=False,
            )


def _notes(found: Findings, people: Mapping[UUID, Member]) -> Iterator[Part]:
    for row in found.of("entry"):
        body = _body(found, row["id"])
        if row["kind"] in NOTES and body:
            writer = people.get(row["member"])
            yield Part(
                id=f"entry:{row['id']}",
                group=Group.NOTES,
                by=writer.name if writer else "",
                at=row["at"],
                excerpt=_short(str(body.get("text") or body.get("words") or body.get("question") or "")),
                inside=True,
            )


def _body(found: Findings, entry: UUID) -> dict[str, Any]:
    row = found.rows.get("particulars", {}).get(entry)
    return json.loads(row["body"]) if row and row["body"] else {}


def _pictures(found: Findings) -> Iterator[Part]:
    for table in ("evidence", "attachment"):
        for row in found.of(table):
            if table == "attachment" and row["removed_at"]:
                continue
            yield Part(
                id=f"{table}:{row['id']}",
                group=Group.FILES,
                by="",
                at=row["kept_at"],
                excerpt=_short(row.get("name") or row["media_type"]),
                inside=True,
            )


def _short(text: str) -> str:
    return text[:EXCERPT] + ("…" if len(text) > EXCERPT else "")


async def pack(
    act: Act, gathered: Gathered, choice: Choice, page: bytes, into: IO[bytes], *, files: EvidenceFiles
) -> str:
    """Writes the ZIP and says on each of their cases that it was given; its SHA-256.

    `page` is what a person reads of it. A file that is missing or altered is left out. Raises StillSearching.
    """
    if not gathered.search.is_finished:
        raise StillSearching
    made = sections(gathered, choice)
    names = files_of(made)
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("index.html", page)
        pack.writestr("data.json", await asyncio.to_thread(as_json, gathered, made, names))
        for digest, name in names.items():
            try:
                content = await files.fetch(digest)
            except (EvidenceIsMissing, EvidenceIsAltered):
                continue
            await asyncio.to_thread(pack.writestr, name, content)
    digest = await asyncio.to_thread(_sha256, into)
    await _record(act, gathered, choice, digest)
    return digest


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(2**16):
        digest.update(chunk)
    return digest.hexdigest()


async def _record(act: Act, gathered: Gathered, choice: Choice, digest: str) -> None:
    left_out = sum(not choice.takes(part) for part in gathered.parts)
    cases = gathered.found.of("case_file")
    async with transaction():
        await locks.hold_cases({row["number"] for row in cases})
        for row in cases:
            await timeline.record(
                row["id"],
                EntryKind.COPY_GIVEN,
                by=act.by,
                now=act.now,
                sha256=digest,
                left_out=left_out or None,
            )
