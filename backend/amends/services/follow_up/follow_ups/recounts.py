"""Steps that count dates anew: by other times of the team, or by another severity of their case."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from amends import tables
from amends.rules.follow_up import severity_changes as rules
from amends.rules.follow_up.follow_ups import Due
from amends.rules.follow_up.severity_changes import Dated, Terms, Weighing
from amends.rules.vocabulary import FollowUpKind, FollowUpState
from amends.rules.vocabulary.events import EventType
from amends.services.follow_up.follow_ups.steps import Owing, change, live, tell_programs
from amends.services.team import calendars, policies


class Moved(TypedDict):
    """A date that became another one, as a timeline tells it."""

    follow_up: str
    before: str
    due_at: str


async def count_anew(follow_up: UUID, generation: int, due: Due, *, now: datetime) -> bool:
    """Step: another date, if it is still of this generation; late at once, it climbs its ladder from now."""
    owed, late = tables.FollowUp, due.at <= now
    as_it_was = (owed.id == follow_up) & (owed.generation == generation) & owed.paused_at.is_null()
    rows = (
        await owed.update(
            {
                owed.due_at: due.at,
                owed.climbs_from: now if late else None,
                owed.next_at: now if late else due.at,
                owed.allotted: due.allotted_seconds,
                owed.counted: due.counted,
                owed.steps: list(due.steps),
                owed.generation: generation + 1,
                owed.rung: 0,
            }
        )
        .where(as_it_was & (owed.state == FollowUpState.DUE))
        .returning(owed.id)
    )
    for row in rows:
        await tell_programs(EventType.FOLLOW_UP_MOVED, row["id"], now=now)
    return bool(rows)


async def weigh_anew(case: Owing, weighing: Weighing, *, now: datetime) -> list[Moved]:
    """Step: what the stage owes gets the dates of the case's new severity: those that moved."""
    terms = Terms(case.platform, await calendars.both(), await policies.current(), now)
    moved = []
    for row in await live(case.id):
        dated = _dated(row)
        if (left := rules.remaining_anew(dated, weighing, terms)) is not None:
            await change(row["id"], {"remaining": left})
        due = rules.due_anew(dated, weighing, terms)
        if due and await count_anew(row["id"], row["generation"], due, now=now):
            moved.append(as_moved(dated.kind, dated.due_at, due))
    return moved


def as_moved(kind: FollowUpKind, before: datetime, due: Due) -> Moved:
    """One date that moved, ready for a timeline."""
    return Moved(follow_up=kind.value, before=before.isoformat(), due_at=due.at.isoformat())


def _dated(row: Mapping[str, Any]) -> Dated:
    return Dated(
        kind=FollowUpKind(row["kind"]),
        start=row["starts_at"],
        occurrence=row["occurrence"],
        made_at=row["created_at"],
        due_at=row["due_at"],
        steps=tuple(row["steps"] or ()),
        remaining=row["remaining"] if row["paused_at"] is not None else None,
    )
