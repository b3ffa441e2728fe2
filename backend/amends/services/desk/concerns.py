"""Shared concerns: what several people have written about lately, and is perhaps a problem (P74)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.case.platforms import is_platform_name
from amends.rules.desk import problems as rules
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of
from amends.services.team.members import Act

MOST_ASKED = 20
"""Questions asked at once; what more people write about comes first."""
MOST_SHOWN = 3
"""Posts beside a question."""

LATELY = "c.opened_at > :since AND c.duplicate_of IS NULL AND (c.outcome IS NULL OR c.outcome <> 'not_ours')"
"""A case that counts for a concern: what is not ours, and a second report of the same, is none."""
WHO = "COALESCE(author.person, author.id)"
"""Who wrote a case; NULL, and so never counted, where nobody knows."""
OF_THEME = "c.number IN (SELECT number FROM case_theme WHERE theme = :scope_id)"
OF_TEXT = (
    "c.number IN (SELECT t.number FROM case_text AS t JOIN near_text AS n ON n.id = t.text "
    "WHERE n.text_group = :scope_id)"
)
SCOPES = {"theme": OF_THEME, "text": OF_TEXT}


class ConcernUnknown(NotFound):
    "Nobody writes about this any more."


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """What several people wrote about: a theme or one text, how many lately, and their newest posts."""

    scope: str
    theme: UUID | None
    people: int
    cases: int
    newest: tuple[CaseRow, ...]


def condition(scope: str) -> tuple[str, UUID]:
    """The cases `c` of a scope in SQL, and the value of `:scope_id`. Raises ConcernUnknown."""
    kind, _colon, scope_id = scope.partition(":")
    try:
        return SCOPES[kind], UUID(scope_id)
    except (KeyError, ValueError):
        raise ConcernUnknown(_("Nobody writes about this any more. Go back to Problems.")) from None


def posts_of(scope: str) -> tuple[str, dict[str, Any]]:
    """The same, also of "all" or of "platform:" with a name, and its values. Raises ConcernUnknown."""
    kind, _colon, value = scope.partition(":")
    if scope == "all":
        return "c.number > 0", {}
    if kind == "platform" and is_platform_name(value):
        return "c.platform = :platform", {"platform": value}
    where, scope_id = condition(scope)
    return where, {"scope_id": scope_id}


ASKED = """
SELECT k.scope, k.people, k.cases, k.dismissed_people FROM concern AS k
WHERE NOT EXISTS (SELECT 1 FROM problem AS p WHERE p.scope = k.scope AND p.state <> 'dropped')
ORDER BY k.people DESC, k.latest DESC LIMIT 200
"""


async def asked(*, now: datetime) -> list[Concern]:
    """The concerns of which somebody should say whether they are a problem, those of most people first."""
    rows = await _asked_rows()
    return [
        Concern(
            scope=row["scope"],
            theme=condition(row["scope"])[1] if row["scope"].startswith("theme:") else None,
            people=row["people"],
            cases=row["cases"],
            newest=tuple(await cases_of(row["scope"], since=now - rules.WITHIN, most=MOST_SHOWN)),
        )
        for row in rows[:MOST_ASKED]
    ]


async def how_many_asked() -> int:
    """How many such questions wait."""
    return len(await _asked_rows())


async def _asked_rows() -> list[dict[str, Any]]:
    rows = await run(ASKED)
    return [
        dict(row) for row in rows if rules.asks_again(row["people"], dismissed_at=row["dismissed_people"])
    ]


async def cases_of(scope: str, *, since: datetime, most: int) -> list[CaseRow]:
    """The cases of a scope that were opened since then, the newest first. Raises ConcernUnknown."""
    where, scope_id = condition(scope)
    text = f"SELECT {COLUMNS} FROM case_file AS c {JOINS} WHERE {LATELY} AND {where} ORDER BY c.number DESC"
    rows = await run(f"{text} LIMIT :most", since=since, scope_id=scope_id, most=most)
    return [row_of(row) for row in rows]


async def people_of(scope: str, *, since: datetime) -> int:
    """How many different people have written about it since then. Raises ConcernUnknown."""
    where, scope_id = condition(scope)
    text = f"SELECT COUNT(DISTINCT {WHO}) AS people FROM case_file AS c {JOINS} WHERE {LATELY} AND {where}"
    [row] = await run(text, since=since, scope_id=scope_id)
    return int(row["people"])


async def dismiss(act: Act, scope: str) -> None:
    """It is no problem; twice as many people ask the question again. Raises ConcernUnknown."""
    condition(scope)
    async with transaction():
        await settle(scope, now=act.now)


async def settle(scope: str, *, now: datetime) -> None:
    """Step: with so many people as now, this is no problem."""
    table = tables.Concern
    await table.update({table.dismissed_at: now, table.dismissed_people: table.people}).where(
        table.scope == scope
    )


async def themes_asked(themes: Sequence[UUID]) -> dict[UUID, int]:
    """How many people wrote about each of these themes, of those of which the question waits."""
    people = {row["scope"]: row["people"] for row in await _asked_rows()}
    return {one: people[f"theme:{one}"] for one in themes if f"theme:{one}" in people}
