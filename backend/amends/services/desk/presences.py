"""Presence: who is writing on a case now, and whether it changed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from amends import tables
from amends.database import run
from amends.i18n import gettext as _
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
SELECT c.id, c.version, e.actor, member.name AS by_name, author.name AS author_name, author.handle
FROM case_file AS c LEFT JOIN author ON author.id = c.author
LEFT JOIN entry AS e ON e."case" = c.id
    AND e.position = (SELECT MAX(position) FROM entry WHERE "case" = c.id)
LEFT JOIN member ON member.id = e.member
WHERE c.number = :number
"""
WRITING = """
SELECT member.name FROM presence AS p JOIN member ON member.id = p.member
WHERE p."case" = :case_id AND p.member <> :reader AND p.at > :since ORDER BY member.name
"""


async def pulse(number: int, *, reader: Member, now: datetime) -> Pulse:
    """How the case stands, without what it says. Raises CaseUnknown."""
    rows = await run(LAST, number=number)
    if not rows:
        raise await unknown(number)
    values = {"case_id": rows[0]["id"], "reader": reader.id, "since": now - FRESH}
    writing = await run(WRITING, **values)
    return Pulse(rows[0]["version"], _changed_by(rows[0]), tuple(row["name"] for row in writing))


def _changed_by(row: Mapping[str, Any]) -> str:
    """The member's name, the customer's where they wrote, else Amends itself, as the timeline names them."""
    if row["actor"] == "author":
        name = " ".join((row["author_name"] or row["handle"] or "").split())
        return _("%(name)s (customer)") % {"name": name} if name else _("the customer")
    return row["by_name"] or (_("Amends") if row["actor"] == "system" else _("a former member"))


async def forget_old(*, now: datetime) -> None:
    """Drops who wrote a while ago."""
    await tables.Presence.delete().where(tables.Presence.at < now - FRESH)
