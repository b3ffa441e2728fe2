"""Lists of cases: rows by an index in the order that was asked for, paged by key, and how many there are."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

import msgspec

from amends.database import counted, read, run
from amends.services.case import fields, searches
from amends.services.case.searches import Source
from amends.services.desk.cases import due_rows, filters, orders
from amends.services.desk.cases.due_rows import due_row_of, soonest_first
from amends.services.desk.cases.filters import ALL, CaseFilters
from amends.services.desk.cases.orders import Order, Part
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.follow_up import due_cases
from amends.services.follow_up.due_cases import OVERDUE


class CasePage(msgspec.Struct, frozen=True):
    """Some cases and the key of the page after them."""

    rows: list[CaseRow]
    next_before: int | None


AFTER_DATE = """({at}, c.number) > (SELECT COALESCE(asked.due_at, k.due_at), k.number
FROM case_file AS k LEFT JOIN asked ON asked.id = k.id WHERE k.number = :before)"""
"""Late cases after the one with the number `before`."""

EACH_ONCE = """
WITH RECURSIVE found AS (
    SELECT MIN({column}) AS {column} FROM case_file
    UNION ALL
    SELECT (SELECT MIN(c.{column}) FROM case_file AS c WHERE c.{column} > found.{column}) FROM found
    WHERE found.{column} IS NOT NULL
) SELECT {column} FROM found WHERE {column} IS NOT NULL AND {column} <> '' LIMIT 200
"""
"""Each value of a column once; a SELECT DISTINCT would read the index to its end."""


async def platforms() -> tuple[str, ...]:
    """The platforms of which there are cases, at most 200; one step in the index for each."""
    return tuple(row["platform"] for row in await run(EACH_ONCE.format(column="platform")))


async def languages() -> tuple[str, ...]:
    """The languages in which there are cases, as fr of fr-CA."""
    return tuple(dict.fromkeys(one.partition("-")[0] for one in await _spoken()))


async def _spoken() -> list[str]:
    return [row["lang"] for row in await run(EACH_ONCE.format(column="lang"))]


async def _resolved(wanted: CaseFilters) -> CaseFilters:
    """The filters with the languages of the cases that their language means, and the keys of their fields."""
    if wanted.fields:
        wanted = msgspec.structs.replace(wanted, field_keys=await fields.keys_of(wanted.fields))
    if wanted.language is None:
        return wanted
    spoken = tuple(one for one in await _spoken() if one.partition("-")[0] == wanted.language)
    return msgspec.structs.replace(wanted, spoken=spoken)


async def page(wanted: CaseFilters, *, now: datetime, before: int | None = None, limit: int = 50) -> CasePage:
    """The cases that fit, newest first, late ones the latest first, or in the order that was asked for.

    `before` is the number of the last case of the page before this one.
    """
    wanted = await _resolved(wanted)
    source = filters.source(wanted)
    where = filters.conditions(wanted, source)
    values = await filters.values(wanted, now=now)
    if wanted.late:
        found = await _late(wanted, source, where, values, before=before, limit=limit + 1)
    elif source is ALL and (wanted.order or wanted.opened_from or wanted.opened_to):
        found = await _in_order(wanted, where, values, before=before, limit=limit + 1)
    else:
        found = await _newest(wanted, source, where, values, before=before, limit=limit + 1)
    return CasePage(found[:limit], found[limit - 1].number if len(found) > limit else None)


async def total(wanted: CaseFilters, found: CasePage, *, now: datetime, before: int | None) -> int:
    """How many cases fit, beside a page of them; one that shows all of them has been counted already."""
    is_whole = before is None and found.next_before is None
    return len(found.rows) if is_whole else await count(wanted, now=now)


async def count(wanted: CaseFilters, *, now: datetime) -> int:
    """How many cases fit, as far as anybody counts."""
    wanted = await _resolved(wanted)
    source = filters.source(wanted)
    where = filters.conditions(wanted, source)
    values = await filters.values(wanted, now=now)
    if wanted.question and not wanted.late and await _fits_many(wanted, values):
        statement = f"SELECT {_said_in(wanted)} AS number"
    elif wanted.late:
        number = due_cases.count(OVERDUE, mine=False, tables=source.tables, where=" AND ".join(where))
        statement = f"WITH {due_cases.asked(mine=False, when=OVERDUE)} SELECT {number} AS number"
    else:
        statement = f"SELECT {counted(f'{source.tables} WHERE {_all(where)}')} AS number"
    [row] = await run(statement, quick=wanted.is_quick, **values)
    return int(row["number"])


async def _fits_many(wanted: CaseFilters, values: Mapping[str, Any]) -> bool:
    """Whether many of the newest cases fit: then all that fit are soon counted to the limit one by one."""
    source = searches.latest(wanted.question)
    where = _all(filters.conditions(wanted, source))
    fit = counted(f"{source.tables} WHERE {where}", limit=searches.ENOUGH)
    [row] = await run(f"SELECT {fit} AS number", **values)
    return int(row["number"]) >= searches.ENOUGH


def _said_in(wanted: CaseFilters) -> str:
    """How many cases fit, the words of each looked up: joined, PostgreSQL would read all words first."""
    where, said = filters.conditions(wanted, ALL), searches.said(wanted.question)
    if not where:
        return counted(f"case_words AS w WHERE {said}")
    words = f"SELECT {said} FROM case_words AS w WHERE w.number = c.number"
    return counted(f"{ALL.tables} WHERE {_all([*where, f'({words})'])}")


async def every(wanted: CaseFilters, *, now: datetime, at_once: int = 200) -> AsyncIterator[CaseRow]:
    """All cases that fit, in their order, read page by page."""
    before: int | None = None
    while True:
        found = await page(wanted, now=now, before=before, limit=at_once)
        for row in found.rows:
            yield row
        if (before := found.next_before) is None:
            return


async def _newest(
    wanted: CaseFilters,
    source: Source,
    where: Sequence[str],
    values: Mapping[str, Any],
    *,
    before: int | None,
    limit: int,
) -> list[CaseRow]:
    if wanted.question:
        latest = searches.latest(wanted.question)
        given = {**values, "below": before or searches.ABOVE_ALL}
        found = await _read_newest(wanted, latest, filters.conditions(wanted, latest), given, limit=limit)
        if len(found) == limit:
            return found
    after = [f"{source.number} < :before"] if before else []
    given = {**values, "before": before}
    return await _read_newest(wanted, source, [*where, *after], given, limit=limit)


async def _read_newest(
    wanted: CaseFilters, source: Source, where: Sequence[str], values: Mapping[str, Any], *, limit: int
) -> list[CaseRow]:
    return await read(
        row_of,
        f"SELECT {COLUMNS} FROM {source.tables} {JOINS} "
        f"WHERE {_all(where)} ORDER BY {source.number} DESC LIMIT {limit}",
        quick=wanted.is_quick,
        **values,
    )


async def _late(
    wanted: CaseFilters,
    source: Source,
    where: Sequence[str],
    values: Mapping[str, Any],
    *,
    before: int | None,
    limit: int,
) -> list[CaseRow]:
    """What Today shows as overdue: on a case that is snoozed or closed, what goes on nevertheless."""
    narrowed = " AND ".join([*where, *([AFTER_DATE] if before else [])])
    found = due_cases.due(OVERDUE, mine=False, limit=limit, tables=source.tables, where=narrowed)
    late = f"WITH {due_cases.asked(mine=False, when=OVERDUE)} {due_rows.select(found, mine=False)}"
    rows = await read(due_row_of, late, quick=wanted.is_quick, **values, before=before)
    return sorted(rows, key=soonest_first)


async def _in_order(
    wanted: CaseFilters, where: Sequence[str], values: Mapping[str, Any], *, before: int | None, limit: int
) -> list[CaseRow]:
    """Part after part until there are enough; of the first one what comes after the page before."""
    order, last = await orders.order_of(wanted), await orders.last_case(before)
    given = {**values, **{f"last_{name}": value for name, value in (last or {}).items()}}
    left, found = order.left(last), list[CaseRow]()
    for start in range(0, len(left), orders.AT_ONCE):
        if len(found) < limit:
            parts, is_after = left[start : start + orders.AT_ONCE], last is not None and start == 0
            found += await _of_parts(
                parts,
                order,
                where,
                given,
                after=is_after,
                limit=limit - len(found),
                quick=wanted.is_quick,
            )
    return found


async def _of_parts(
    parts: Sequence[Part],
    order: Order,
    where: Sequence[str],
    values: Mapping[str, Any],
    *,
    after: bool,
    limit: int,
    quick: bool,
) -> list[CaseRow]:
    """The first cases of some parts; whole rows are read of those alone, and put in order here."""
    scans = due_cases.union(
        orders.scan(part, place, where=where, down=order.down, after=after and place == 0, limit=limit)
        for place, part in enumerate(parts)
    )
    rows = await read(
        _in_part,
        f"SELECT part, {COLUMNS} FROM ({scans}) AS found JOIN case_file AS c ON c.id = found.id {JOINS}",
        quick=quick,
        **values,
        **{f"part_{place}": part.key for place, part in enumerate(parts)},
    )
    found = list[CaseRow]()
    for place, part in enumerate(parts):
        own = [row for at, row in rows if at == place]
        found += sorted(own, key=attrgetter(*part.by), reverse=order.down)
    return found[:limit]


def _in_part(row: Mapping[str, Any]) -> tuple[int, CaseRow]:
    return row["part"], row_of(row)


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(conditions) or "1 = 1"
