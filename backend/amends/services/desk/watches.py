"""Watched cases of a member."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from uuid import UUID, uuid4

from amends import tables
from amends.database import run
from amends.services.case.access import find
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.team.members import Act, Member

MOST = 20
"""Cases that Today shows; the filter of the list shows them all."""

BEGIN = """
INSERT INTO watch (id, "case", member, version, since) VALUES (:id, :case_id, :member, :version, :now)
ON CONFLICT ("case", member) DO NOTHING
"""


async def begin(act: Act, number: int) -> None:
    """Keeps an eye on a case from now on; the case itself does not change. Raises CaseUnknown."""
    case = await find(number, by=act.by)
    await run(BEGIN, id=uuid4(), case_id=case.id, member=act.by.id, version=case.version, now=act.now)


async def end(number: int, *, by: Member) -> None:
    """No longer. Raises CaseUnknown."""
    case, watch = await find(number, by=by), tables.Watch
    await watch.delete().where((watch.case == case.id) & (watch.member == by.id))


SEEN = (
    'UPDATE watch SET version = :version WHERE "case" = :case_id AND member = :member AND version <> :version'
)


async def see(case_id: UUID, version: int, *, by: Member) -> None:
    """This member has looked at that version of a case that they watch."""
    await run(SEEN, case_id=case_id, version=version, member=by.id)


CHANGED = f"""
SELECT {COLUMNS} FROM watch AS w JOIN case_file AS c ON c.id = w."case" {JOINS}
WHERE w.member = :member AND c.version <> w.version ORDER BY c.moved_at DESC, c.number DESC LIMIT {MOST}
"""


async def changed(by: Member) -> list[CaseRow]:
    """The watched cases that others have changed since this member looked, the last moved first."""
    return [row_of(row) for row in await run(CHANGED, member=by.id)]
