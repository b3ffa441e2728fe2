"""SQL of the lanes of Today: their cases, each part a short scan of an index, and how many there are."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product

from amends.database import COUNT_LIMIT, counted, instant
from amends.rules.vocabulary import Stage
from amends.services.desk.cases import due_rows
from amends.services.desk.cases.due_rows import SAME_DATE
from amends.services.desk.forgotten import FORGOTTEN
from amends.services.follow_up import due_cases
from amends.services.follow_up.due_cases import (
    AWAKE,
    BY_MIDNIGHT,
    CASES,
    DUE_TODAY,
    ELSEWHERE,
    FIRST,
    OPEN,
    OVERDUE,
)
from amends.tables.case import IN_DANGER, NEWS, SIGNS
from amends.tables.indexes import OURS_ANYWAY

LANE_ROWS = 20
LANE_LIMIT = 99
"""What is not due today is counted up to here: nobody acts on how many more there are, and a team may have
thousands."""
OURS = (Stage.NEW, Stage.ACKNOWLEDGE, Stage.CONTACT, Stage.WORKING, Stage.RESOLVED, Stage.ESCALATED)
THEIRS = (Stage.WAITING, Stage.CHECKED_IN, Stage.WATCHED)
OWNERS = ("owner = :owner", "owner IS NULL")
MINE = f"({' OR '.join(OWNERS)})"
UNOWNED = f"owner IS NULL AND {OPEN} AND {AWAKE}"
DANGER_FIRST, LATE, TODAY, NEXT = "first", "overdue", "due_today", "next_due"
LANES = (DANGER_FIRST, LATE, TODAY, "our_move", "their_move", "second_chances")
LATER = "due_at >= :midnight@"


def _in_stages(stages: Iterable[Stage], when: str) -> tuple[str, ...]:
    return tuple(f"stage = '{stage.value}' AND {when}" for stage in stages)


NOT_OURS = f"{LATER} AND ({OURS_ANYWAY}) IS NOT TRUE"
WAITS = ", ".join(f"'{stage.value}'" for stage in (*THEIRS, Stage.SECOND_CHANCE))
BEYOND = {
    "our_move": (*_in_stages(OURS, LATER), f"{OURS_ANYWAY} AND stage IN ({WAITS}) AND {LATER}"),
    "their_move": _in_stages(THEIRS, NOT_OURS),
    "second_chances": _in_stages([Stage.SECOND_CHANCE], f"{NOT_OURS} AND due_at < :week@"),
}
"""The lanes of what is not due today: the conditions of their cases, of which each meets one at most."""
TOGETHER = f"({SAME_DATE} OR (found.lane <> '{NEXT}' AND {due_rows.TOGETHER}))"
"""The next date is the very first one, whatever else is due on its case."""
CALM = f"({{c}}.{OPEN} AND {IN_DANGER}) IS NOT TRUE"
QUIET = f"{NEWS} IS NOT TRUE"
UNDER_SIGN = tuple(
    " AND ".join(
        [f"{{c}}.{OPEN}", sign, *(f"({graver}) IS NOT TRUE" for graver in tuple(SIGNS.values())[:place])]
    )
    for place, sign in enumerate(SIGNS.values())
)
"""Open cases by their gravest sign of danger: each case under one of them."""


@cache
def rows(engine: str, *, mine: bool) -> str:
    """Every lane's cases with the date by which they were found, in one statement."""
    parts = [
        *((DANGER_FIRST, part) for part in _first(mine=mine, limit=LANE_ROWS + 1)),
        *((lane, _due(when, mine=mine)) for lane, when in ((LATE, OVERDUE), (TODAY, DUE_TODAY))),
        *((name, _stages(name, mine=mine)) for name in BEYOND),
        (NEXT, due_cases.upcoming(mine=mine)),
    ]
    found = " UNION ALL ".join(
        f"SELECT '{lane}' AS lane, id, due_at, is_asked FROM ({part}) AS found_{place}"
        for place, (lane, part) in enumerate(parts)
    )
    found_at = instant("found.due_at", "found_at")
    selected = due_rows.select(found, mine=mine, within=TOGETHER, rest=f"lane, {found_at}, ")
    return f"WITH {due_cases.asked(mine=mine)} {selected}"


