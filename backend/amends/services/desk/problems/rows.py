"""Reading of problems: the list, one with its cases and its history, those of a case."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import Selected, columns_of, converter, read, run
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.desk import problems as rules
from amends.rules.vocabulary import ProblemEntry, ProblemState
from amends.services.desk import concerns
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.desk.problems import people
from amends.services.desk.problems.people import Untold
from amends.services.team.names import Name

MOST_LISTED = 200
MOST_CASES = 300
"""Cases that the page of a problem shows; it says how many more there are."""
MOST_SUGGESTED = 20
MOST_LINES = 500
"""Lines of its history, the newest; the page says how many older ones there are."""


class ProblemUnknown(NotFound):
    "Problem not found."


WROTE = f"""
SELECT COUNT(DISTINCT {concerns.WHO}) FROM problem_case AS l
JOIN case_file AS c ON c.id = l."case" LEFT JOIN author ON author.id = c.author
WHERE l.problem = p.id AND l.linked
"""
CASES = "SELECT COUNT(*) FROM problem_case AS l WHERE l.problem = p.id AND l.linked"


class ProblemRow(msgspec.Struct, frozen=True, kw_only=True):
    """One problem as lists show it: how many people wrote, in how many cases; of a fixed one, who was told.

    `told` and `untold` count people, as its page does.
    """

    number: int
    title: str
    state: ProblemState
    owner: Annotated[Name | None, Selected("p.owner", join="owner")]
    due_at: datetime | None
    fixed_at: datetime | None
    people: Annotated[int, Selected(f"({WROTE})")]
    cases: Annotated[int, Selected(f"({CASES})")]
    told: Annotated[int, Selected(f"({people.TOLD})")]
    untold: Annotated[int, Selected(f"({people.WAITING})")]


LISTED = f"""
SELECT {columns_of(ProblemRow, table="p")} FROM problem AS p LEFT JOIN member AS owner ON owner.id = p.owner
WHERE p.state = :state ORDER BY p.number DESC LIMIT {MOST_LISTED}
"""


async def listed(state: ProblemState) -> list[ProblemRow]:
    """The problems in one state, the newest first."""
    return await read(converter(ProblemRow), LISTED, state=state)


class LinkedCase(msgspec.Struct, frozen=True, kw_only=True):
    """A case of a problem, and when its person was told what has changed; whether they may still be.

    `of_this_fix` when what they were told is the fix that stands, not one after which the problem came back.
    """

    case: CaseRow
    case_id: UUID
    told_at: datetime | None
    told_by: str
    of_this_fix: bool
    may_be_told: bool


class HistoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a problem's history; `told` is what it holds beside. Positions count from 1."""

    position: int
    kind: ProblemEntry
    at: datetime
    by: str
    told: dict[str, Any]


class ProblemDetail(msgspec.Struct, frozen=True, kw_only=True):
    """One problem, its cases, those that may belong to it, and what was done.

    `since` counts the people who wrote about it after it was fixed, of those who open it again.
    """

    problem: tables.Problem
    owner: str
    approved_by: str
    cases: list[LinkedCase]
    more_cases: int
    untold: Untold
    suggested: list[CaseRow]
    history: list[HistoryLine]
    since: int


async def find(number: int) -> tables.Problem:
    """One problem. Raises ProblemUnknown."""
    found = await tables.Problem.objects().where(tables.Problem.number == number).first()
    if found is None:
        raise unknown(number)
    return found


def unknown(number: int) -> ProblemUnknown:
    """The error for a number that no problem has."""
    return ProblemUnknown(_("There is no problem %(number)s.") % {"number": number})


