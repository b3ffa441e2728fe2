"""Problems that a case belongs to."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read
from amends.rules.vocabulary import ProblemState


class CaseProblem(msgspec.Struct, frozen=True, kw_only=True):
    """A problem as one of its cases shows it."""

    number: int
    title: str
    state: ProblemState
    due_at: datetime | None
    told_at: Annotated[datetime | None, Selected("l.told_at")]


OF_CASE = f"""
SELECT {columns_of(CaseProblem, table="p")} FROM problem_case AS l JOIN problem AS p ON p.id = l.problem
WHERE l."case" = :case_id AND l.linked AND p.state <> 'dropped' ORDER BY p.number DESC LIMIT 10
"""


async def of_case(case_id: UUID) -> list[CaseProblem]:
    """The problems that a case belongs to, the newest first."""
    return await read(converter(CaseProblem), OF_CASE, case_id=case_id)
