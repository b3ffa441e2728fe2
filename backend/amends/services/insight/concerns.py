"""Counting of shared concerns by the worker: themes and texts that several people wrote about lately."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends import tables
from amends.database import add, each_apart, run, transaction
from amends.rules.desk import problems as rules
from amends.rules.vocabulary import ProblemState
from amends.services.desk import problems
from amends.services.desk.concerns import LATELY, WHO

COUNTED = f"COUNT(DISTINCT {WHO}) AS people, COUNT(*) AS cases, MAX(c.number) AS latest"
SHARED = f"HAVING COUNT(DISTINCT {WHO}) >= :least"
THEMES = f"""
SELECT t.theme AS scope_id, {COUNTED} FROM case_file AS c JOIN author ON author.id = c.author
JOIN case_theme AS t ON t.number = c.number AND t.given WHERE {LATELY} GROUP BY t.theme {SHARED}
"""
TEXTS = f"""
SELECT n.text_group AS scope_id, {COUNTED} FROM case_file AS c JOIN author ON author.id = c.author
JOIN case_text AS t ON t.number = c.number JOIN near_text AS n ON n.id = t.text
WHERE {LATELY} GROUP BY n.text_group {SHARED}
"""
SOURCES = {"theme": THEMES, "text": TEXTS}


async def count_shared(*, now: datetime) -> None:
    """Keeps what enough people wrote about in the last days; what they no longer do is forgotten.

    A fixed problem of which so many have written since is a problem again.
    """
    since = now - rules.WITHIN
    found: dict[str, Mapping[str, Any]] = {}
    for kind, sql in SOURCES.items():
        rows = await run(sql, since=since, least=rules.PEOPLE)
        found |= {f"{kind}:{row['scope_id']}": row for row in rows}
    async with transaction():
        await _keep(found, now=now)
    await _look_at_fixed(now=now)


async def _keep(found: Mapping[str, Mapping[str, Any]], *, now: datetime) -> None:
    """Step: writes only what is another number than before."""
    table = tables.Concern
    known = {row["scope"]: row for row in await table.select()}
    for scope, row in found.items():
        values = {name: row[name] for name in ("people", "cases", "latest")}
        if scope not in known:
            await add(table, unless="scope", scope=scope, counted_at=now, **values)
        elif any(known[scope][name] != value for name, value in values.items()):
            columns = {getattr(table, name): value for name, value in values.items()}
            await table.update({**columns, table.counted_at: now}).where(table.scope == scope)
    gone = [
        scope
        for scope, row in known.items()
        if scope not in found and not _is_remembered(row["dismissed_at"], now)
    ]
    if gone:
        await table.delete().where(table.scope.is_in(gone))


def _is_remembered(dismissed_at: datetime | None, now: datetime) -> bool:
    """That it is no problem is remembered while those who wrote then still count."""
    return dismissed_at is not None and now - dismissed_at < rules.WITHIN


async def _look_at_fixed(*, now: datetime) -> None:
    table = tables.Problem
    fixed = await table.select(table.number, table.scope, table.fixed_at).where(
        (table.state == ProblemState.FIXED) & (table.scope != "")
    )

    async def look(row: dict[str, Any]) -> int:
        people = await problems.written_since(row["scope"], fixed_at=row["fixed_at"], now=now)
        if rules.has_returned(ProblemState.FIXED, people):
            await problems.come_back(row["number"], people=people, now=now)
        return 1

    await each_apart(fixed, look)
