"""Removal of the demonstration."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import run, run_with_rows, transaction
from amends.gateways.evidence_files import EvidenceFiles
from amends.services.case import stored_files
from amends.services.insight import counting, daily
from amends.services.operation.demo import (
    causes,
    launch,
    people,
    practice,
    preparation,
    storms,
    threats,
    topics,
    visits,
)


class Removed(msgspec.Struct, frozen=True):
    """How much went."""

    cases: int
    members: int


UNUSED_FIELDS = """
DELETE FROM case_field WHERE NOT EXISTS (SELECT 1 FROM field_value AS v WHERE v.field = case_field.name)
"""


async def remove(files: EvidenceFiles | None = None, *, now: datetime) -> Removed:
    """Removes its cases with all that hangs on them, its pictures, authors, replies and members.

    A case that holds a real post as well stays, without the invented ones. The team goes, and its
    fields, only when the demonstration made it and nobody else works here. The days of Insights on which they
    counted are added up again; the audit log keeps what was written, as it does of everybody.
    """
    async with transaction():
        cases, authors = await _invented()
        stored = await _files_of(cases)
        persons = await _persons(authors)
        await causes.remove_problems(cases)
        await preparation.remove_playbook()
        await threats.remove_threat_plan()
        await visits.remove_places()
        await storms.remove_incidents(cases)
        await launch.remove_campaigns()
        await practice.remove_drills(now=now)
        await _leave_numbers(cases, now)
        numbers = await _numbers(cases)
        await _delete(tables.Case, cases)
        await counting.forget(numbers)
        await topics.remove_themes()
        await tables.Post.delete().where(tables.Post.url.like(people.POSTS))
        await _delete(tables.Author, [one for one in authors if not await _is_needed(one)])
        await _remove_persons(persons)
        member, reply, rules = tables.Member, tables.ReplyTemplate, tables.ReplyRules
        await reply.delete().where(reply.starter.is_not_null() & reply.changed_by.email.like(people.EMAILS))
        await rules.delete().where(rules.made_by.email.like(people.EMAILS))
        gone = await member.delete().where(member.email.like(people.EMAILS)).returning(member.id)
        if not await member.exists():
            await _remove_team()
    while await daily.add_up_days():
        pass
    if files:
        for name in stored:
            await stored_files.erase_unheld(name, files, now=now)
    return Removed(len(cases), len(gone))


async def _remove_team() -> None:
    team = tables.Team
    if await team.delete().where(team.name == people.TEAM).returning(team.id):
        await run(UNUSED_FIELDS)


async def _numbers(cases: list[UUID]) -> list[int]:
    case = tables.Case
    rows = await case.select(case.number).where(case.id.is_in(cases)) if cases else []
    return [row["number"] for row in rows]


REASON = "demonstration"
ANCHORED = """
SELECT c.number FROM case_file AS c
WHERE c.id IN (VALUES :rows) AND EXISTS (SELECT 1 FROM anchored_head WHERE case_number = c.number)
"""


async def _leave_numbers(cases: list[UUID], now: datetime) -> None:
    """Step: of cases that an anchor holds it stays known that they were removed on purpose."""
    rows = await run_with_rows(ANCHORED, [(one,) for one in cases], types=("uuid",)) if cases else []
    if rows:
        gone = [
            tables.RemovedCase(id=uuid4(), number=row["number"], reason=REASON, removed_at=now)
            for row in rows
        ]
        await tables.RemovedCase.insert(*gone)


async def _persons(authors: list[UUID]) -> set[UUID]:
    author = tables.Author
    rows = await author.select(author.person).where(author.id.is_in(authors)) if authors else []
    return {row["person"] for row in rows if row["person"]}


async def _remove_persons(persons: set[UUID]) -> None:
    """Step: those to whom no account belongs any more."""
    author = tables.Author
    for one in persons:
        if not await author.exists().where(author.person == one):
            await tables.Person.delete().where(tables.Person.id == one)


PICTURES = """
SELECT e.sha256, e.shown_sha256 FROM evidence AS e JOIN capture AS c ON c.id = e.capture
JOIN post AS p ON p.id = c.post WHERE p."case" IN (VALUES :rows)
"""
ATTACHED = 'SELECT a.sha256, a.shown_sha256 FROM attachment AS a WHERE a."case" IN (VALUES :rows)'


async def _files_of(cases: list[UUID]) -> set[str]:
    """Their screenshots and attached files, as they arrived and redrawn."""
    if not cases:
        return set()
    ids = [(one,) for one in cases]
    rows = [row for text in (PICTURES, ATTACHED) for row in await run_with_rows(text, ids, types=("uuid",))]
    return {name for row in rows for name in (row["sha256"], row["shown_sha256"]) if name}


async def _invented() -> tuple[list[UUID], list[UUID]]:
    """The cases of which every post is invented, and the authors of invented posts."""
    post, capture = tables.Post, tables.Capture
    rows = await post.select(post.case).where(post.url.like(people.POSTS))
    touched = {row["case"] for row in rows}
    if not touched:
        return [], []
    real = await post.select(post.case).where(post.case.is_in(list(touched)), post.url.not_like(people.POSTS))
    authors = await capture.select(capture.author).where(capture.post.url.like(people.POSTS)).distinct()
    return list(touched - {row["case"] for row in real}), [row["author"] for row in authors if row["author"]]


async def _is_needed(author: UUID) -> bool:
    captured = await tables.Capture.exists().where(tables.Capture.author == author)
    return captured or await tables.Case.exists().where(tables.Case.author == author)


async def _delete(table: Any, ids: list[UUID]) -> None:  # noqa: ANN401 - any table with an id
    if ids:
        await table.delete().where(table.id.is_in(ids))
