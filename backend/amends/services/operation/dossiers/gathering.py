"""Gathering of what is recorded of some cases, for a dossier (P18, P61, P68)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from amends.database import run, run_with_rows, transaction
from amends.errors import Forbidden, Invalid
from amends.rules.capture.fingerprints import SEEN, written
from amends.rules.case import anchors as anchor_rules
from amends.rules.case.anchors import Anchor
from amends.rules.case.verification import faults_of
from amends.rules.operation import dossiers as rules
from amends.rules.vocabulary import Outcome, Role, Severity, Stage
from amends.services.case import access, anchors, timeline
from amends.services.operation import time_stamps, verification
from amends.services.operation.dossiers.contents import (
    Anchored,
    CaseGathered,
    Choice,
    Exhibit,
    Gathered,
    Kept,
)
from amends.services.operation.time_stamps import Stamp
from amends.services.team.members import Member


class DossierNotYours(Forbidden):
    "Only leads and admins make dossiers. Ask one of them."


class DossierTooLarge(Invalid):
    "More than 200 cases do not fit into one dossier. Make several."


class DossierIsEmpty(Invalid):
    "A dossier has one case at least. Enter its number."


CASES = f"""
WITH RECURSIVE here(id) AS (
    SELECT c.id FROM case_file AS c WHERE c.number IN (VALUES :rows)
    UNION SELECT joined.id FROM here
    JOIN case_file AS joined ON joined.duplicate_of = here.id AND joined.outcome = 'duplicate'
)
SELECT c.id, c.number, c.title, c.stage, c.outcome, c.severity, c.opened_at, c.author, a.person
FROM here JOIN case_file AS c ON c.id = here.id LEFT JOIN author AS a ON a.id = c.author
 ORDER BY c.number LIMIT {rules.MOST_CASES + 1}
"""
CAPTURES = f"""
SELECT capture.id, {", ".join(f"capture.{name}" for name in SEEN)}, capture.received_at,
    author.id AS author_id, author.person,
    COALESCE(author.name, '') AS author_name, COALESCE(author.handle, '') AS handle,
    COALESCE(member.name, '') AS member_name
FROM post JOIN capture ON capture.post = post.id LEFT JOIN author ON author.id = capture.author
LEFT JOIN member ON member.id = capture.member
WHERE post."case" = :case_id ORDER BY capture.received_at, capture.id
"""
PICTURES = """
SELECT e.capture, e.sha256, e.shown_sha256, e.media_type, e.size, e.kept_at
FROM post JOIN capture ON capture.post = post.id JOIN evidence AS e ON e.capture = capture.id
WHERE post."case" = :case_id ORDER BY e.kept_at, e.sha256
"""
FILES = """
SELECT name, sha256, shown_sha256, media_type, size, kept_at FROM attachment
WHERE "case" = :case_id AND removed_at IS NULL ORDER BY kept_at, sha256
"""


async def gather(
    numbers: Sequence[int], choice: Choice, *, by: Member, now: datetime, anchoring: bool = False
) -> Gathered:
    """What is recorded of these cases, and of those that were merged into them; after an anchor of its own.

    Raises DossierNotYours, CaseUnknown, DossierTooLarge.
    """
    if not by.role.reaches(Role.LEAD):
        raise DossierNotYours
    for number in numbers:
        await access.find(number, by=by)
    anchor = await anchors.make(now=now) if anchoring else None
    async with transaction():
        rows = await run_with_rows(CASES, [(number,) for number in numbers], types=("int",))
        if len(rows) > rules.MOST_CASES:
            raise DossierTooLarge
        cases = [await _case(row) for row in rows]
        exhibits: list[Exhibit] = []
        for case in cases:
            exhibits += await _exhibits(case, after=len(exhibits))
    return Gathered(
        cases=tuple(cases),
        exhibits=tuple(one for one in exhibits if one.capture not in choice.without),
        withheld=tuple(one for one in exhibits if one.capture in choice.without),
        choice=choice,
        made_at=now,
        anchor=await _anchored(anchor) if anchor else None,
        stamped=await _stamped() if anchor else None,
    )


async def _anchored(anchor: Anchor, stamp: Stamp | None = None) -> Anchored:
    return Anchored(anchor, anchor_rules.leaves(await anchors.heads_at(anchor)), stamp)


async def _stamped() -> Anchored | None:
    stamp = await time_stamps.newest_good()
    anchor = next((one for one in await anchors.chain() if stamp and one.number == stamp.anchor), None)
    return await _anchored(anchor, stamp) if anchor else None


async def _case(row: Mapping[str, Any]) -> CaseGathered:
    entries = tuple(await verification.recorded_of(row["number"]))
    return CaseGathered(
        number=row["number"],
        id=row["id"],
        title=row["title"],
        stage=Stage(row["stage"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        severity=Severity.stored(row["severity"]),
        opened_at=row["opened_at"],
        entries=entries,
        shown=tuple(await timeline.of_case(row["id"])),
        files=tuple(_kept(one, name=one["name"]) for one in await run(FILES, case_id=row["id"])),
        faults=tuple(faults_of(entries)),
        author=row["author"],
        person=row["person"],
    )


def _kept(row: Mapping[str, Any], *, name: str = "") -> Kept:
    return Kept(
        sha256=row["sha256"],
        shown=row["shown_sha256"],
        media_type=row["media_type"],
        size=row["size"],
        kept_at=row["kept_at"],
        name=name,
    )


async def _exhibits(case: CaseGathered, *, after: int) -> list[Exhibit]:
    """The sights of a case's posts, numbered on from those of the cases before it."""
    pictures: dict[UUID, list[Kept]] = {}
    for row in await run(PICTURES, case_id=case.id):
        pictures.setdefault(row["capture"], []).append(_kept(row))
    named = rules.named_by(case.entries)
    rows = await run(CAPTURES, case_id=case.id)
    return [
        _exhibit(row, case.number, number, tuple(pictures.get(row["id"], ())), named)
        for number, row in enumerate(rows, start=after + 1)
    ]


def _exhibit(
    row: Mapping[str, Any], case_number: int, number: int, pictures: tuple[Kept, ...], named: set[str]
) -> Exhibit:
    seen = {name: row[name] for name in SEEN}
    digest = hashlib.sha256(written(seen)).hexdigest()
    handle = f" ({row['handle']})" if row["handle"] and row["handle"] != row["author_name"] else ""
    return Exhibit(
        number=number,
        case_number=case_number,
        capture=row["id"],
        seen=seen,
        author=row["author_name"] + handle,
        by=row["member_name"],
        received_at=row["received_at"],
        pictures=pictures,
        digest=digest,
        covered=digest in named,
        author_id=row["author_id"],
        person=row["person"],
        names=(row["author_name"], row["handle"]),
    )
