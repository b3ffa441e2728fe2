"""Today: its lanes, what is in danger first, and its numbers."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID

import msgspec

from amends.database import COUNT_LIMIT, bound, read, run
from amends.rules.team.wall_clocks import end_of_day
from amends.services.case import next_steps
from amends.services.case.next_steps import Viewer
from amends.services.desk import forgotten
from amends.services.desk import lanes as sql
from amends.services.desk.cases.due_rows import due_row_of, gravest_first, is_first
from amends.services.desk.cases.rows import CaseRow
from amends.services.desk.lanes import BEYOND, DANGER_FIRST, LANE_LIMIT, LANE_ROWS, LANES, LATE, NEXT, TODAY
from amends.services.team.members import Act

__all__ = ["LANE_ROWS", "Lane", "Summary", "Today", "lanes", "summary"]


class Lane(msgspec.Struct, frozen=True):
    """Cases that belong together today, the gravest first; `total` counts those that do not fit too.

    It goes up to `limit`; one more says that there are others.
    """

    name: str
    rows: list[CaseRow]
    total: int
    limit: int = COUNT_LIMIT

    @property
    def more(self) -> bool:
        """Whether there are others that do not fit."""
        return self.total > len(self.rows)


class Summary(msgspec.Struct, frozen=True):
    """How many cases are overdue, and how many are due today."""

    overdue: int
    due: int


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the first page shows. How many are `forgotten` is told by `services.desk.forgotten`.

    `unowned` cases are open and awake, and nobody answers for them. `empty` while there is no case at all,
    open or closed. `viewer` is the member before these cases: their next steps follow from it.
    """

    lanes: list[Lane]
    overdue: int
    due: int
    forgotten: int
    unowned: int
    snoozed: int
    empty: bool
    next_due: CaseRow | None
    viewer: Viewer


class Found(msgspec.Struct, frozen=True):
    """A case in the lane for which it was found, by the date that counted there."""

    lane: str
    row: CaseRow
    at: datetime | None


async def lanes(act: Act, *, mine: bool = False) -> Today:
    """What is in danger, overdue, due today, our move, their move, and the second chances of seven days.

    What is dangerous to leave alone comes first in each, then what has waited longest.
    `mine` keeps to the member's own cases and those that nobody owns.
    """
    midnight = end_of_day(act.now, act.by.zone)
    values = {
        "now": act.now,
        "midnight": midnight,
        "week": act.now + timedelta(days=7),
        "owner": act.by.id,
        **await forgotten.values(act.now),
    }
    found = await read(_found, sql.rows(bound().engine_type, mine=mine), quick=True, **values)
    placed = _placed(found, midnight)
    [counts] = await run(sql.counts(mine=mine), quick=True, **values)
    return Today(
        lanes=await _lanes(placed, counts, values, mine=mine),
        overdue=counts["overdue"],
        due=counts["due"],
        forgotten=counts["forgotten"],
        unowned=counts["unowned"],
        snoozed=counts["snoozed"],
        empty=not counts["any_case"],
        next_due=next((one.row for one in placed[NEXT]), None),
        viewer=await next_steps.viewer(act, (one.row.facts for one in found)),
    )


def _found(row: Mapping[str, Any]) -> Found:
    return Found(row["lane"], due_row_of(row), row["found_at"])


def _placed(found: Iterable[Found], midnight: datetime) -> dict[str, list[Found]]:
    """The cases of each lane in its order, each once: one may be found by its date and by its danger."""
    placed: dict[str, dict[UUID, Found]] = {name: {} for name in (*LANES, NEXT)}
    weighed = [(gravest_first(one.row), one) for one in found]
    for (danger, _due, _number), one in sorted(weighed, key=itemgetter(0)):
        is_placed_first = one.lane != NEXT and is_first(one.row, danger, due_at=one.at, midnight=midnight)
        placed[DANGER_FIRST if is_placed_first else one.lane].setdefault(one.row.id, one)
    return {lane: list(cases.values()) for lane, cases in placed.items()}


async def _lanes(
    placed: Mapping[str, list[Found]], counts: Mapping[str, int], values: Mapping[str, Any], *, mine: bool
) -> list[Lane]:
    """Each lane with its true total; those that do not fit are counted only where there are any."""
    full = tuple(name for name in LANES if name not in (LATE, TODAY) and len(placed[name]) > LANE_ROWS)
    known = dict((await run(sql.totals(full, mine=mine), quick=True, **values))[0]) if full else {}
    dates = [one.at for one in placed[DANGER_FIRST] if one.at and one.at < values["midnight"]]
    late = known.get("first_late", sum(at <= values["now"] for at in dates))
    today = known.get("first_today", len(dates) - late)
    if DANGER_FIRST in full:
        known[DANGER_FIRST] = late + today + known["first_news"]
    known |= {LATE: counts["overdue"] - late, TODAY: counts["due"] - today}
    return [
        Lane(
            name,
            [one.row for one in placed[name][:LANE_ROWS]],
            known.get(name, len(placed[name])),
            LANE_LIMIT if name in BEYOND else COUNT_LIMIT,
        )
        for name in LANES
    ]


async def summary(act: Act, *, mine: bool = False) -> Summary:
    """The two numbers that the title, the favicon and the extension's badge show."""
    values = {"now": act.now, "midnight": end_of_day(act.now, act.by.zone), "owner": act.by.id}
    [counts] = await run(sql.summary(mine=mine), quick=True, **values)
    return Summary(counts["overdue"], counts["due"])
