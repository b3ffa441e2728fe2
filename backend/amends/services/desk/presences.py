"""Presence: who is writing on a case now, and whether it changed."""

from datetime import datetime, timedelta
from uuid import uuid4

import msgspec

from amends import tables
from amends.database import run
from amends.services.case.access import find, unknown
from amends.services.team.members import Act, Member

FRESH = timedelta(seconds=30)
"""How long somebody who typed counts as writing."""


class Pulse(msgspec.Struct, frozen=True):
    """What a page needs to know to stay fresh: the case's version, who changed it last, who is writing."""

    version: int
    by: str
    writing: tuple[str, ...]


WRITES = """
INSERT INTO presence (id, "case", member, at) VALUES (:id, :case_id, :member, :now)
ON CONFLICT ("case", member) DO UPDATE SET at = excluded.at
"""


async def write(act: Act, number: int) -> None:
    """This member is writing on the case. It is no change of the case. Raises CaseUnknown."""
    case = await find(number, by=act.by)
    await run(WRITES, id=uuid4(), case_id=case.id, member=act.by.id, now=act.now)


LAST = """
SELECT c.id, c.version,
(SELECT COALESCE(member.name, '') FROM entry AS e LEFT JOIN member ON member.id = e.member
    WHERE e."case" = c.id ORDER BY e.position DESC LIMIT 1) AS by_name
FROM case_file AS c WHERE c.number = :number
"""
WRITING = """
SELECT member.name FROM presence AS p JOIN member ON member.id = p.member
WHERE p."case" = :case_id AND p.member <> :reader AND p.at > :since ORDER BY member.name
"""


async def pulse(number: int, *, reader: Member, now: datetime) -> Pulse:
    """How the case stands, without what it says. Raises CaseUnknown."""
    rows = await run(LAST, quick=True, number=number)
    if not rows:
        raise await unknown(number)
    values = {"case_id": rows[0]["id"], "reader": reader.id, "since": now - FRESH}
    writing = await run(WRITING, quick=True, **values)
    return Pulse(rows[0]["version"], rows[0]["by_name"] or "", tuple(row["name"] for row in writing))


async def forget_old(*, now: datetime) -> None:
    """Drops who wrote a while ago."""
    await tables.Presence.delete().where(tables.Presence.at < now - FRESH)
