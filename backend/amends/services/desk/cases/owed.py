"""Follow-ups of a case, live and settled."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run
from amends.rules.vocabulary import FollowUpKind, FollowUpState, Repeats
from amends.services.team.names import Name


class FollowUpShown(msgspec.Struct, frozen=True, kw_only=True):
    """What we owe or owed, and how its date was computed."""

    id: UUID
    kind: FollowUpKind
    generation: int
    words: str
    state: FollowUpState
    due_at: datetime
    starts_at: datetime
    settled_at: datetime | None
    owner: Name | None
    steps: list[dict[str, Any]]
    paused: bool
    late: bool
    repeats: Repeats | None = None


OWED = """
SELECT f.id, f.kind, f.generation, f.words, f.state, f.due_at, f.starts_at, f.settled_at, f.steps,
f.paused_at, f.owner, f.repeats, member.name AS owner_name
FROM follow_up AS f LEFT JOIN member ON member.id = f.owner WHERE f."case" = :case_id ORDER BY f.due_at
"""


async def rows_owed(case_id: UUID) -> Sequence[Mapping[str, Any]]:
    """The rows of the case's follow-ups, the soonest due first."""
    return await run(OWED, quick=True, case_id=case_id)


def follow_up(row: Mapping[str, Any], now: datetime) -> FollowUpShown:
    """One of those rows as the page shows it."""
    paused = row["paused_at"] is not None
    return FollowUpShown(
        id=row["id"],
        kind=FollowUpKind(row["kind"]),
        generation=row["generation"],
        words=row["words"],
        state=FollowUpState(row["state"]),
        due_at=row["due_at"],
        starts_at=row["starts_at"],
        settled_at=row["settled_at"],
        owner=Name(row["owner"], row["owner_name"]) if row["owner"] else None,
        steps=row["steps"],
        paused=paused,
        repeats=Repeats(row["repeats"]) if row["repeats"] else None,
        late=row["state"] == FollowUpState.DUE and not paused and row["due_at"] < now,
    )
