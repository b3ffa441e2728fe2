"""The people of a fixed problem: who was told what has changed, and who may still be (P76).

A person is told once of each fix, however many cases they have; after a problem came back and was fixed again
they may be told again. In the statements `p` is the problem, `l` the link of a case with it, `c` that case.
"""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from uuid import UUID

import msgspec

from amends.database import run
from amends.services.desk import concerns

IS_TOLD = "COALESCE(l.told_at >= p.fixed_at, l.told_at IS NOT NULL)"
"""Their person was told on this case; not of an earlier fix, after which the problem came back."""
PERSON = f"COALESCE({concerns.WHO}, c.id)"
"""Who wrote a case; where nobody knows, the case stands for them."""
TOLD_ELSEWHERE = """(
    SELECT MIN(oc.number) FROM author AS oa JOIN case_file AS oc ON oc.author = oa.id
    JOIN problem_case AS o ON o."case" = oc.id
    WHERE (oa.id = author.id OR oa.person = author.person)
    AND o.problem = l.problem AND o.linked AND o.told_at >= p.fixed_at
)"""
"""The number of another case of the same problem on which the same person was told."""
MERGED_HERE = """EXISTS (
    SELECT 1 FROM problem_case AS kept
    WHERE kept.problem = l.problem AND kept."case" = c.duplicate_of AND kept.linked
)"""
"""A case that was merged into another one of the same problem: its person is told on that one."""
MAY_BE_TOLD = f"""(
    NOT {IS_TOLD} AND NOT COALESCE(author.opted_out, FALSE) AND NOT {MERGED_HERE} AND {TOLD_ELSEWHERE} IS NULL
)"""
"""A case whose person is to be told on it."""
CASES = (
    """problem_case AS l JOIN case_file AS c ON c.id = l."case" LEFT JOIN author ON author.id = c.author"""
)
TOLD = f"SELECT COUNT(DISTINCT {PERSON}) FROM {CASES} WHERE l.problem = p.id AND l.linked AND {IS_TOLD}"
"""How many people of problem `p` were told."""
WAITING = (
    f"SELECT COUNT(DISTINCT {PERSON}) FROM {CASES} WHERE l.problem = p.id AND l.linked AND {MAY_BE_TOLD}"
)
"""How many people of problem `p` may still be told."""
OPTED_OUT = f"""
SELECT COUNT(DISTINCT {concerns.WHO}) FROM {CASES}
WHERE l.problem = p.id AND l.linked AND author.opted_out AND NOT {IS_TOLD}
"""
UNTOLD = f"SELECT ({WAITING}) AS waiting, ({OPTED_OUT}) AS opted_out FROM problem AS p WHERE p.id = :problem"
NEXT_UNTOLD = f"""
SELECT c.number FROM {CASES} JOIN problem AS p ON p.id = l.problem
WHERE p.number = :number AND l.linked AND {MAY_BE_TOLD} ORDER BY c.number LIMIT 1
"""
MINE = f"""
SELECT l.id, {IS_TOLD} AS is_told, {TOLD_ELSEWHERE} AS told_on
FROM {CASES} JOIN problem AS p ON p.id = l.problem
WHERE p.number = :number AND c.number = :case_number AND l.linked
"""


class Untold(msgspec.Struct, frozen=True, kw_only=True):
    """How many people of a problem may still be told what has changed, and how many want no more contact."""

    waiting: int
    opted_out: int


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the person of a case was told: on it, or on another one of theirs, its number."""

    link: UUID
    is_told: bool
    told_on: int | None


async def untold(problem: UUID) -> Untold:
    """Who is left."""
    [row] = await run(UNTOLD, problem=problem)
    return Untold(waiting=row["waiting"], opted_out=row["opted_out"])


async def next_untold(number: int) -> int | None:
    """The oldest case of the problem whose person was not told yet, and may be."""
    rows = await run(NEXT_UNTOLD, number=number)
    return rows[0]["number"] if rows else None


async def told_on(number: int, case_number: int) -> Told | None:
    """Whether the person of a case was told; None where the case is not of the problem."""
    rows = await run(MINE, number=number, case_number=case_number)
    if not rows:
        return None
    row = rows[0]
    return Told(link=row["id"], is_told=bool(row["is_told"]), told_on=row["told_on"])
