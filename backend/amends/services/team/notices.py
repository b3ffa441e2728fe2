"""Notices: what members are told of because somebody else gave it to them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from amends import tables
from amends.services.team import members
from amends.services.team.members import Member


async def give(member: UUID | None, about: Iterable[UUID], *, by: Member | None, now: datetime) -> None:
    """Step: a member is to be told of these rows: duties, the rotation, absences in which they stand in.

    Nobody is told of what they took themselves; `by` None is the command line.
    """
    if member is None or (by is not None and by.id == member):
        return
    rows = [tables.Notice(id=uuid4(), member=member, about=one, given_at=now) for one in about]
    if rows:
        await tables.Notice.insert(*rows)


async def give_admins(about: UUID, *, now: datetime) -> None:
    """Step: every admin is to be told of this row, which nobody in particular is at fault for."""
    for admin in await members.admins():
        await give(admin.id, [about], by=None, now=now)
