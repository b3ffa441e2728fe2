"""Lanes of Today, and its empty states."""

from datetime import datetime
from uuid import UUID

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.vocabulary import Stage
from amends.services.desk.today import COUNT_LIMIT, UNOWNED_LIMIT, Lane, Today
from amends.web.desk import cards_view as cards
from amends.web.desk.cards_view import Card


class LaneWords(msgspec.Struct, frozen=True):
    """What a lane is called, what it says while it is empty, and where the rest of it is."""

    title: str
    empty: str
    rest: str


LANES = {
    "overdue": LaneWords(N_("Overdue"), N_("Nothing is late."), "?late=on"),
    "due_today": LaneWords(N_("Due today"), N_("Nothing more is due today."), ""),
    "our_move": LaneWords(N_("Our move"), N_("No case waits for us beyond today."), ""),
    "their_move": LaneWords(
        N_("Their move"),
        N_("Cases in which we wait for an answer appear here."),
        "?stage=waiting",
    ),
    "second_chances": LaneWords(
        N_("Second chances this week"),
        N_("Weeks after a fix we ask once whether it held. Those of the next seven days appear here."),
        "?stage=second_chance",
    ),
}
QUIET = frozenset({"their_move", "second_chances"})
"""Lanes that ask nothing of us today: they stand beside the others."""


class LaneShown(msgspec.Struct, frozen=True, kw_only=True):
    """A lane with its cards."""

    name: str
    title: str
    empty: str
    quiet: bool
    cards: list[Card]
    more: bool
    count: str
    rest_href: str


class Board(msgspec.Struct, frozen=True, kw_only=True):
    """Today, every string ready; `new` when some of the cases shown have not been decided."""

    lanes: list[LaneShown]
    new: bool
    forgotten: int
    unowned: str
    overdue: int
    due: int
    next_due: Card | None
    nothing_due: bool
    snoozed: int
    first_run: bool


def _count(lane: Lane) -> str:
    """How many there are, those that do not fit included."""
    return f"{COUNT_LIMIT}+" if lane.total > COUNT_LIMIT else str(lane.total)


def _unowned(count: int) -> str:
    """How many nobody answers for; nothing when there are none."""
    return f"{UNOWNED_LIMIT}+" if count > UNOWNED_LIMIT else str(count or "")


def board(today: Today, *, reader: UUID, mine: bool, now: datetime) -> Board:
    """Today as one member sees it."""
    owner = f"&owner={reader}" if mine else ""
    lanes = [
        LaneShown(
            name=lane.name,
            title=_(LANES[lane.name].title),
            empty=_(LANES[lane.name].empty),
            quiet=lane.name in QUIET,
            cards=cards.shown(lane.rows, reader=reader, viewer=today.viewer, now=now),
            more=lane.more,
            count=_count(lane),
            rest_href=f"/cases{LANES[lane.name].rest or '?stage=open'}{owner}",
        )
        for lane in today.lanes
    ]
    return Board(
        lanes=lanes,
        new=any(row.stage is Stage.NEW for lane in today.lanes for row in lane.rows),
        forgotten=today.forgotten,
        unowned=_unowned(today.unowned),
        overdue=today.overdue,
        due=today.due,
        next_due=cards.card(today.next_due, reader=reader, now=now) if today.next_due else None,
        nothing_due=not any(lane.cards for lane in lanes if not lane.quiet),
        snoozed=today.snoozed,
        first_run=today.empty,
    )
