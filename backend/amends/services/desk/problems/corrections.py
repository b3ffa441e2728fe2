"""What is owed for a problem: its fix by a date, as a follow-up of the oldest of its cases."""

from datetime import datetime
from uuid import UUID

from amends import tables
from amends.rules.case.texts import shortened
from amends.rules.vocabulary import FollowUpKind, FollowUpState, ProblemState
from amends.services.desk import oldest_case
from amends.services.desk.oldest_case import Due, Owing
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
FIXES = Owing(FollowUpKind.CORRECTION, OLDEST, OWED_ON, OWED_BY)


async def hold(number: int, *others: int) -> None:
    """Step: before a problem is taken, the cases that its follow-up leaves and comes to, and these others."""
    await oldest_case.hold(FIXES, number, *others)


async def owed_on(case_number: int) -> list[int]:
    """The problems whose fix is owed on this case; step: it, and where they may be owed next, are held."""
    return await oldest_case.owed_on(FIXES, case_number)


async def ask_anew(problem: tables.Problem, *, by: Member | None, now: datetime) -> None:
    """Step: the fix is owed by its owner until its date; without a date, or once it is fixed, it is not."""
    await settle(problem, FollowUpState.DROPPED, now=now)
    if problem.due_at is None or problem.state != ProblemState.OPEN:
        return
    words = shortened(f"{problem.title}: {problem.action}" if problem.action else problem.title, FIX_WORDS)
    due = Due(problem.due_at, words, problem.owner)
    if made := await oldest_case.owe(FIXES, problem.number, due, by=by, now=now):
        await _point(problem, made)


async def settle(problem: tables.Problem, state: FollowUpState, *, now: datetime) -> None:
    """Step: what was owed for it is done, or owed no more."""
    if problem.follow_up is not None:
        await oldest_case.settle(problem.follow_up, state, now=now)
        await _point(problem, None)


async def _point(problem: tables.Problem, follow_up: UUID | None) -> None:
    problem.follow_up = follow_up
    table = tables.Problem
    await table.update({table.follow_up: follow_up}).where(table.id == problem.id)
