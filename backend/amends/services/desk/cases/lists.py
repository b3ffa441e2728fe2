"""Lists of cases: rows by an index, paged by key."""

# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from amends.database import bound, read, run
from amends.rules.case import searches as rules
from amends.rules.case.searches import Question
from amends.rules.vocabulary import Severity, Stage
from amends.services.case import searches
from amends.services.case.searches import Source
from amends.services.desk import forgotten
from amends.services.desk.cases import due_rows
from amends.services.desk.cases.due_rows import due_row_of, soonest_first
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.desk.forgotten import FORGOTTEN
from amends.services.follow_up import due_cases
from amends.services.follow_up.due_cases import OVERDUE


class CaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are asked for; what is absent does not narrow.

    `late` ones are those of Today: an open stage then leaves out no closed case on which something goes on.
    """

    stage: Stage | Literal["open", "all"] = "open"
    owner: UUID | Literal["nobody"] | None = None
    severity: Severity | None = None
    platform: str | None = None
    theme: UUID | None = None
    late: bool = False
    forgotten: bool = False
    words: str = ""


class CasePage(msgspec.Struct, frozen=True):
    """Some cases and the key of the page after them."""

    rows: list[CaseRow]
    next_before: int | None


OPEN = "c.stage <> 'closed'"
"""So written, both engines know their partial indexes."""

ALL = Source(tables="case_file AS c", condition="", number="c.number")
"""Where nothing is looked for."""

OF_THEME = {
    # CROSS JOIN: SQLite begins with the theme's cases, which the index gives in the order of the numbers
    engine: Source(
        tables=f"case_theme AS t {join} case_file AS c ON c.number = t.number",
        condition="t.theme = :theme",
        number="t.number",
    )
    for engine, join in {"sqlite": "CROSS JOIN", "postgres": "JOIN"}.items()
}
"""Where those of one theme are asked for, the newest first."""
HAS_THEME = "EXISTS (SELECT 1 FROM case_theme AS t WHERE t.number = c.number AND t.theme = :theme)"

AFTER_DATE = """({at}, c.number) > (SELECT COALESCE(asked.due_at, k.due_at), k.number
FROM case_file AS k LEFT JOIN asked ON asked.id = k.id WHERE k.number = :before)"""
"""Late cases after the one with the number `before`."""

PLATFORMS = """
WITH RECURSIVE found AS (
    SELECT MIN(platform) AS platform FROM case_file
    UNION ALL
    SELECT (SELECT MIN(c.platform) FROM case_file AS c WHERE c.platform > found.platform) FROM found
    WHERE found.platform IS NOT NULL
) SELECT platform FROM found WHERE platform IS NOT NULL LIMIT 200
"""
"""Each platform once; a SELECT DISTINCT would read the index to its end."""


async def platforms() -> tuple[str, ...]:
    """The platforms of which there are cases, at most 200; one step in the index for each."""
    return tuple(row["platform"] for row in await run(PLATFORMS, quick=True))


async def page(
    filters: CaseFilters, *, now: datetime, before: int | None = None, limit: int = 50
) -> CasePage:
    """The cases that fit, newest first; late ones the latest first.

    `before` is the number of the last case of the page before this one.
    """
    words = filters.words.strip()
    question = rules.asked(words)
    source = _source(filters, question)
    conditions = _conditions(filters, source, only_signs=bool(words) and not question)
    after = [AFTER_DATE if filters.late else f"{source.number} < :before"] if before else []
    where = " AND ".join([*conditions, *after])
    found = await read(
        due_row_of if filters.late else row_of,
        _late(source, where, limit + 1) if filters.late else _newest(source, where, limit + 1),
        quick=not words,  # words alone make it read more than it shows
        **{"stage": filters.stage, "owner": filters.owner, "severity": filters.severity},
        **{"platform": filters.platform, "theme": filters.theme, "now": now, "before": before},
        **(await forgotten.values(now) if filters.forgotten else {}),
        **searches.values(question),
    )
    if filters.late:
        found.sort(key=soonest_first)
    return CasePage(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _source(filters: CaseFilters, question: Question) -> Source:
    """What the engine had best begin with: the words, else the theme, unless the order is another one."""
    if question:
        return searches.source(question)
    return OF_THEME[bound().engine_type] if filters.theme and not filters.late else ALL


def _conditions(filters: CaseFilters, source: Source, *, only_signs: bool) -> list[str]:
    """Texts of ours that name the values; strangers' words are values. Signs alone are nobody's words."""
    conditions = (
        (isinstance(filters.stage, Stage), "c.stage = :stage"),
        (filters.stage == "open" and not filters.late, OPEN),
        (filters.owner == "nobody", "c.owner IS NULL"),
        (isinstance(filters.owner, UUID), "c.owner = :owner"),
        (filters.severity is not None, "c.severity = :severity"),
        (filters.platform is not None, "c.platform = :platform"),
        (filters.forgotten, f"c.id IN ({FORGOTTEN})"),
        (source is not ALL, source.condition),
        (filters.theme is not None and source not in OF_THEME.values(), HAS_THEME),
        (only_signs, "1 = 0"),
    )
    return [condition for asked, condition in conditions if asked]


def _newest(source: Source, where: str, limit: int) -> str:
    return (
        f"SELECT {COLUMNS} FROM {source.tables} {JOINS} "
        f"WHERE {where or '1 = 1'} ORDER BY {source.number} DESC LIMIT {limit}"
    )


def _late(source: Source, where: str, limit: int) -> str:
    """What Today shows as overdue: on a case that is snoozed or closed, what goes on nevertheless."""
    found = due_cases.due(OVERDUE, mine=False, limit=limit, tables=source.tables, where=where)
    return f"WITH {due_cases.asked(mine=False, when=OVERDUE)} {due_rows.select(found, mine=False)}"
