"""Preview and adoption of changed terms for what is owed already."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, TypedDict
from uuid import UUID

import msgspec

from amends import tables
from amends.database import transaction
from amends.rules.follow_up import explanations
from amends.rules.follow_up import follow_ups as rules
from amends.rules.team.calendars import Calendars
from amends.rules.team.policies import Policy, kinds_moved
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, Severity
from amends.services.case import timeline
from amends.services.case.access import take
from amends.services.follow_up.follow_ups import as_moved, count_anew, refresh
from amends.services.team import calendars, members, policies
from amends.services.team.members import Act

SHOWN = 50


class Shift(msgspec.Struct, frozen=True, kw_only=True):
    """A follow-up whose date is another one with other times."""

    id: UUID
    number: int
    kind: FollowUpKind
    generation: int
    before: datetime
    due: rules.Due


class Preview(msgspec.Struct, frozen=True):
    """How many open follow-ups would move, and the first of them."""

    count: int
    first: list[Shift]


class Facts(TypedDict):
    """What a due date hangs on, besides policy and calendar."""

    kind: FollowUpKind
    severity: Severity | None
    platform: str
    start: datetime
    occurrence: int
    made_at: datetime


async def preview(policy: Policy) -> Preview:
    """Which open follow-ups would move if this policy counted for them too.

    Dates that a member chose stay, and so do paused ones and those that ran again after a pause.
    """
    shifts = await _shifts(policy)
    return Preview(len(shifts), shifts[:SHOWN])


async def adopt(act: Act, policy: Policy, *, move: bool, after: int) -> int:
    """These times count from now on; with `move` also for what is owed already: how many dates moved.

    `after` is the version that the admin saw. What would be late at once climbs its ladder from now.
    Raises OnlyAdminsMay, PolicyChanged.
    """
    members.only_admins(act.by)
    async with transaction():
        shifts = await _shifts(policy) if move else []
        await policies.write(act, policy, after=after)
        return sum(
            [
                await _move(act, number, list(of_case), version=after + 1)
                for number, of_case in groupby(shifts, key=lambda shift: shift.number)
            ]
        )


async def _shifts(policy: Policy) -> list[Shift]:
    """What the change itself moves, by case number; not what another severity or calendar would."""
    present, counted_in = await policies.current(), await calendars.both()
    owed, moved = tables.FollowUp, kinds_moved(present, policy)
    if not moved:
        return []
    rows = (
        await owed.select(
            owed.id,
            owed.kind,
            owed.generation,
            owed.occurrence,
            owed.starts_at,
            owed.created_at,
            owed.due_at,
            owed.steps,
            owed.case.number.as_alias("number"),
            owed.case.severity.as_alias("severity"),
            owed.case.platform.as_alias("platform"),
        )
        .where((owed.state == FollowUpState.DUE) & owed.paused_at.is_null() & owed.kind.is_in(sorted(moved)))
        .order_by(owed.case.number)
        .order_by(owed.due_at)
    )
    found = (
        _shift(row, present, policy, counted_in) for row in rows if explanations.is_counted(row["steps"])
    )
    return [shift for shift in found if shift]


def _shift(row: Mapping[str, Any], present: Policy, policy: Policy, counted_in: Calendars) -> Shift | None:
    facts = Facts(
        kind=FollowUpKind(row["kind"]),
        severity=Severity.stored(row["severity"]),
        platform=row["platform"],
        start=row["starts_at"],
        occurrence=row["occurrence"],
        made_at=row["created_at"],
    )
    due = rules.due_when_made(**facts, calendars=counted_in, policy=policy)
    if due is None or due.at == row["due_at"]:
        return None
    if due == rules.due_when_made(**facts, calendars=counted_in, policy=present):
        return None
    return Shift(
        id=row["id"],
        number=row["number"],
        kind=facts["kind"],
        generation=row["generation"],
        before=row["due_at"],
        due=due,
    )


async def _move(act: Act, number: int, shifts: list[Shift], *, version: int) -> int:
    """Step: the dates of one case, with one line on its timeline; how many were still as they had been."""
    case = await take(number, by=act.by)
    moved = [
        shift for shift in shifts if await count_anew(shift.id, shift.generation, shift.due, now=act.now)
    ]
    if moved:
        await refresh(case.id)
        await timeline.record(
            case.id,
            EntryKind.FOLLOW_UP_RESCHEDULED,
            by=act.by,
            now=act.now,
            follow_up=moved[0].kind,
            before=moved[0].before.isoformat(),
            due_at=moved[0].due.at.isoformat(),
            policy=version,
            moved=[as_moved(one.kind, one.before, one.due) for one in moved],
        )
    return len(moved)
