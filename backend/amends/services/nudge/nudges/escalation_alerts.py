"""Alerts of an escalation: who was to be told at once, and what became of it."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.nudge import news
from amends.rules.vocabulary import FollowUpKind, NudgeState
from amends.services.nudge.nudges.dead_letters import why

REACHES = (NudgeState.READY, NudgeState.SENDING, NudgeState.SENT)


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One message of an escalation: to whom, where, how far it came and when; `why` it failed, if it did.

    `member` is empty where it goes to a place of the team.
    """

    member: str
    place: str
    state: NudgeState
    at: datetime
    why: str

    @property
    def reaches(self) -> bool:
        """Whether it was sent, or still may be."""
        return self.state in REACHES


OF_CASE = """
SELECT m.name AS member, t.name AS place, n.state, n.failure, n.created_at, n.settled_at
FROM nudge AS n JOIN follow_up AS f ON f.id = n.follow_up JOIN target AS t ON t.id = n.target
LEFT JOIN member AS m ON m.id = n.member
WHERE f."case" = :case_id AND f.kind = :kind AND n.rung = :rung AND n.created_at >= :since
ORDER BY n.created_at, m.name, t.name, n.id
"""


async def alerts(case_id: UUID, *, since: datetime) -> list[Alert]:
    """What was decided to be told of the escalation of a case since then, the first first."""
    kind = FollowUpKind.ESCALATION_REVIEW.value
    rows = await run(OF_CASE, case_id=case_id, since=since, kind=kind, rung=news.ESCALATED)
    return [
        Alert(
            member=row["member"] or "",
            place=row["place"],
            state=(state := NudgeState(row["state"])),
            at=row["settled_at"] or row["created_at"],
            why=why(row["failure"]) if state is NudgeState.DEAD else "",
        )
        for row in rows
    ]
