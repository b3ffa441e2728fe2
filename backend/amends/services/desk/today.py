"""Lanes of Today, each read from an index and cut to one screen."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import msgspec

from amends.database import read, run
from amends.rules.team.wall_clocks import end_of_day
from amends.rules.vocabulary import Stage
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.team.members import Member

LANE_ROWS = 20
COUNT_LIMIT = 1000
"""Numbers above this are shown as “1000+”: counting on would cost more than it tells."""
UNOWNED_LIMIT = 100
"""So many without an owner are counted: whoever sees “100+” needs no number."""
OURS = (Stage.NEW, Stage.ACKNOWLEDGE, Stage.CONTACT, Stage.WORKING, Stage.RESOLVED, Stage.ESCALATED)
THEIRS = (Stage.WAITING, Stage.CHECKED_IN, Stage.WATCHED)
AWAKE = "(snoozed_until IS NULL OR snoozed_until <= :now@)"
OPEN = "stage <> 'closed'"
MINE = "(owner = :owner OR owner IS NULL)"
OVERDUE = f"{OPEN} AND due_at < :now@ AND {AWAKE}"
DUE_TODAY = f"{OPEN} AND due_at >= :now@ AND due_at < :midnight@ AND {AWAKE}"
UNOWNED = f"owner IS NULL AND {OPEN} AND {AWAKE}"
LANES = ("overdue", "due_today", "our_move", "their_move", "second_chances")
NEXT = "next_due"


class Lane(msgspec.Struct, frozen=True):
    """Cases that belong together today; `more` when there are others that do not fit."""

    name: str
    rows: list[CaseRow]
    more: bool


class Summary(msgspec.Struct, frozen=True):
    """How many cases are overdue, and how many are due today."""

    overdue: int
    due: int


class Today(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the first page shows. `forgotten` cases have nothing due and no snooze: it must be 0.

    `unowned` cases are open and awake, and nobody answers for them. `empty` while there is no case at all,
    open or closed.
    """

    lanes: list[Lane]
    overdue: int
    due: int
    forgotten: int
    unowned: int
    snoozed: int
    empty: bool
    next_due: CaseRow | None


async def lanes(by: Member, *, now: datetime, mine: bool = False) -> Today:
    """Overdue, due today, our move, their move, and the second chances of the next seven days.

    `mine` keeps to the member's own cases and those that nobody owns.
    """
    values = {"now": now, "midnight": end_of_day(now, by.zone), "owner": by.id}
    found: dict[str, list[CaseRow]] = {name: [] for name in (*LANES, NEXT)}
    rows = await read(_in_its_lane, _rows(mine=mine), week=now + timedelta(days=7), quick=True, **values)
    for lane, row in rows:
        found[lane].append(row)
    [counts] = await run(_counts(mine=mine), quick=True, **values)
    return Today(
        lanes=[Lane(name, found[name][:LANE_ROWS], len(found[name]) > LANE_ROWS) for name in LANES],
        overdue=counts["overdue"],
        due=counts["due"],
        forgotten=counts["forgotten"],
        unowned=counts["unowned"],
        snoozed=counts["snoozed"],
        empty=not counts["any_case"],
        next_due=found[NEXT][0] if found[NEXT] else None,
    )


async def summary(by: Member, *, now: datetime, mine: bool = False) -> Summary:
    """The two numbers that the title, the favicon and the extension's badge show."""
    values = {"now": now, "midnight": end_of_day(now, by.zone), "owner": by.id}
    [counts] = await run(_summary(mine=mine), quick=True, **values)
    return Summary(counts["overdue"], counts["due"])


@cache
def _summary(*, mine: bool) -> str:
    return f"SELECT {_count(OVERDUE, mine)} AS overdue, {_count(DUE_TODAY, mine)} AS due"


def _in_its_lane(row: Mapping[str, Any]) -> tuple[str, CaseRow]:
    return row["lane"], row_of(row)


@cache
def _rows(*, mine: bool) -> str:
    """Every lane's cases, soonest first in each: one statement, a short index scan for each part of it."""
    week = "due_at >= :midnight@ AND due_at < :week@"
    parts = {
        "overdue": _soonest(OVERDUE, mine),
        "due_today": _soonest(DUE_TODAY, mine),
        "our_move": _stages(OURS, "due_at >= :midnight@", mine),
        "their_move": _stages(THEIRS, "due_at >= :midnight@", mine),
        "second_chances": _stages((Stage.SECOND_CHANCE,), week, mine),
        NEXT: _soonest(f"{OPEN} AND due_at >= :now@", mine, limit=1),
    }
    union = " UNION ALL ".join(
        f"SELECT '{name}' AS lane, id, due_at FROM ({part}) AS {name}" for name, part in parts.items()
    )
    return (
        f"SELECT lane, {COLUMNS} FROM ({union}) AS found JOIN case_file AS c ON c.id = found.id {JOINS} "
        "ORDER BY found.due_at, c.id"
    )


def _stages(stages: tuple[Stage, ...], when: str, mine: bool) -> str:
    """Awake cases of some stages that fall due later: one short index scan for each stage."""
    parts = {
        stage.value: _soonest(f"stage = '{stage.value}' AND {when} AND {AWAKE}", mine) for stage in stages
    }
    scans = " UNION ALL ".join(f"SELECT * FROM ({part}) AS s_{name}" for name, part in parts.items())
    return f"SELECT id, due_at FROM ({scans}) AS stages ORDER BY due_at, id LIMIT {LANE_ROWS + 1}"


def _soonest(where: str, mine: bool, *, limit: int = LANE_ROWS + 1) -> str:
    owned = f" AND {MINE}" if mine else ""
    return f"SELECT id, due_at FROM case_file WHERE {where}{owned} ORDER BY due_at, id LIMIT {limit}"


@cache
def _counts(*, mine: bool) -> str:
    """The numbers above the lanes, in one statement."""
    forgotten = _count(f"{OPEN} AND due_at IS NULL AND snoozed_until IS NULL")
    return (
        f"SELECT {_count(OVERDUE, mine)} AS overdue, {_count(DUE_TODAY, mine)} AS due, "
        f"{forgotten} AS forgotten, {_count(UNOWNED, limit=UNOWNED_LIMIT + 1)} AS unowned, "
        f"{_count('snoozed_until > :now@')} AS snoozed, "
        f"{_count('number > 0', limit=1)} AS any_case"
    )


def _count(where: str, mine: bool = False, *, limit: int = COUNT_LIMIT + 1) -> str:
    owned = f" AND {MINE}" if mine else ""
    return (
        f"(SELECT COUNT(*) FROM (SELECT 1 AS one FROM case_file WHERE {where}{owned} LIMIT {limit}) AS few)"
    )
