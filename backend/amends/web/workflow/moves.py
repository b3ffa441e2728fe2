"""Making and undoing a move."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Stage
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import BY_NAME
from amends.services.workflow import moves
from amends.web import form_keys
from amends.web.case.files import LARGEST_BODY, attached_to
from amends.web.page_kit import Here, case_form, case_shown_again, to_case
from amends.web.security import Policy


class Chosen(msgspec.Struct):
    """Which move, and which version of the case the member saw."""

    move: str
    version: int | None = None


@post("/cases/{number:int}/moves", opt={"policy": Policy.SIGNED_IN}, request_max_body_size=LARGEST_BODY)
@case_shown_again(named_by="move")
async def make(here: NamedDependency[Here], number: FromPath[int]) -> Response[Any]:
    """Makes a move with the particulars of its form, and the files that came with it."""
    chosen = await here.form(Chosen)
    given = await here.form(MoveInput)
    attached = await attached_to(here)

    async def keep() -> Response[Any]:
        await moves.make(here.act, number, chosen.move, given, version=chosen.version, attached=attached)
        return to_case(number, "closed" if BY_NAME[chosen.move].target is Stage.CLOSED else "moved")

    return await form_keys.once(here.request, keep)


@post("/cases/{number:int}/moves/{undo_id:uuid}/undo", opt={"policy": Policy.SIGNED_IN})
@case_form("undo")
async def undo(here: NamedDependency[Here], number: FromPath[int], undo_id: FromPath[UUID]) -> Response[Any]:
    """Takes the last move back, within half a minute."""

    await moves.undo(here.act, number, undo_id)
    return to_case(number, "undone")


routes = (make, undo)