async def detail(number: int, *, now: datetime) -> ProblemDetail:
    """Everything that the page of a problem shows. Raises ProblemUnknown."""
    problem = await find(number)
    cases = await linked_cases(problem.id, most=MOST_CASES + 1)
    [names] = await run(NAMES, owner=problem.owner, approved_by=problem.approved_by)
    return ProblemDetail(
        problem=problem,
        owner=names["owner"] or "",
        approved_by=names["approved_by"] or "",
        cases=cases[:MOST_CASES],
        more_cases=max(0, await _how_many(problem.id) - MOST_CASES) if len(cases) > MOST_CASES else 0,
        untold=await people.untold(problem.id),
        suggested=await suggested(problem, now=now),
        history=await _history(problem.id),
        since=await written_since(problem.scope, fixed_at=problem.fixed_at, now=now),
    )


async def written_since(scope: str, *, fixed_at: datetime | None, now: datetime) -> int:
    """How many people have lately written about what was fixed then; 0 without a scope."""
    if not scope or fixed_at is None:
        return 0
    return await concerns.people_of(scope, since=max(fixed_at, now - rules.WITHIN))


NAMES = """
SELECT (SELECT name FROM member WHERE id = :owner) AS owner,
    (SELECT name FROM member WHERE id = :approved_by) AS approved_by
"""
LINKED = f"""
SELECT c.id AS case_id, l.told_at, COALESCE(teller.name, '') AS told_by,
    {people.IS_TOLD} AS of_this_fix, {people.MAY_BE_TOLD} AS may_be_told, {COLUMNS}
FROM problem_case AS l JOIN problem AS p ON p.id = l.problem JOIN case_file AS c ON c.id = l."case" {JOINS}
LEFT JOIN member AS teller ON teller.id = l.told_by
WHERE l.problem = :problem AND l.linked ORDER BY c.number LIMIT :most
"""


async def linked_cases(problem: UUID, *, most: int) -> list[LinkedCase]:
    """The cases of a problem, the oldest first."""
    return [
        LinkedCase(
            case=row_of(row),
            case_id=row["case_id"],
            told_at=row["told_at"],
            told_by=row["told_by"],
            of_this_fix=bool(row["of_this_fix"]),
            may_be_told=bool(row["may_be_told"]),
        )
        for row in await run(LINKED, problem=problem, most=most)
    ]


async def _how_many(problem: UUID) -> int:
    table = tables.ProblemCase
    where = (table.problem == problem) & (table.linked == True)  # noqa: E712 - SQL
    return int(await table.count().where(where))


async def suggested(problem: tables.Problem, *, now: datetime) -> list[CaseRow]:
    """Cases of the same theme or text that were never linked, nor taken out, the newest first."""
    if not problem.scope or problem.state == ProblemState.DROPPED:
        return []
    where, scope_id = concerns.condition(problem.scope)
    text = f"""
    SELECT {COLUMNS} FROM case_file AS c {JOINS} WHERE {concerns.LATELY} AND {where}
    AND NOT EXISTS (SELECT 1 FROM problem_case AS l WHERE l.problem = :problem AND l."case" = c.id)
    ORDER BY c.number DESC LIMIT :most
    """
    since = min(problem.opened_at, now) - rules.WITHIN
    rows = await run(text, since=since, scope_id=scope_id, problem=problem.id, most=MOST_SUGGESTED)
    return [row_of(row) for row in rows]


HISTORY = f"""
SELECT e.position, e.kind, e.at, COALESCE(member.name, '') AS name, CAST(e.told AS TEXT) AS told
FROM problem_event AS e
LEFT JOIN member ON member.id = e.member WHERE e.problem = :problem
ORDER BY e.position DESC LIMIT {MOST_LINES}
"""


async def _history(problem: UUID) -> list[HistoryLine]:
    rows = await run(HISTORY, problem=problem)
    return [
        HistoryLine(
            position=row["position"],
            kind=ProblemEntry(row["kind"]),
            at=row["at"],
            by=row["name"],
            told=msgspec.json.decode(row["told"]),
        )
        for row in rows
    ]


async def open_ones() -> Sequence[ProblemRow]:
    """The problems that a case can be linked to."""
    return await listed(ProblemState.OPEN)
