"""API: problems, causes that several people's cases share."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import ProblemState
from amends.services.desk import problems
from amends.services.desk.problems import Given
from amends.services.team.names import Name
from amends.web.api.changes import change
from amends.web.api.etags import version_tag
from amends.web.api.kit import Asked, Moment, Text, as_seen, filled, must_be_plausible
from amends.web.api.paging import Paged, listed
from amends.web.security import Policy

ONE = "/problems/{number:int}"
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
    """One problem with the numbers of its cases; `more_cases` are beside those.

    `cost` is what it cost so far, in hundredths of the `currency`.
    """

    number: int
    version: int
    title: str
    cause: str
    action: str
    state: ProblemState
    owner: Name | None
    due_at: datetime | None
    fixed_at: datetime | None
    cost: int | None
    currency: str
    cases: list[int]
    more_cases: int


class ProblemWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A problem that begins, with its cases."""

    title: Title
    cases: Numbers


class ProblemDetails(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What is written down about a problem; all of it is set. `cost` is in hundredths of the currency."""

    title: Title
    cause: Text
    action: Text
    owner: UUID | None
    due_at: Moment | None
    cost: Annotated[int, Meta(ge=0, le=2**31 - 1)] | None


class DropWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why it is no problem of its own."""

    reason: Text = ""


class ProblemChange(msgspec.Struct, frozen=True):
    """How a problem stands after it was changed."""

    number: int
    state: ProblemState
    version: int


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
    ONE,
    operation_id="getProblem",
    opt={"policy": Policy.TOKEN_INSIGHTS},
    tags=["problems"],
)
async def show(asked: NamedDependency[Asked], number: FromPath[int]) -> Response[ProblemShown]:
    """One problem and the numbers of its cases. Its ETag is its version, which a change asks for."""
    found = await problems.detail(number, now=asked.now)
    problem = found.problem
    sent = filled(
        ProblemShown,
        problem,
        state=ProblemState(problem.state),
        owner=Name(problem.owner, found.owner) if problem.owner else None,
        cases=[one.case.number for one in found.cases],
        more_cases=found.more_cases,
    )
    return Response(sent, headers=version_tag(problem.version))


@change("/problems", "openProblem", tag="problems", policy=Policy.TOKEN_INSIGHTS_WRITE, makes=True)
async def begin(asked: NamedDependency[Asked], data: JSONBody[ProblemWanted]) -> Opened:
    """Opens a problem that these cases share."""
    return Opened(await problems.open_problem(asked.act, data.title, numbers=data.cases))


@change(f"{ONE}/cases", "addProblemCases", tag="problems", policy=Policy.TOKEN_INSIGHTS_WRITE)
async def add(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[CasesWanted]) -> Opened:
    """Adds cases to a problem; those that belong to it already stay as they are."""
    await problems.link(asked.act, number, data.cases)
    return Opened(number)


async def changed(number: int) -> ProblemChange:
    """How a problem stands after it was changed."""
    problem = await problems.find(number)
    return ProblemChange(number, ProblemState(problem.state), problem.version)


@put(
    ONE,
    operation_id="editProblem",
    opt={"policy": Policy.TOKEN_INSIGHTS_WRITE, "matches": True},
    tags=["problems"],
)
async def edit(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[ProblemDetails]
) -> ProblemChange:
    """Sets what is written down about a problem; a new owner or date asks for the fix anew."""
    must_be_plausible(asked, data)
    with as_seen(asked) as version:
        await problems.change(asked.act, number, filled(Given, data), version=version)
    return await changed(number)


@change(f"{ONE}/fix", "fixProblem", tag="problems", policy=Policy.TOKEN_INSIGHTS_WRITE, matches=True)
async def fix(asked: NamedDependency[Asked], number: FromPath[int]) -> ProblemChange:
    """The cause is gone; its fix is no longer owed. Nobody is told by this."""
    with as_seen(asked) as version:
        await problems.fix(asked.act, number, version=version)
    return await changed(number)


@change(f"{ONE}/drop", "dropProblem", tag="problems", policy=Policy.TOKEN_INSIGHTS_WRITE, matches=True)
async def drop(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[DropWanted]
) -> ProblemChange:
    """Closes a problem that turned out to be none of its own."""
    with as_seen(asked) as version:
        await problems.drop(asked.act, number, reason=data.reason, version=version)
    return await changed(number)


@change(f"{ONE}/reopen", "reopenProblem", tag="problems", policy=Policy.TOKEN_INSIGHTS_WRITE, matches=True)
async def reopen(asked: NamedDependency[Asked], number: FromPath[int]) -> ProblemChange:
    """Opens a problem again that was fixed or dropped."""
    with as_seen(asked) as version:
        await problems.reopen(asked.act, number, version=version)
    return await changed(number)


routes = (index, show, begin, add, edit, fix, drop, reopen)
