"""Lanes of Today, its figures, and its empty states."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from msgspec.structs import replace

from amends.i18n import N_, ngettext
from amends.i18n import gettext as _
from amends.services.desk.today import Lane, Today
from amends.services.desk.week import Week
from amends.web import dates
from amends.web.desk import cards_view as cards
from amends.web.desk.cards_view import Card
from amends.web.labels import count_label


class LaneWords(msgspec.Struct, frozen=True):
    """What a lane is called, what it says while it is empty, and where the rest of it is."""

    title: str
    empty: str
    rest: str


LANES = {
    "first": LaneWords(N_("First"), "", "danger=on"),
    "overdue": LaneWords(N_("Overdue"), "", "late=on"),
    "due_today": LaneWords(N_("Due today"), N_("Nothing else is due today."), ""),
    "our_move": LaneWords(N_("Our move"), "", ""),
    "their_move": LaneWords(
        N_("Waiting on customer"), N_("Cases in which we wait for an answer appear here."), "stage=waiting"
    ),
    "second_chances": LaneWords(
        N_("Second chances this week"),
        N_("Weeks after a fix we ask once whether it held. Those of the next seven days appear here."),
        "stage=second_chance",
    ),
}
QUIET = frozenset({"their_move", "second_chances"})
"""Lanes that ask nothing of us today: they stand beside the others."""
URGENT = frozenset({"first", "overdue", "due_today"})


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
    """Today, every string ready; `next_due` where nothing is due any more today."""

    lanes: list[LaneShown]
    forgotten: str
    unowned: str
    next_due: Card | None
    nothing_due: bool
    snoozed: int
    first_run: bool
    week: tuple[str, ...]


def board(today: Today, week: Week, *, reader: UUID, mine: bool, now: datetime) -> Board:
    """Today as one member sees it: empty lanes that ask for something are left out, but for the day's."""
    lanes = _with_next([_lane(lane, today, reader=reader, mine=mine, now=now) for lane in today.lanes])
    due = [lane for lane in lanes if lane.name in URGENT and lane.cards]
    return Board(
        lanes=[lane for lane in lanes if lane.cards or lane.empty],
        forgotten=count_label(today.forgotten) if today.forgotten else "",
        unowned=count_label(today.unowned) if today.unowned else "",
        next_due=_next(today, reader=reader, now=now),
        nothing_due=not due,
        snoozed=today.snoozed,
        first_run=today.empty,
        week=tuple(_week(week)),
    )


def _next(today: Today, *, reader: UUID, now: datetime) -> Card | None:
    """What is due next after today: what is due today stands in a lane already."""
    row = today.next_due
    if row is None or row.due_at is None or dates.local_day(row.due_at) <= dates.local_day(now):
        return None
    return cards.card(row, reader=reader, now=now)


def _lane(lane: Lane, today: Today, *, reader: UUID, mine: bool, now: datetime) -> LaneShown:
    words = LANES[lane.name]
    owner = f"owner={reader}" if mine else ""
    until = urlencode({"due_to": dates.local_day(now).isoformat()}) if lane.name == "due_today" else ""
    asked = "&".join(filter(None, (words.rest, until, owner)))
    return LaneShown(
        name=lane.name,
        title=_(words.title),
        empty=_(words.empty) if words.empty else "",
        quiet=lane.name in QUIET,
        cards=cards.shown(lane.rows, reader=reader, viewer=today.viewer, now=now),
        more=lane.more,
        count=count_label(lane.total, lane.limit),
        rest_href=f"/cases?{asked}" if asked else "/cases",
    )


def _with_next(lanes: Iterable[LaneShown]) -> list[LaneShown]:
    """The first card of all is the one to begin with."""
    found, made = False, []
    for lane in lanes:
        if not found and lane.cards and not lane.quiet:
            found = True
            lane = replace(lane, cards=[replace(lane.cards[0], is_next=True), *lane.cards[1:]])
        made.append(lane)
    return made


def _week(week: Week) -> Iterable[str]:
    """What the team did this week, in a few words each; nothing of what there was none of."""
    if week.captured:
        words = ngettext("%(count)s captured", "%(count)s captured", week.captured)
        yield words % {"count": count_label(week.captured)}
    if week.answered:
        words = ngettext(
            "%(count)s of %(all)s answered on time", "%(count)s of %(all)s answered on time", week.answered
        )
        yield words % {"count": count_label(week.in_time), "all": count_label(week.answered)}
    if week.won_back:
        words = ngettext("%(count)s won back", "%(count)s won back", week.won_back)
        yield words % {"count": count_label(week.won_back)}
