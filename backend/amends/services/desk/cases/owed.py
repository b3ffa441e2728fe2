"""Follow-ups of a case, live and settled."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends.database import GIVEN, Selected, columns_of, convert, run
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
    paused: Annotated[bool, Selected("f.paused_at IS NOT NULL")]
    late: Annotated[bool, GIVEN]
    repeats: Repeats | None = None


OWED = f"""
SELECT {columns_of(FollowUpShown, table="f")}
FROM follow_up AS f LEFT JOIN member AS owner ON owner.id = f.owner
WHERE f."case" = :case_id ORDER BY f.due_at
"""


async def rows_owed(case_id: UUID) -> Sequence[Mapping[str, Any]]:
    """The rows of the case's follow-ups, the soonest due first."""
    return await run(OWED, case_id=case_id)


def follow_up(row: Mapping[str, Any], now: datetime) -> FollowUpShown:
    """One of those rows as the page shows it."""
    late = row["state"] == FollowUpState.DUE and not row["paused"] and row["due_at"] < now
    return convert(row, FollowUpShown, late=late)
