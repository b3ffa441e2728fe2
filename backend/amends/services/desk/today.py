"""Lanes of Today, each read from an index and cut to one screen."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID

import msgspec

from amends.database import bound, read, run
from amends.rules.team.wall_clocks import end_of_day
from amends.rules.vocabulary import Stage
from amends.services.case import next_steps
from amends.services.case.next_steps import Viewer
from amends.services.desk import forgotten
from amends.services.desk.cases import due_rows
from amends.services.desk.cases.due_rows import due_row_of, gravest_first
from amends.services.desk.cases.rows import CaseRow
from amends.services.desk.forgotten import FORGOTTEN
from amends.services.follow_up import due_cases
from amends.services.follow_up.due_cases import AWAKE, CASES, DUE_TODAY, ELSEWHERE, FIRST, OPEN, OVERDUE
from amends.services.team.members import Act
from amends.tables.case import IN_DANGER

LANE_ROWS = 20
COUNT_LIMIT = 1000
"""Numbers above this are shown as “1000+”: counting on would cost more than it tells."""
UNOWNED_LIMIT = 100
"""So many without an owner are counted: whoever sees “100+” needs no number."""
OURS = (Stage.NEW, Stage.ACKNOWLEDGE, Stage.CONTACT, Stage.WORKING, Stage.RESOLVED, Stage.ESCALATED)
THEIRS = (Stage.WAITING, Stage.CHECKED_IN, Stage.WATCHED)
MINE = "(owner = :owner OR owner IS NULL)"
UNOWNED = f"owner IS NULL AND {OPEN} AND {AWAKE}"
LANES = ("overdue", "due_today", "our_move", "their_move", "second_chances")
NEXT = "next_due"
LATER = "due_at >= :midnight@"
BEYOND = {
    "our_move": (OURS, LATER),
    "their_move": (THEIRS, LATER),
    "second_chances": ((Stage.SECOND_CHANCE,), f"{LATER} AND due_at < :week@"),
}
"""The lanes of what is not due today: their stages, and when they fall due."""
TOGETHER = """
(f.due_at = found.due_at OR (found.lane = 'overdue' AND f.due_at <= :now@)
    OR (found.lane = 'due_today' AND f.due_at < :midnight@))"""
"""The next date is the very first one, whatever else is due on its case."""
DANGEROUS = f"c.{OPEN} AND {IN_DANGER}"


class Lane(msgspec.Struct, frozen=True):
    """Cases that belong together today, the gravest first; `total` counts those that do not fit too."""

    name: str
    rows: list[CaseRow]
    total: int

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


async def lanes(act: Act, *, mine: bool = False) -> Today:
    """Overdue, due today, our move, their move, and the second chances of the next seven days.

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
    rows = await read(_in_its_lane, _rows(bound().engine_type, mine=mine), quick=True, **values)
    found = _sorted(rows)
    [counts] = await run(_counts(mine=mine), quick=True, **values)
    return Today(
        lanes=await _lanes(found, counts, values, mine=mine),
        overdue=counts["overdue"],
        due=counts["due"],
        forgotten=counts["forgotten"],
        unowned=counts["unowned"],
        snoozed=counts["snoozed"],
        empty=not counts["any_case"],
        next_due=found[NEXT][0] if found[NEXT] else None,
        viewer=await next_steps.viewer(act, (row.facts for _lane, row in rows)),
    )


def _sorted(rows: Iterable[tuple[str, CaseRow]]) -> dict[str, list[CaseRow]]:
    """The cases of each lane in its order, each once: one may be found by its date and by its danger."""
    found: dict[str, dict[UUID, CaseRow]] = {name: {} for name in (*LANES, NEXT)}
    for lane, row in sorted(rows, key=lambda found: gravest_first(found[1])):
        found[lane].setdefault(row.id, row)
    return {lane: list(cases.values()) for lane, cases in found.items()}


async def _lanes(
    found: Mapping[str, list[CaseRow]], counts: Mapping[str, int], values: Mapping[str, Any], *, mine: bool
) -> list[Lane]:
    """Each lane with its true total; those that do not fit are counted only where there are any."""
    known = {"overdue": counts["overdue"], "due_today": counts["due"]}
    full = tuple(name for name in LANES if name not in known and len(found[name]) > LANE_ROWS)
    if full:
        known |= (await run(_totals(full, mine=mine), quick=True, **values))[0]
    return [Lane(name, found[name][:LANE_ROWS], known.get(name, len(found[name]))) for name in LANES]


