"""Anchors: made once a day and with each dossier, and read back."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from amends.database import locking, run, transaction
from amends.rules.case import anchors as rules
from amends.rules.case.anchors import Anchor
from amends.rules.case.verification import Head
from amends.services.team import audit
from amends.tables.record import AnchoredHead, RecordAnchor

A_PART = 2_000
"""Heads that are read or written at once, so that nobody waits long."""

ANCHORS = "SELECT number, made_at, cases, root, previous, hash FROM anchor"
HEADS = """
SELECT c.number AS case_number, e.position, e.hash FROM case_file AS c JOIN entry AS e ON e."case" = c.id
WHERE c.number > :after AND e.position = (SELECT MAX(position) FROM entry WHERE "case" = c.id)
ORDER BY c.number LIMIT :most
"""
ANCHORED = """
SELECT h.case_number, h.position, h.hash FROM anchored_head AS h
WHERE h.case_number > :after AND h.anchor = (
    SELECT MAX(anchor) FROM anchored_head WHERE case_number = h.case_number AND anchor <= :anchor
) ORDER BY h.case_number LIMIT :most
"""
OF_CASES = """
SELECT case_number, position, hash FROM anchored_head
WHERE case_number >= :first AND case_number <= :last AND position > 0 ORDER BY case_number, position
"""
GONE = """
SELECT h.case_number, h.position, h.hash FROM anchored_head AS h
WHERE h.position > 0 AND h.case_number > 0
AND h.anchor = (SELECT MAX(anchor) FROM anchored_head WHERE case_number = h.case_number)
AND NOT EXISTS (SELECT 1 FROM case_file WHERE number = h.case_number)
AND NOT EXISTS (SELECT 1 FROM removed_case WHERE number = h.case_number)
ORDER BY h.case_number
"""


async def last() -> Anchor | None:
    """The newest one."""
    rows = await run(f"{ANCHORS} ORDER BY number DESC LIMIT 1")
    return Anchor(**rows[0]) if rows else None


async def chain() -> list[Anchor]:
    """All of them, in their order: one a day, and one for each dossier."""
    return [Anchor(**row) for row in await run(f"{ANCHORS} ORDER BY number")]


async def make(*, now: datetime) -> Anchor | None:
    """The anchor of all timelines as they are: today's last where nothing changed, none without a case."""
    before = await last()
    heads = await heads_now()
    known = {one.case_number: one for one in await heads_at(before)} if before else {}
    changes = rules.changed(heads, known)
    if not rules.count_cases(heads):
        return before
    if before and not rules.count_cases(changes) and before.made_at.date() == now.astimezone(UTC).date():
        return before
    made = rules.following(before, heads, now=now)
    async with transaction():
        await run(f"SELECT id FROM team {locking()}")  # noqa: S608 - the statement is ours alone
        if await last() != before:  # somebody else has just made one
            return await last()
        await _insert(made, changes)
    return made


async def make_daily(*, now: datetime) -> Anchor | None:
    """The first anchor of each day in UTC; none where there is one of today, or no case yet."""
    before = await last()
    if before and before.made_at.date() >= now.astimezone(UTC).date():
        return None
    return await make(now=now)


async def have_something_to_cover() -> bool:
    """Whether there is any case."""
    return bool(await run("SELECT 1 AS one FROM case_file LIMIT 1"))


async def heads_now() -> list[Head]:
    """The last entry of every timeline, and the last event of the audit log that has its place."""
    position, digest = await audit.head()
    log = [Head(rules.AUDIT_LOG, position, digest)] if position else []
    return log + [one async for one in _heads(HEADS)]


async def heads_at(anchor: Anchor) -> list[Head]:
    """The last entry of every timeline, and the last event of the audit log, when an anchor was made."""
    return [one async for one in _heads(ANCHORED, anchor=anchor.number) if one.position]


async def heads_of(first: int, final: int) -> list[Head]:
    """Every head that any anchor has kept of the cases from one number to another."""
    return [_head(row) for row in await run(OF_CASES, first=first, last=final)]


async def heads_of_log() -> list[Head]:
    """Every last event of the audit log that any anchor has kept."""
    return await heads_of(rules.AUDIT_LOG, rules.AUDIT_LOG)


async def gone() -> list[Head]:
    """Anchored heads of cases that are not there, and that nobody removed by the pages."""
    return [_head(row) for row in await run(GONE)]


async def _heads(statement: str, *, anchor: int = 0) -> AsyncIterator[Head]:
    after = -1  # the audit log stands at 0
    while rows := await run(statement, after=after, most=A_PART, anchor=anchor):
        for row in rows:
            yield _head(row)
        after = rows[-1]["case_number"]


def _head(row: Mapping[str, Any]) -> Head:
    return Head(row["case_number"], row["position"], row["hash"])


async def _insert(anchor: Anchor, changes: Sequence[Head]) -> None:
    await RecordAnchor.insert(
        RecordAnchor(
            id=uuid4(),
            number=anchor.number,
            made_at=anchor.made_at,
            cases=anchor.cases,
            root=anchor.root,
            previous=anchor.previous,
            hash=anchor.hash,
        )
    )
    for start in range(0, len(changes), A_PART):
        rows = [
            AnchoredHead(
                id=uuid4(),
                anchor=anchor.number,
                case_number=one.case_number,
                position=one.position,
                hash=one.hash,
            )
            for one in changes[start : start + A_PART]
        ]
        await AnchoredHead.insert(*rows)
