"""Which cases are there? One line each, by an index, paged by key."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from piccolo.columns import Column
from piccolo.columns.combination import WhereRaw
from piccolo.custom_types import Combinable

from amends import tables
from amends.rules.vocabulary import FollowUpKind, Outcome, Platform, Severity, Stage
from amends.services.names import Name


class CaseRow(msgspec.Struct, frozen=True, kw_only=True):
    """One case as lists show it."""

    id: UUID
    number: int
    title: str
    stage: Stage
    outcome: Outcome | None
    severity: Severity | None
    platform: Platform
    lang: str
    author_name: str
    author_handle: str
    owner: Name | None
    due_at: datetime | None
    due_kind: FollowUpKind | None
    snoozed_until: datetime | None
    opened_at: datetime
    moved_at: datetime
    came_back_at: datetime | None
    public_replies: int


class CaseFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases are asked for; what is absent does not narrow."""

    stage: Stage | Literal["open", "all"] = "open"
    owner: UUID | Literal["nobody"] | None = None
    severity: Severity | None = None
    platform: Platform | None = None
    late: bool = False
    words: str = ""


class CasePage(msgspec.Struct, frozen=True):
    """Some cases and the key of the page after them."""

    rows: list[CaseRow]
    next_before: int | None


def columns() -> list[Column]:
    """What one CaseRow needs, joins included."""
    case = tables.Case
    return [
        case.id,
        case.number,
        case.title,
        case.stage,
        case.outcome,
        case.severity,
        case.platform,
        case.lang,
        case.author.name.as_alias("author_name"),
        case.author.handle.as_alias("author_handle"),
        case.owner,
        case.owner.name.as_alias("owner_name"),
        case.due_at,
        case.due_kind,
        case.snoozed_until,
        case.opened_at,
        case.moved_at,
        case.came_back_at,
        case.public_replies,
    ]


def row_of(row: dict[str, Any]) -> CaseRow:
    """A row of the database as lists show it."""
    return CaseRow(
        id=row["id"],
        number=row["number"],
        title=row["title"],
        stage=Stage(row["stage"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        severity=Severity(row["severity"]) if row["severity"] else None,
        platform=Platform(row["platform"]),
        lang=row["lang"],
        author_name=row["author_name"] or "",
        author_handle=row["author_handle"] or "",
        owner=Name(row["owner"], row["owner_name"]) if row["owner"] else None,
        due_at=row["due_at"],
        due_kind=FollowUpKind(row["due_kind"]) if row["due_kind"] else None,
        snoozed_until=row["snoozed_until"],
        opened_at=row["opened_at"],
        moved_at=row["moved_at"],
        came_back_at=row["came_back_at"],
        public_replies=row["public_replies"],
    )


async def rows_of(case_ids: Sequence[UUID]) -> dict[UUID, CaseRow]:
    """The rows of these cases, by id."""
    if not case_ids:
        return {}
    found = await tables.Case.select(*columns()).where(tables.Case.id.is_in(list(case_ids)))
    return {row["id"]: row_of(row) for row in found}


async def page(
    filters: CaseFilters, *, now: datetime, before: int | None = None, limit: int = 50
) -> CasePage:
    """The cases that fit, newest first; late ones the latest first.

    `before` is the number of the last case of the page before this one.
    """
    query = tables.Case.select(*columns())
    for condition in _conditions(filters, now):
        query = query.where(condition)
    if before is not None:
        query = query.where(_after_key(before, late=filters.late))
    if filters.late:
        query = query.order_by(tables.Case.due_at).order_by(tables.Case.number)
    else:
        query = query.order_by(tables.Case.number, ascending=False)
    found = [row_of(row) for row in await query.limit(limit + 1)]
    return CasePage(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _conditions(filters: CaseFilters, now: datetime) -> list[Combinable]:
    case = tables.Case
    words = filters.words.strip()
    conditions = (
        (filters.stage != "all" or filters.late, _in_stage(filters)),
        (filters.owner is not None, _owned(filters)),
        (filters.severity is not None, case.severity == filters.severity),
        (filters.platform is not None, case.platform == filters.platform),
        (filters.late, case.due_at < now),
        (bool(words), _has_words(words)),
    )
    return [condition for asked, condition in conditions if asked]


def _in_stage(filters: CaseFilters) -> Combinable:
    if isinstance(filters.stage, Stage):
        return tables.Case.stage == filters.stage
    return WhereRaw("case_file.stage <> 'closed'")  # so written, PostgreSQL knows its partial indexes


def _owned(filters: CaseFilters) -> Combinable:
    if filters.owner == "nobody":
        return tables.Case.owner.is_null()
    return tables.Case.owner == filters.owner


def _has_words(words: str) -> Combinable:
    number = words.removeprefix("#")
    if number.isascii() and number.isdigit() and len(number) < 10:
        return tables.Case.number == int(number)
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return WhereRaw("LOWER(case_file.title) LIKE LOWER({}) ESCAPE '\\'", f"%{escaped}%")


def _after_key(before: int, *, late: bool) -> Combinable:
    if not late:
        return tables.Case.number < before
    return WhereRaw(
        "(case_file.due_at, case_file.number) > "
        "(SELECT k.due_at, k.number FROM case_file k WHERE k.number = {})",
        before,
    )
