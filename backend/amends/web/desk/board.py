"""Board of open cases by stage."""

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency

from amends.services.case import next_steps
from amends.services.case.next_steps import Viewer
from amends.services.desk import board
from amends.services.desk.board import Column
from amends.web.desk import cards_view as cards
from amends.web.desk.cards_view import Card
from amends.web.labels import count_label, label
from amends.web.page_kit import Here
from amends.web.security import Policy


class BoardCard(msgspec.Struct, frozen=True, cache_hash=True):
    """A case on the board, and the stages into which it may be moved, apart by spaces."""

    card: Card
    stages: str


class ColumnShown(msgspec.Struct, frozen=True, kw_only=True):
    """One stage with its cards; `rest_href` leads to those that do not fit."""

    stage: str
    title: str
    count: str
    cards: list[BoardCard]
    rest_href: str


@get("/cases/board", opt={"policy": Policy.SIGNED_IN})
async def show(here: NamedDependency[Here]) -> Response[bytes]:
    """The open cases side by side, the team's or the member's own."""
    mine = here.query.get("who") == "mine"
    columns = await board.columns(here.act, owner=here.member.id if mine else None)
    viewer = await next_steps.viewer(here.act, (row.facts for column in columns for row in column.rows))
    shown = [_column(column, viewer, here, mine=mine) for column in columns]
    is_empty = not any(column.total for column in columns)
    return await here.render("board/index.html", columns=shown, mine=mine, is_empty=is_empty)


def _column(column: Column, viewer: Viewer, here: Here, *, mine: bool) -> ColumnShown:
    whose = "&owner=me" if mine else ""
    made = cards.shown(column.rows, reader=here.member.id, viewer=viewer, now=here.now)
    stages = [" ".join(viewer.stages(row.facts, now=here.now)) for row in column.rows]
    return ColumnShown(
        stage=column.stage.value,
        title=label(column.stage),
        count=count_label(column.total),
        cards=[BoardCard(card, to) for card, to in zip(made, stages, strict=True)],
        rest_href=f"/cases?stage={column.stage.value}{whose}" if column.more else "",
    )


routes = (show,)
