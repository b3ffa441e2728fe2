"""How the private messages of a case stand, and those that did not arrive."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.services.case.undelivered import OPEN
from amends.services.team.members import Member

MOST_SHOWN = 5


class OutgoingMailShown(msgspec.Struct, frozen=True, kw_only=True):
    """One message: `position` is that of its entry, `run_at` from when it may be sent."""

    id: UUID
    position: int
    state: str
    run_at: datetime
    attempts: int
    failure: str
    settled_at: datetime | None
    noted_at: datetime | None


class Undelivered(msgspec.Struct, frozen=True, kw_only=True):
    """A case with a message that did not arrive, and that nobody has dealt with: failed or returned."""

    number: Annotated[int, Selected("c.number")]
    state: str


OF_CASE = f"""
SELECT {columns_of(OutgoingMailShown, table="m")} FROM outgoing_mail AS m
WHERE m."case" = :case_id ORDER BY m.position
"""
UNDELIVERED = f"""
SELECT {columns_of(Undelivered, table="m")} FROM outgoing_mail AS m JOIN case_file AS c ON c.id = m."case"
WHERE {OPEN.format(mail="m")}
AND (m.made_by = :by OR c.owner = :by OR (c.owner IS NULL AND m.made_by IS NULL))
ORDER BY m.settled_at LIMIT {MOST_SHOWN}
"""


async def of_case(case_id: UUID) -> list[OutgoingMailShown]:
    """The messages of a case, in the order in which they were written."""
    return await read(converter(OutgoingMailShown), OF_CASE, case_id=case_id)


async def undelivered(by: Member) -> list[Undelivered]:
    """What this member wrote, or owns, and did not arrive."""
    return await read(converter(Undelivered), UNDELIVERED, by=by.id)
