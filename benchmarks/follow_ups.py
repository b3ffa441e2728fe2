"""What does a database hold in which very many follow-ups are open, and few of them late?"""

from datetime import datetime
from uuid import UUID

from amends import tables
from amends.clock import utc_now
from amends.database import bind, close, connect, run
from benchmarks.seeds import HOUR, Amounts, World

LATE = """
UPDATE follow_up SET due_at = :late, next_at = :late
WHERE id IN (SELECT id FROM follow_up WHERE next_at > :now ORDER BY next_at LIMIT :more)
"""


class Owing(World):
    """Open cases with one follow-up each, and nothing else of them: the sweep reads no more."""

    def __init__(self, opened: int, overdue: int, now: datetime) -> None:
        super().__init__(Amounts(opened, opened, overdue, 0), now)
        self.authors = self.authors[:10]

    def _case(self, number: int, due_at: datetime | None) -> None:
        case, owner = self.id(), self.random.choice(self.members[1:])
        self.add(
            tables.Case,
            **{"id": case, "number": number, "stage": "contact", "author": self.authors[0], "owner": owner},
            **{"severity": "s3", "title": "It never arrived.", "platform": "x", "lang": "en"},
            **{"opened_at": self.now - 90 * HOUR, "moved_at": self.now - 90 * HOUR},
            **{"due_at": due_at, "due_kind": "contact"},
        )
        self._owes(case, owner, due_at)

    def _owes(self, case: UUID, owner: UUID, due_at: datetime | None) -> None:
        began = self.now - 90 * HOUR
        self.add(
            tables.FollowUp,
            **{"id": self.id(), "case": case, "kind": "contact", "owner": owner, "state": "due"},
            **{"due_at": due_at, "next_at": due_at, "allotted": 14_400, "steps": "[]"},
            **{"starts_at": began, "created_at": began},
        )


async def make_late(url: str, more: int) -> None:
    """So many more are late from now on."""
    bind(connect(url), tables.TABLES)
    now = utc_now()
    try:
        await run(LATE, late=now - HOUR, now=now, more=more)
    finally:
        await close()
