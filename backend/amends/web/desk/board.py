"""How do the open cases stand, stage by stage?"""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency

from amends.services.desk import board
from amends.services.team.members import Member
from amends.web import words
from amends.web.desk import cards_view as cards
from amends.web.desk.cards_view import Card
from amends.web.security import Policy
from amends.web.templating import render


class ColumnShown(msgspec.Struct, frozen=True, kw_only=True):
    """One stage with its cards; `rest_href` leads to those that do not fit."""

    stage: str
    title: str
    cards: list[Card]
    rest_href: str


@get("/cases/board", opt={"policy": Policy.SIGNED_IN})
async def show(
    request: Request[Any, Any, Any], member: NamedDependency[Member], now: NamedDependency[datetime]
) -> Response[bytes]:
    """The open cases side by side, the team's or the member's own."""
    mine = request.query_params.get("who") == "mine"
    whose = "&owner=me" if mine else ""
    shown = [
        ColumnShown(
            stage=column.stage.value,
            title=words.word(column.stage),
            cards=cards.shown(column.rows, reader=member.id, now=now),
            rest_href=f"/cases?stage={column.stage.value}{whose}" if column.more else "",
        )
        for column in await board.columns(owner=member.id if mine else None)
    ]
    return await render(request, "board/index.html", columns=shown, mine=mine)


routes = (show,)