def _first(*, mine: bool, limit: int) -> Iterator[str]:
    """What is in danger: what is due by midnight, by its gravest sign, and what the customer said."""
    for where in UNDER_SIGN:
        yield due_cases.due(BY_MIDNIGHT, mine=mine, limit=limit, where=where, by_signs=True)
    for where in _news(mine=mine):
        columns = "id, number, due_at, 0 AS is_asked"
        yield f"SELECT {columns} FROM {CASES} WHERE {where} ORDER BY {FIRST} LIMIT {limit}"


def _news(*, mine: bool) -> Iterator[str]:
    """Conditions of open cases on which the customer said something, and which are not due by midnight.

    Of a member's own all count that `asked` does not show: its dates are those of the member's duties.
    """
    date = MINE if mine else f"(due_at IS NULL OR {LATER})"
    for sign, but in (("not_fixed", "1 = 1"), ("came_back", f"({SIGNS['not_fixed']}) IS NOT TRUE")):
        yield f"c.{OPEN} AND {SIGNS[sign]} AND {but} AND {date} AND {AWAKE} AND {ELSEWHERE}"


def _due(when: str, *, mine: bool) -> str:
    return due_cases.due(when, mine=mine, limit=LANE_ROWS + 1, where=CALM, by_signs=True)


def _stages(name: str, *, mine: bool) -> str:
    """Awake cases of a lane that fall due later: a short index scan for each of its conditions."""
    ends = f"ORDER BY {FIRST} LIMIT {LANE_ROWS + 1}"
    scans = due_cases.union(
        f"SELECT id, number, due_at, 0 AS is_asked FROM {CASES} WHERE {where} {ends}"
        for where in _beyond(name, mine=mine)
    )
    return f"SELECT id, due_at, is_asked FROM ({scans}) AS stages {ends}"


def _beyond(name: str, *, mine: bool) -> Iterator[str]:
    """The conditions of one lane of what falls due later, for each owner."""
    for which, owner in product(BEYOND[name], OWNERS if mine else ("1 = 1",)):
        yield f"{which} AND {owner} AND {AWAKE} AND {ELSEWHERE} AND {QUIET}"


@cache
def totals(names: tuple[str, ...], *, mine: bool) -> str:
    """How many cases there are in some lanes that are full; of the first also how many are overdue."""
    beyond = [name for name in names if name in BEYOND]
    columns = [f"{_count_all(_beyond(name, mine=mine), limit=LANE_LIMIT)} AS {name}" for name in beyond]
    if DANGER_FIRST in names:
        columns += _first_counts(mine=mine)
    return f"WITH {due_cases.asked(mine=mine)} SELECT {', '.join(columns)}"


def _first_counts(*, mine: bool) -> list[str]:
    late, today = (
        " + ".join(due_cases.count(when, mine=mine, where=where, by_signs=True) for where in UNDER_SIGN)
        for when in (OVERDUE, DUE_TODAY)
    )
    news = _count_all(_news(mine=mine))
    return [f"{late} AS first_late", f"{today} AS first_today", f"{news} AS first_news"]


@cache
def counts(*, mine: bool) -> str:
    """The numbers above the lanes, in one statement."""
    return (
        f"WITH {due_cases.asked(mine=mine)} SELECT {_due_counts(mine=mine)}, "
        f"{counted(f'({FORGOTTEN}) AS all_forgotten')} AS forgotten, "
        f"{_count(UNOWNED)} AS unowned, "
        f"{_count('snoozed_until > :now@')} AS snoozed, "
        f"{_count('number > 0', limit=0)} AS any_case"
    )


@cache
def summary(*, mine: bool) -> str:
    """How many cases are overdue, and how many are due today."""
    return f"WITH {due_cases.asked(mine=mine)} SELECT {_due_counts(mine=mine)}"


def _due_counts(*, mine: bool) -> str:
    overdue, today = (due_cases.count(when, mine=mine) for when in (OVERDUE, DUE_TODAY))
    return f"{overdue} AS overdue, {today} AS due"


def _count_all(conditions: Iterable[str], *, limit: int = COUNT_LIMIT) -> str:
    """How many cases there are under conditions of which each case meets one at most, all counted as one."""
    each = " UNION ALL ".join(f"SELECT 1 FROM {CASES} WHERE {where}" for where in conditions)
    return counted(f"({each}) AS parts", limit=limit)


def _count(where: str, *, limit: int = COUNT_LIMIT) -> str:
    return counted(f"{CASES} WHERE {where}", limit=limit)
