"""Lists of cases: rows by an index, paged by key."""

# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from amends.database import GIVEN, Selected, bound, convert, packed, read, run, unpacked
from amends.rules.case import searches as rules
from amends.rules.vocabulary import FollowUpKind, Outcome, Severity, Stage
from amends.rules.workflow.guards import CaseFacts
from amends.services.case import next_steps, searches
from amends.services.case.next_steps import FactColumns
from amends.services.case.searches import Source
from amends.services.team.names import Name

DRAFTER = """
CASE WHEN c.draft_by IS NULL THEN '' ELSE COALESCE((SELECT name FROM member WHERE id = c.draft_by), '') END"""


class CaseRow(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One case as lists show it; `drafter` and `reader` are names of who wrote and who reads a draft."""

    id: UUID
    number: int
    title: str
    stage: Stage
    outcome: Outcome | None
    severity: Severity | None
    platform: str
    lang: str
    author_name: Annotated[str, Selected("COALESCE(author.name, '')")]
    author_handle: Annotated[str, Selected("COALESCE(author.handle, '')")]
    owner: Name | None
    due_at: datetime | None
    due_kind: FollowUpKind | None
    snoozed_until: datetime | None
    opened_at: datetime
    moved_at: datetime
    came_back_at: datetime | None
    public_replies: int
    drafter: Annotated[str, Selected(DRAFTER)]
    reader: Annotated[str, Selected(f"COALESCE({next_steps.READER}, '')")]
    facts: Annotated[CaseFacts, GIVEN]


def row_of(row: Mapping[str, Any]) -> CaseRow:
    """A case that was selected by `COLUMNS`, as lists show it."""
    return row_from(unpacked(row["listed"], CaseRow, FactColumns))


def row_from(row: Mapping[str, Any]) -> CaseRow:
    """The same from a row with the columns of CaseRow and FactColumns."""
    return convert(row, CaseRow, facts=next_steps.facts_of_row(row))


class CaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are asked for; what is absent does not narrow."""

    stage: Stage | Literal["open", "all"] = "open"
    owner: UUID | Literal["nobody"] | None = None
    severity: Severity | None = None
    platform: str | None = None
    theme: UUID | None = None
    late: bool = False
    words: str = ""


class CasePage(msgspec.Struct, frozen=True):
    """Some cases and the key of the page after them."""

    rows: list[CaseRow]
    next_before: int | None


OPEN = "c.stage <> 'closed'"
"""So written, both engines know their partial indexes."""

COLUMNS = f"{packed(CaseRow, FactColumns, table='c')} AS listed"
"""What one CaseRow needs, of a case `c` with these joins: one column, `listed`."""

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

PLATFORMS = """
WITH RECURSIVE found AS (
    SELECT MIN(platform) AS platform FROM case_file
    UNION ALL
    SELECT (SELECT MIN(c.platform) FROM case_file AS c WHERE c.platform > found.platform) FROM found
    WHERE found.platform IS NOT NULL
) SELECT platform FROM found WHERE platform IS NOT NULL LIMIT 200
"""
"""Each platform once; a SELECT DISTINCT would read the index to its end."""

JOINS = "LEFT JOIN author ON author.id = c.author LEFT JOIN member AS owner ON owner.id = c.owner"


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
    wanted = rules.asked(words)
    source = _source(filters, words=bool(wanted))
    conditions = _conditions(filters, source, only_signs=bool(words) and not wanted)
    where = " AND ".join([*conditions, *([_after_key(source, late=filters.late)] if before else [])])
    order = "c.due_at, c.number" if filters.late else f"{source.number} DESC"
    found = await read(
        row_of,
        f"SELECT {COLUMNS} FROM {source.tables} {JOINS} "
        f"WHERE {where or '1 = 1'} ORDER BY {order} LIMIT {limit + 1}",
        quick=not words,  # words alone make it read more than it shows
        **{"stage": filters.stage, "owner": filters.owner, "severity": filters.severity},
        **{"platform": filters.platform, "theme": filters.theme, "now": now, "before": before},
        sought=searches.sought(wanted),
    )
    return CasePage(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _source(filters: CaseFilters, *, words: bool) -> Source:
    """What the engine had best begin with: the words, else the theme, unless the order is another one."""
    if words:
        return searches.source()
    return OF_THEME[bound().engine_type] if filters.theme and not filters.late else ALL


def _conditions(filters: CaseFilters, source: Source, *, only_signs: bool) -> list[str]:
    """Texts of ours that name the values; strangers' words are values. Signs alone are nobody's words."""
    conditions = (
        (isinstance(filters.stage, Stage), "c.stage = :stage"),
        (filters.stage == "open" or (filters.late and filters.stage == "all"), OPEN),
        (filters.owner == "nobody", "c.owner IS NULL"),
        (isinstance(filters.owner, UUID), "c.owner = :owner"),
        (filters.severity is not None, "c.severity = :severity"),
        (filters.platform is not None, "c.platform = :platform"),
        (filters.late, "c.due_at < :now"),
        (source is not ALL, source.condition),
        (filters.theme is not None and source not in OF_THEME.values(), HAS_THEME),
        (only_signs, "1 = 0"),
    )
    return [condition for asked, condition in conditions if asked]


def _after_key(source: Source, *, late: bool) -> str:
    if not late:
        return f"{source.number} < :before"
    return "(c.due_at, c.number) > (SELECT k.due_at, k.number FROM case_file AS k WHERE k.number = :before)"
