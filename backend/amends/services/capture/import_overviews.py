"""Overviews of imports: how far each is, and its lines as a page shows them."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.database import run
from amends.services.capture import imports
from amends.services.team.members import Act

MOST_WRONG = 300
"""Lines that are not understood which a page shows; more of them have the same reasons."""
MOST_OTHERS = 50
STATES = ("new", "made", "known", "repeat", "wrong")


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the member's: its file, how far its import is, and how many lines are in each state."""

    id: UUID
    name: str
    state: str
    kept_at: datetime
    ended_at: datetime | None
    counts: dict[str, int]

    @property
    def lines(self) -> int:
        """All of its lines."""
        return sum(self.counts.values())


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a table and what becomes of it, or has become."""

    number: int
    state: str
    title: str
    author: str
    platform: str
    posted_at: datetime | None
    wrong: dict[str, str]
    case_number: int | None
    same_as: int | None


UPLOADS = """
SELECT id, name, state, kept_at, ended_at FROM upload WHERE member = :member ORDER BY kept_at DESC, id
"""
UPLOAD = "SELECT id, name, state, kept_at, ended_at FROM upload WHERE id = :upload"
COUNTS = "SELECT state, COUNT(*) AS lines FROM import_line WHERE upload = :upload GROUP BY state"
LINES = """
SELECT number, state, title, author, platform, posted_at, wrong, case_number, same_as FROM import_line
WHERE upload = :upload AND state {which} ORDER BY number LIMIT :most
"""


async def of_member(act: Act) -> list[Overview]:
    """The member's tables, the last one first."""
    return [
        msgspec.convert({**row, "counts": await counts(row["id"])}, Overview)
        for row in await run(UPLOADS, member=act.by.id)
    ]


async def of(act: Act, upload_id: UUID) -> Overview:
    """One of the member's tables. Raises ImportUnknown."""
    await imports.find(act, upload_id)
    rows = await run(UPLOAD, upload=upload_id)
    return msgspec.convert({**rows[0], "counts": await counts(upload_id)}, Overview)


async def counts(upload_id: UUID) -> dict[str, int]:
    """How many lines of a table are in each state."""
    by_state = {row["state"]: row["lines"] for row in await run(COUNTS, upload=upload_id)}
    return {state: by_state.get(state, 0) for state in STATES}


async def lines(upload_id: UUID) -> list[Line]:
    """The first lines that are not understood, then the first of the others."""
    wrong = await run(LINES.format(which="= 'wrong'"), upload=upload_id, most=MOST_WRONG)
    others = await run(LINES.format(which="<> 'wrong'"), upload=upload_id, most=MOST_OTHERS)
    return [msgspec.convert(dict(row), Line) for row in (*wrong, *others)]
