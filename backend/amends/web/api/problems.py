"""API: problems, causes that several people's cases share."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import ProblemState
from amends.services.desk import problems
from amends.services.team.names import Name
from amends.web.api.changes import change
from amends.web.api.kit import Asked
from amends.web.api.paging import Paged, listed
from amends.web.security import Policy

Title = Annotated[str, Meta(min_length=1, max_length=200)]
Numbers = Annotated[list[Annotated[int, Meta(ge=1, le=2**31 - 1)]], Meta(min_length=1, max_length=100)]


class ProblemsAsked(Paged, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which problems are asked for."""

    state: ProblemState = ProblemState.OPEN


class ProblemListed(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One problem: how many people wrote, in how many cases; of a fixed one, how many were told."""

    number: int
    title: str
    state: ProblemState
    owner: Name | None
    due_at: datetime | None
    fixed_at: datetime | None
    people: int
    cases: int
    told: int
    untold: int


class ProblemsSent(msgspec.Struct, frozen=True):
    """Some problems, the newest first, and the cursor of the page after."""

    problems: list[ProblemListed]
    next: str | None


class ProblemShown(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One problem with the numbers of its cases; `more_cases` are beside those."""

    number: int
    version: int
    title: str
    state: ProblemState
    owner: str
    due_at: datetime | None
    fixed_at: datetime | None
    cases: list[int]
    more_cases: int


class ProblemWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A problem that begins, with its cases."""

    title: Title
    cases: Numbers


class CasesWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The numbers of cases that belong to it, too."""

    cases: Numbers


class Opened(msgspec.Struct, frozen=True):
    """The number of what was opened or changed."""

    number: int


@get(
    "/problems",
    operation_id="listProblems",
    opt={"policy": Policy.TOKEN_INSIGHTS, "query": ProblemsAsked},
    tags=["problems"],
)
async def index(asked: NamedDependency[Asked]) -> ProblemsSent:
    """Lists the problems in one state, the newest first."""
    wanted = asked.query(ProblemsAsked)
    return listed(asked, wanted, await problems.listed(wanted.state), ProblemListed, ProblemsSent)


@get(
    "/problems/{number:int}",
    operation_id="getProblem",
    opt={"policy": Policy.TOKEN_INSIGHTS},
    tags=["problems"],
)
async def show(asked: NamedDependency[Asked], number: FromPath[int]) -> ProblemShown:
    """One problem and the numbers of its cases."""
    found = await problems.detail(number, now=asked.now)
    problem = found.problem
    return ProblemShown(
        number=problem.number,
        version=problem.version,
        title=problem.title,
        state=ProblemState(problem.state),
        owner=found.owner,
        due_at=problem.due_at,
        fixed_at=problem.fixed_at,
        cases=[one.case.number for one in found.cases],
        more_cases=found.more_cases,
    )


@change("/problems", "openProblem", tag="problems", policy=Policy.TOKEN_INSIGHTS_WRITE, makes=True)
async def begin(asked: NamedDependency[Asked], data: JSONBody[ProblemWanted]) -> Opened:
    """Opens a problem that these cases share."""
    return Opened(await problems.open_problem(asked.act, data.title, numbers=data.cases))


@change("/problems/{number:int}/cases", "addProblemCases", tag="problems", policy=Policy.TOKEN_INSIGHTS_WRITE)
async def add(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[CasesWanted]) -> Opened:
    """Adds cases to a problem; those that belong to it already stay as they are."""
    await problems.link(asked.act, number, data.cases)
    return Opened(number)


routes = (index, show, begin, add)
