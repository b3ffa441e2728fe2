"""What needs somebody today? Lanes of cases, each read from an index and cut to what one screen holds."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends import tables
from amends.rules.vocabulary import Stage
from amends.services.cases.rows import CaseRow, rows_of
from amends.services.members import Member

LANE_ROWS = 20
COUNT_LIMIT = 1000
"""Numbers above this are shown as “1000+”: counting on would cost more than it tells."""
OURS = (Stage.NEW, Stage.ACKNOWLEDGE, Stage.CONTACT, Stage.WORKING, Stage.RESOLVED, Stage.ESCALATED)
THEIRS = (Stage.WAITING, Stage.CHECKED_IN, Stage.WATCHED)
AWAKE = "(snoozed_until IS NULL OR snoozed_until <= {})"
OPEN = "stage <> 'closed'"


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
    """Everything the first page shows. `forgotten` cases have nothing due and no snooze: it must be 0."""

    lanes: list[Lane]
    overdue: int
    due: int
    forgotten: int
    snoozed: int
    cases: int
    next_due: CaseRow | None


def end_of_day(now: datetime, zone: str) -> datetime:
    """The midnight after `now` on the wall clock of a zone, in UTC."""
    here = now.astimezone(ZoneInfo(zone))
    return datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo).astimezone(UTC)


async def lanes(by: Member, *, now: datetime, mine: bool = False) -> Today:
    """Overdue, due today, our move, their move, and the second chances of the next seven days.

    `mine` keeps to the member's own cases and those that nobody owns.
    """
    midnight = end_of_day(now, by.zone)
    owner = by.id if mine else None
    wanted = {
        "overdue": _span(owner, now, None, now),
        "due_today": _span(owner, now, now, midnight),
        "our_move": _stages(owner, now, OURS, midnight),
        "their_move": _stages(owner, now, THEIRS, midnight),
        "second_chances": _stages(owner, now, (Stage.SECOND_CHANCE,), midnight, now + timedelta(days=7)),
    }
    ids = {name: await _ids(sql, values) for name, (sql, values) in wanted.items()}
    rows = await rows_of([case_id for lane in ids.values() for case_id in lane[:LANE_ROWS]])
    counts = await summary(by, now=now, mine=mine)
    return Today(
        lanes=[
            Lane(
                name,
                [rows[case_id] for case_id in lane[:LANE_ROWS] if case_id in rows],
                len(lane) > LANE_ROWS,
            )
            for name, lane in ids.items()
        ],
        overdue=counts.overdue,
        due=counts.due,
        forgotten=await _count(f"{OPEN} AND due_at IS NULL AND snoozed_until IS NULL"),
        snoozed=await _count("snoozed_until > {}", now),
        cases=await _count("number > 0"),
        next_due=await _next_due(owner, now),
    )


async def summary(by: Member, *, now: datetime, mine: bool = False) -> Summary:
    """The two numbers that the title, the favicon and the extension's badge show."""
    owner = by.id if mine else None
    overdue, values = _span(owner, now, None, now, COUNT_LIMIT + 1)
    due, more = _span(owner, now, now, end_of_day(now, by.zone), COUNT_LIMIT + 1)
    return Summary(len(await _ids(overdue, values)), len(await _ids(due, more)))


def _span(
    owner: UUID | None, now: datetime, since: datetime | None, until: datetime, limit: int = LANE_ROWS + 1
) -> tuple[str, list[Any]]:
    """Awake cases that fall due in a span of time, soonest first."""
    where, values = [OPEN, "due_at < {}", AWAKE], [until, now]
    if since:
        where, values = [*where, "due_at >= {}"], [*values, since]
    return _select(owner, where, values, limit)


def _stages(
    owner: UUID | None,
    now: datetime,
    stages: tuple[Stage, ...],
    since: datetime,
    until: datetime | None = None,
) -> tuple[str, list[Any]]:
    """Awake cases of some stages that fall due later, soonest first: one short index scan for each stage."""
    parts, values = [], []
    for stage in stages:
        where, given = [f"stage = '{stage.value}'", "due_at >= {}", AWAKE], [since, now]
        if until:
            where, given = [*where, "due_at < {}"], [*given, until]
        part, given = _select(owner, where, given, LANE_ROWS + 1)
        parts.append(f"SELECT * FROM ({part}) AS s_{stage.value}")
        values += given
    union = " UNION ALL ".join(parts)
    return f"SELECT id FROM ({union}) AS u ORDER BY due_at, id LIMIT {LANE_ROWS + 1}", values


def _select(owner: UUID | None, where: list[str], values: list[Any], limit: int) -> tuple[str, list[Any]]:
    if owner:
        where, values = [*where, "(owner = {} OR owner IS NULL)"], [*values, owner]
    sql = f"SELECT id, due_at FROM case_file WHERE {' AND '.join(where)} ORDER BY due_at, id LIMIT {limit}"
    return sql, values


async def _ids(sql: str, values: list[Any]) -> list[UUID]:
    return [row["id"] for row in await tables.Case.raw(sql, *values)]


async def _count(where: str, *values: object) -> int:
    some = f"SELECT 1 AS one FROM case_file WHERE {where} LIMIT {COUNT_LIMIT + 1}"
    rows = await tables.Case.raw(f"SELECT COUNT(*) AS found FROM ({some}) AS c", *values)
    return int(rows[0]["found"])


async def _next_due(owner: UUID | None, now: datetime) -> CaseRow | None:
    sql, values = _select(owner, [OPEN, "due_at >= {}"], [now], 1)
    ids = await _ids(sql, values)
    return (await rows_of(ids)).get(ids[0]) if ids else None
