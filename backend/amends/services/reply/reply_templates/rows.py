"""Lists of reply templates with the outcomes of their cases."""

# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends.database import GIVEN, Selected, columns_of, converter, instant, read, run, run_with_rows
from amends.rules.reply.reply_templates import Record
from amends.rules.vocabulary import Language, Occasion, Outcome, Stance, Tone
from amends.services.reply.reply_templates.commands import unknown


class Uses(msgspec.Struct, frozen=True, kw_only=True):
    """On how many cases it was used, and how those ended that are closed."""

    cases: int = 0
    won_back: int = 0
    settled: int = 0
    lost: int = 0
    otherwise: int = 0


class TemplateRow(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One prepared reply as the library shows it."""

    id: UUID
    title: str
    text: str
    language: Language
    stance: Stance
    occasion: Occasion
    tone: Tone
    source: str
    changed_at: datetime
    archived: Annotated[bool, Selected("t.archived_at IS NOT NULL")]
    uses: Annotated[Uses, GIVEN] = Uses()
    record: Annotated[Record, GIVEN] = Record()


row_of = converter(TemplateRow)


class TemplateFilters(msgspec.Struct, frozen=True, kw_only=True):
    """Which prepared replies are asked for; what is absent does not narrow."""

    language: Language | None = None
    stance: Stance | None = None
    occasion: Occasion | None = None
    tone: Tone | None = None
    source: str = ""
    archived: bool = False
    words: str = ""


class TemplatePage(msgspec.Struct, frozen=True):
    """Some prepared replies and the key of the page after them."""

    rows: list[TemplateRow]
    next_after: UUID | None


COLUMNS = columns_of(TemplateRow, table="t")

USED = """
SELECT u.template, c.outcome, COUNT(*) AS cases
FROM reply_use AS u JOIN case_file AS c ON c.id = u."case"
WHERE u.template IN (VALUES :rows) GROUP BY u.template, c.outcome
"""


LATELY = 1000
"""Uses of templates whose outcomes count when one is chosen: the newest."""

USED_LATELY = f"""(SELECT template, "case", used_at FROM reply_use ORDER BY used_at DESC LIMIT {LATELY}) AS u
JOIN case_file AS c ON c.id = u."case"
"""
RECORDS = f"""
SELECT u.template, {{last_used}},
  COUNT(CASE WHEN c.outcome IN ('won_back', 'settled') THEN 1 END) AS well,
  COUNT(CASE WHEN c.outcome = 'lost' THEN 1 END) AS badly, COUNT(*) AS uses
FROM {USED_LATELY} GROUP BY u.template
"""
ON_THEME = f"""
SELECT u.template, theme.name, COUNT(*) AS theme_cases,
  COUNT(CASE WHEN c.outcome IN ('won_back', 'settled') THEN 1 END) AS on_theme
FROM {USED_LATELY} JOIN case_theme AS theirs ON theirs.number = c.number AND theirs.given
JOIN case_theme AS ours ON ours.theme = theirs.theme AND ours.given AND ours.number = :number
JOIN theme ON theme.id = theirs.theme
WHERE c.outcome IN ('won_back', 'settled', 'lost') GROUP BY u.template, theme.name
ORDER BY on_theme, theme_cases, theme.name DESC
"""
"""What became of the cases that share a theme with the case at hand; the best theme of a template last."""


async def find(template_id: UUID) -> TemplateRow:
    """One prepared reply, archived or not. Raises TemplateUnknown."""
    rows = await run(f"SELECT {COLUMNS} FROM reply_template AS t WHERE t.id = :id", id=template_id)
    if not rows:
        raise unknown()
    return (await _with_uses([row_of(rows[0])]))[0]


async def page(filters: TemplateFilters, *, after: UUID | None = None, limit: int = 50) -> TemplatePage:
    """The prepared replies that fit, by name; `after` is the last one of the page before."""
    words = filters.words.strip()
    where = " AND ".join([*_conditions(filters, words), *([AFTER] if after else [])])
    given: dict[str, Any] = msgspec.structs.asdict(filters) | {"words": _pattern(words), "after": after}
    found = await read(
        row_of,
        f"SELECT {COLUMNS} FROM reply_template AS t WHERE {where} ORDER BY t.title, t.id LIMIT {limit + 1}",
        **given,
    )
    next_after = found[limit - 1].id if len(found) > limit else None
    return TemplatePage(await _with_uses(found[:limit]), next_after)


async def offered(language: Language, occasion: Occasion, *, number: int) -> list[TemplateRow]:
    """Every prepared reply in use in one language for one occasion, with its record, for the case."""
    found = await read(
        row_of,
        f"SELECT {COLUMNS} FROM reply_template AS t WHERE t.archived_at IS NULL"
        " AND t.language = :language AND t.occasion = :occasion ORDER BY t.title, t.id LIMIT 500",
        language=language,
        occasion=occasion,
    )
    records = await _records(number) if found else {}
    return [msgspec.structs.replace(row, record=records.get(row.id, Record())) for row in found]


async def every() -> list[TemplateRow]:
    """The whole library, for a table."""
    found = await read(row_of, f"SELECT {COLUMNS} FROM reply_template AS t ORDER BY t.title, t.id")
    return await _with_uses(found)


AFTER = "(t.title, t.id) > (SELECT k.title, k.id FROM reply_template AS k WHERE k.id = :after)"


def _conditions(filters: TemplateFilters, words: str) -> list[str]:
    """Texts of ours that name the values."""
    conditions = (
        (True, "t.archived_at IS NOT NULL" if filters.archived else "t.archived_at IS NULL"),
        (filters.language is not None, "t.language = :language"),
        (filters.stance is not None, "t.stance = :stance"),
        (filters.occasion is not None, "t.occasion = :occasion"),
        (filters.tone is not None, "t.tone = :tone"),
        (bool(filters.source), "t.source = :source"),
        (bool(words), "LOWER(t.title || ' ' || t.text) LIKE LOWER(:words) ESCAPE '\\'"),
    )
    return [condition for asked, condition in conditions if asked]


def _pattern(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


async def _with_uses(rows: list[TemplateRow]) -> list[TemplateRow]:
    """The same, with what became of the cases on which each was used."""
    if not rows:
        return rows
    ended: dict[UUID, dict[str, int]] = {}
    for found in await run_with_rows(USED, [(row.id,) for row in rows], types=("uuid",)):
        ended.setdefault(found["template"], {})[found["outcome"] or ""] = found["cases"]
    return [msgspec.structs.replace(row, uses=_uses(ended.get(row.id, {}))) for row in rows]


async def _records(number: int) -> dict[UUID, Record]:
    themes = {
        row["template"]: {
            "on_theme": row["on_theme"],
            "theme": row["name"],
            "theme_cases": row["theme_cases"],
        }
        for row in await run(ON_THEME, number=number)
        if row["on_theme"]
    }
    known = RECORDS.format(last_used=instant("MAX(u.used_at)", "last_used"))
    return {
        row["template"]: Record(
            **{name: row[name] for name in ("well", "badly", "uses", "last_used")},
            **themes.get(row["template"], {}),
        )
        for row in await run(known)
    }


def _uses(cases: Mapping[str, int]) -> Uses:
    known = (Outcome.WON_BACK, Outcome.SETTLED, Outcome.LOST)
    return Uses(
        cases=sum(cases.values()),
        otherwise=sum(count for outcome, count in cases.items() if outcome not in ("", *known)),
        **{outcome.value: cases.get(outcome, 0) for outcome in known},
    )
