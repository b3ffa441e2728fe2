"""API: what was done about accounts: blocked or reported, with proof, and what came of it."""

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import MeasureKind, MeasureResult
from amends.services.workflow import measures
from amends.services.workflow.measures import Given, Outcome
from amends.web.api.changes import change
from amends.web.api.kit import Asked, must_be_plausible
from amends.web.security import Policy

LIST = "/cases/{number:int}/measures"
Words = Annotated[str, Meta(max_length=measures.TEXT_LIMIT)]


class MeasureWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A block or report that a member made themselves; Amends does nothing on the platform.

    Its proof is a `reference` or a `proofUrl`. `noCopy` says why of an account no post is kept.
    """

    kind: MeasureKind
    accounts: Annotated[list[UUID], Meta(min_length=1, max_length=50)]
    review_on: date
    place: Annotated[str, Meta(max_length=300, description="Where it was reported; reports need it.")] = ""
    reference: Annotated[str, Meta(max_length=120)] = ""
    proof_url: Annotated[str, Meta(max_length=2_000)] = ""
    no_copy: Words = ""
    words: Words = ""


class ResultWanted(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What a member saw of it, and when somebody looks again where it is not decided."""

    result: MeasureResult
    words: Words = ""
    review_on: date | None = None


class MeasureChange(msgspec.Struct, frozen=True):
    """The block or report that was recorded or changed."""

    id: UUID


@change(LIST, "addMeasure", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE, makes=True)
async def record(
    asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[MeasureWanted]
) -> MeasureChange:
    """Records that accounts of the case’s person were blocked or reported.

    The move `block` ends the case; `addFile` keeps a file that proves it.
    """
    must_be_plausible(asked, data)
    given = Given(**msgspec.structs.asdict(data) | {"accounts": frozenset(data.accounts)})
    return MeasureChange(await measures.record(asked.act, number, given))


@change(f"{LIST}/{{measure:uuid}}/result", "setMeasureResult", tag="people", policy=Policy.TOKEN_PEOPLE_WRITE)
async def settle(
    asked: NamedDependency[Asked],
    number: FromPath[int],
    measure: FromPath[UUID],
    data: JSONBody[ResultWanted],
) -> MeasureChange:
    """Keeps what came of a block or report."""
    must_be_plausible(asked, data)
    outcome = Outcome(result=data.result, words=data.words, review_on=data.review_on)
    await measures.settle(asked.act, number, measure, outcome)
    return MeasureChange(measure)


routes = (record, settle)
