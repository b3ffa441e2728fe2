"""What is owed for a problem: its fix by a date, as a follow-up of the oldest of its cases."""

from datetime import datetime
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import run
from amends.rules.case.texts import shortened
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState, ProblemState
from amends.services.case import locks, timeline
from amends.services.case.access import take
from amends.services.follow_up import follow_ups
from amends.services.team.members import Member

FIX_WORDS = 2_000
"""Characters of what is owed; the problem itself holds them all."""
OLDEST = """
SELECT c.number FROM problem_case AS l JOIN case_file AS c ON c.id = l."case"
JOIN problem AS p ON p.id = l.problem WHERE p.number = :number AND l.linked ORDER BY c.number LIMIT 2
"""
OWED_ON = """
SELECT c.number FROM problem AS p JOIN follow_up AS f ON f.id = p.follow_up
JOIN case_file AS c ON c.id = f."case" WHERE p.number = :number
"""


OWED_BY = """
SELECT p.number FROM problem AS p JOIN follow_up AS f ON f.id = p.follow_up
JOIN case_file AS c ON c.id = f."case" WHERE c.number = :number ORDER BY p.number
"""


async def hold(number: int, *others: int) -> None:
    """Step: before a problem is taken, the cases that its follow-up leaves and comes to, and these others.

    It comes to the oldest; where that one is taken out, to the next.
    """
    await locks.hold_cases({*others, *await _reached(number)})


async def owed_on(case_number: int) -> list[int]:
    """The problems whose fix is owed on this case; step: it, and where they may be owed next, are held."""
    found = [row["number"] for row in await run(OWED_BY, number=case_number)]
    await locks.hold_cases({case_number, *[one for number in found for one in await _reached(number)]})
    return found


async def _reached(number: int) -> set[int]:
    rows = [*await run(OWED_ON, number=number), *await run(OLDEST, number=number)]
    return {row["number"] for row in rows}


async def ask_anew(problem: tables.Problem, *, by: Member | None, now: datetime) -> None:
    """Step: the fix is owed by its owner until its date; without a date, or once it is fixed, it is not."""
    await settle(problem, FollowUpState.DROPPED, now=now)
    oldest = await run(OLDEST, number=problem.number)
    if problem.due_at is None or problem.state != ProblemState.OPEN or not oldest:
        return
    case = await take(oldest[0]["number"], by=by)
    words = shortened(f"{problem.title}: {problem.action}" if problem.action else problem.title, FIX_WORDS)
    made = await follow_ups.make(
        case,
        FollowUpKind.CORRECTION,
        start=now,
        now=now,
        due_at=problem.due_at,
        words=words,
        owner=problem.owner,
    )
    await _point(problem, made)
    await timeline.record(
        case.id,
        EntryKind.FOLLOW_UP_RESCHEDULED,
        by=by,
        now=now,
        held=True,
        follow_up=FollowUpKind.CORRECTION,
        words=words,
        due_at=problem.due_at.isoformat(),
    )


async def settle(problem: tables.Problem, state: FollowUpState, *, now: datetime) -> None:
    """Step: what was owed for it is done, or owed no more."""
    if problem.follow_up is not None:
        ended: dict[str, Any] = {"state": state, "settled_at": now, "next_at": None}
        await follow_ups.change(problem.follow_up, ended)
        await _point(problem, None)


async def _point(problem: tables.Problem, follow_up: UUID | None) -> None:
    problem.follow_up = follow_up
    table = tables.Problem
    await table.update({table.follow_up: follow_up}).where(table.id == problem.id)
