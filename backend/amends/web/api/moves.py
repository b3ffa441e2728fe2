"""API: the moves of a case, what each asks and why one is not possible, and making one."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from amends.rules.vocabulary import Outcome, Stage
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import MOVES, Move, refusal, still_asked
from amends.services.case import sensitive_openings
from amends.services.desk import cases
from amends.services.desk.cases import CaseDetail
from amends.services.workflow import moves
from amends.web.api.changes import change
from amends.web.api.etags import version_tag
from amends.web.api.kit import Asked, as_seen, must_be_plausible
from amends.web.security import Policy

MoveName = Annotated[str, Meta(min_length=1, max_length=40, description="As `GET …/moves` names it.")]


class MoveOffered(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A move from the stage of a case: where to, what it asks, what it offers to say.

    `refusal` says in a sentence why it is not possible now, and is null where it is possible. `stage` is null
    where the case stays in its stage.
    """

    name: str
    stage: Stage | None
    outcome: Outcome | None
    asks: tuple[str, ...]
    offers: tuple[str, ...]
    refusal: str | None


class MovesSent(msgspec.Struct, frozen=True):
    """The version of the case that they belong to, for If-Match, and its moves."""

    version: int
    moves: list[MoveOffered]


class MoveWanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which move, and what it asks: the names of `asks` and `offers` are those of `given`."""

    move: MoveName
    given: MoveInput = msgspec.field(default_factory=MoveInput)


class MoveMade(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where the case is now, its new version, and by which id the move can be undone for half a minute."""

    number: int
    stage: Stage
    version: int
    undo: UUID


class UndoMade(msgspec.Struct, frozen=True):
    """Where the case is again, and its new version."""

    number: int
    stage: Stage
    version: int


def _offered(move: Move, detail: CaseDetail, asked: Asked) -> MoveOffered:
    still = still_asked(move, detail.facts)
    return MoveOffered(
        name=move.name,
        stage=None if move.keeps_stage else move.target,
        outcome=move.outcome,
        asks=still,
        offers=(*move.offers, *(name for name in move.asks if name not in still)),
        refusal=refusal(move, detail.facts, by=detail.mover, now=asked.now),
    )


@get("/cases/{number:int}/moves", operation_id="listMoves", opt={"policy": Policy.TOKEN_READ}, tags=["moves"])
async def index(asked: NamedDependency[Asked], number: FromPath[int]) -> MovesSent:
    """Lists the moves from the stage of a case: what each asks, and why one is not possible now."""
    detail = await cases.detail(asked.act, number)
    await sensitive_openings.note_opening(asked.act, number)
    here = [move for move in MOVES if detail.row.stage in move.sources]
    sent = MovesSent(detail.version, [_offered(move, detail, asked) for move in here])
    return Response(sent, headers=version_tag(detail.version))  # type: ignore[return-value]


@change("/cases/{number:int}/moves", "makeMove", tag="moves", matches=True)
async def make(asked: NamedDependency[Asked], number: FromPath[int], data: JSONBody[MoveWanted]) -> MoveMade:
    """Makes a move, if the case is still as it was seen.

    The same guards hold as on the page: a move that is not possible now is refused with a sentence that says
    why, and one that lacks something with a sentence for each field.
    """
    must_be_plausible(asked, data.given)
    with as_seen(asked) as version:
        undo = await moves.make(asked.act, number, data.move, data.given, version=version)
    case = await cases.find(number, by=asked.member)
    return MoveMade(number=number, stage=Stage(case.stage), version=case.version, undo=undo)


@change("/cases/{number:int}/moves/{undo:uuid}/undo", "undoMove", tag="moves")
async def take_back(asked: NamedDependency[Asked], number: FromPath[int], undo: FromPath[UUID]) -> UndoMade:
    """Takes the last move back, within half a minute and while nobody has changed the case since."""
    await moves.undo(asked.act, number, undo)
    case = await cases.find(number, by=asked.member)
    return UndoMade(number=number, stage=Stage(case.stage), version=case.version)


routes = (index, make, take_back)
