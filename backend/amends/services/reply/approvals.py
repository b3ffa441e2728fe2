"""Approval queue of drafts."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends import tables
from amends.database import Selected, columns_of, convert, run
from amends.rules.team.permissions import Permission, may
from amends.rules.vocabulary import Nature, Role
from amends.services.case.access import mover_of
from amends.services.team import absences
from amends.services.team.members import Act, Member

LEADS = """
SELECT m.id, m.role, COUNT(f.id) AS waiting FROM member AS m
LEFT JOIN follow_up AS f ON f.owner = m.id AND f.kind = 'approval' AND f.state = 'due'
WHERE m.role IN ('approver', 'lead', 'admin') AND m.disabled_at IS NULL AND m.id <> :author
GROUP BY m.id, m.role, m.created_at ORDER BY COUNT(f.id), m.created_at
"""


class DraftWaiting(msgspec.Struct, frozen=True, kw_only=True):
    """One draft that waits: whose it is, on which case, and when it is to have been read."""

    number: int
    title: str
    nature: Nature | None
    author: Annotated[str, Selected("COALESCE(NULLIF(author.name, ''), author.handle, '')")]
    drafter: Annotated[str, Selected("COALESCE(drafter.name, '')")]
    reader: Annotated[str, Selected("COALESCE(reader.name, '')")]
    due_at: Annotated[datetime, Selected("f.due_at")]


class DraftQueue(msgspec.Struct, frozen=True, kw_only=True):
    """What waits for this member, the soonest due first, and their own drafts that wait for somebody else."""

    mine: list[DraftWaiting]
    theirs: list[DraftWaiting]


async def reader_of(case: tables.Case, *, wanted: UUID | None, now: datetime) -> UUID | None:
    """Who is to read the draft of a case: who was asked, else the approver with the fewest, or their deputy.

    A team without approvers has its leads read, and one without leads its admins. None when nobody is there
    but the author.
    """
    if wanted:
        return wanted
    away = await absences.away(now=now)
    rows = await run(LEADS, author=case.draft_by)
    for role in (Role.APPROVER, Role.LEAD, Role.ADMIN):
        for row in rows:
            there = _present(row["id"], away)
            if row["role"] == role and there and there != case.draft_by:
                return there
    return None


def _present(member: UUID, away: Mapping[UUID, UUID | None]) -> UUID | None:
    """The member, or the deputy of one who is away."""
    there = away.get(member, member)
    return there if there not in away else None


QUEUE = f"""
SELECT {columns_of(DraftWaiting, table="c")}, c.draft_by, c.draft_reader
FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
LEFT JOIN author ON author.id = c.author
LEFT JOIN member AS drafter ON drafter.id = c.draft_by
LEFT JOIN member AS reader ON reader.id = f.owner
WHERE f.state = 'due' AND f.kind = 'approval' AND c.approval = 'pending'
ORDER BY f.due_at, c.number LIMIT 200
"""
"""More than two hundred drafts do not wait: each is read within hours."""


async def queue(act: Act) -> DraftQueue:
    """The drafts that wait, for one member."""
    rows = await run(QUEUE)
    mover = await mover_of(act.by, now=act.now)
    reads_all = may(mover.role, Permission.APPROVE) or mover.stands_in
    return DraftQueue(
        mine=[
            convert(row, DraftWaiting)
            for row in rows
            if row["draft_by"] != act.by.id and (reads_all or row["draft_reader"] == act.by.id)
        ],
        theirs=[convert(row, DraftWaiting) for row in rows if row["draft_by"] == act.by.id],
    )


COUNT = """
(SELECT COUNT(*) FROM follow_up AS f JOIN case_file AS c ON c.id = f."case"
WHERE f.state = 'due' AND f.kind = 'approval' AND c.approval = 'pending' AND c.draft_by <> :by
AND (:approves OR f.owner = :by))
+ (SELECT COUNT(*) FROM remedy AS r WHERE :leads AND r.state = 'asked' AND r.offered_by <> :by)
"""
"""How many drafts of others wait for a lead or whoever was asked, and how many remedies for a lead."""


def who_asks(by: Member) -> dict[str, object]:
    """The parameters of `COUNT`."""
    return {"by": by.id, "leads": by.may(Permission.LEAD), "approves": by.may(Permission.APPROVE)}