async def summary(act: Act, *, mine: bool = False) -> Summary:
    """The two numbers that the title, the favicon and the extension's badge show."""
    values = {"now": act.now, "midnight": end_of_day(act.now, act.by.zone), "owner": act.by.id}
    [counts] = await run(_summary(mine=mine), quick=True, **values)
    return Summary(counts["overdue"], counts["due"])


@cache
def _summary(*, mine: bool) -> str:
    return f"WITH {due_cases.asked(mine=mine)} SELECT {_due_counts(mine=mine)}"


def _due_counts(*, mine: bool) -> str:
    limit = COUNT_LIMIT + 1
    overdue = due_cases.count(OVERDUE, mine=mine, limit=limit)
    return f"{overdue} AS overdue, {due_cases.count(DUE_TODAY, mine=mine, limit=limit)} AS due"


def _in_its_lane(row: Mapping[str, Any]) -> tuple[str, CaseRow]:
    return row["lane"], due_row_of(row)


@cache
def _rows(engine: str, *, mine: bool) -> str:
    """Every lane's cases: one statement, a short index scan for each part of it."""
    limit = LANE_ROWS + 1
    parts = [
        ("overdue", _due(OVERDUE, mine, limit)),
        ("due_today", _due(DUE_TODAY, mine, limit)),
        *((name, _stages(stages, when, mine, limit)) for name, (stages, when) in BEYOND.items()),
        (NEXT, due_cases.upcoming(mine=mine)),
    ]
    lanes = " UNION ALL ".join(
        f"SELECT '{name}' AS lane, id, due_at, is_asked FROM ({part}) AS found_{place}"
        for place, (name, part) in enumerate(parts)
    )
    found = due_rows.select(lanes, mine=mine, within=TOGETHER, rest="lane, ")
    return f"WITH {due_cases.asked(mine=mine)} {found}"


def _due(when: str, mine: bool, limit: int) -> str:
    """What has waited longest, and what is dangerous: each once, before its row is read."""
    soonest = due_cases.due(when, mine=mine, limit=limit)
    gravest = due_cases.due(when, mine=mine, limit=limit, where=DANGEROUS)
    columns = "SELECT id, due_at, is_asked FROM"
    return f"{columns} ({soonest}) AS soonest UNION {columns} ({gravest}) AS gravest"


@cache
def _totals(names: tuple[str, ...], *, mine: bool) -> str:
    """How many cases there are in some lanes of what falls due later."""
    owned = f" AND {MINE}" if mine else ""
    lanes = (
        " + ".join(
            _count(f"stage = '{stage.value}' AND {when} AND {AWAKE} AND {ELSEWHERE}{owned}")
            for stage in stages
        )
        + f" AS {name}"
        for name, (stages, when) in BEYOND.items()
        if name in names
    )
    return f"WITH {due_cases.asked(mine=mine)} SELECT {', '.join(lanes)}"


def _stages(stages: tuple[Stage, ...], when: str, mine: bool, limit: int) -> str:
    """Awake cases of some stages that fall due later: one short index scan for each stage."""
    owned = f" AND {MINE}" if mine else ""
    ends = f"ORDER BY {FIRST} LIMIT {limit}"
    scans = due_cases.union(
        f"SELECT id, number, due_at, 0 AS is_asked FROM {CASES} "
        f"WHERE stage = '{stage.value}' AND {when} AND {AWAKE} AND {ELSEWHERE}{owned} {ends}"
        for stage in stages
    )
    return f"SELECT id, due_at, is_asked FROM ({scans}) AS stages {ends}"


@cache
def _counts(*, mine: bool) -> str:
    """The numbers above the lanes, in one statement."""
    few = f"SELECT 1 AS one FROM ({FORGOTTEN}) AS all_forgotten LIMIT {COUNT_LIMIT + 1}"
    return (
        f"WITH {due_cases.asked(mine=mine)} SELECT {_due_counts(mine=mine)}, "
        f"(SELECT COUNT(*) FROM ({few}) AS few) AS forgotten, "
        f"{_count(UNOWNED, limit=UNOWNED_LIMIT + 1)} AS unowned, "
        f"{_count('snoozed_until > :now@')} AS snoozed, "
        f"{_count('number > 0', limit=1)} AS any_case"
    )


def _count(where: str, *, limit: int = COUNT_LIMIT + 1) -> str:
    return f"(SELECT COUNT(*) FROM (SELECT 1 AS one FROM {CASES} WHERE {where} LIMIT {limit}) AS few)"
