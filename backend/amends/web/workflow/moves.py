"""How does a case move when somebody says so, and how is that taken back?"""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from amends.rules.vocabulary import Stage
from amends.rules.workflow.move_input import Particulars
from amends.rules.workflow.moves import BY_NAME
from amends.services.team.members import Member
from amends.services.workflow import moves
from amends.web import forms
from amends.web.security import Policy
from amends.web.workflow.case_form import attempt


class Chosen(msgspec.Struct):
    """Which move, and which version of the case the member saw."""

    move: str
    version: int | None = None


@post("/cases/{number:int}/moves", opt={"policy": Policy.SIGNED_IN})
async def make(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Makes a move with the particulars of its form."""
    name = (await forms.typed(request)).get("move", "")

    async def move() -> str:
        chosen = await forms.decode(request, Chosen)
        given = await forms.decode(request, Particulars)
        await moves.make(number, chosen.move, given, by=member, now=now, version=chosen.version)
        return "closed" if BY_NAME[chosen.move].target is Stage.CLOSED else "moved"

    return await attempt(request, number, move, form=name, member=member, now=now)


@post("/cases/{number:int}/moves/{undo_id:uuid}/undo", opt={"policy": Policy.SIGNED_IN})
async def undo(
    request: Request[Any, Any, Any],
    number: FromPath[int],
    undo_id: FromPath[UUID],
    member: NamedDependency[Member],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Takes the last move back, within half a minute."""

    async def take_back() -> str:
        await moves.undo(number, undo_id, by=member, now=now)
        return "undone"

    return await attempt(request, number, take_back, form="undo", member=member, now=now)


routes = (make, undo)
