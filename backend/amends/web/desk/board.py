"""Board of open cases by stage."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from amends.services.case import next_steps
from amends.services.desk import board
from amends.web.desk import cards_view as cards
from amends.web.desk.cards_view import Card
from amends.web.labels import label
from amends.web.page_kit import Here
from amends.web.security import Policy


class ColumnShown(msgspec.Struct, frozen=True, kw_only=True):
    """One stage with its cards; `rest_href` leads to those that do not fit."""

    stage: str
    title: str
    cards: list[Card]
    rest_href: str


@get("/cases/board", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The open cases side by side, the team's or the member's own."""
    mine = here.query.get("who") == "mine"
    whose = "&owner=me" if mine else ""
    columns = await board.columns(here.act, owner=here.member.id if mine else None)
    viewer = await next_steps.viewer(here.act, (row.facts for column in columns for row in column.rows))
    shown = [
        ColumnShown(
            stage=column.stage.value,
            title=label(column.stage),
            cards=cards.shown(column.rows, reader=here.member.id, viewer=viewer, now=here.now),
            rest_href=f"/cases?stage={column.stage.value}{whose}" if column.more else "",
        )
        for column in columns
    ]
    return await here.render("board/index.html", columns=shown, mine=mine)


routes = (show,)
