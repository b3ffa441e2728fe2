"""Post copies: cases whose post may be the one that another case holds; a member decides, and merges them."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from amends import tables
from amends.database import run, run_with_rows
from amends.rules.case.searches import asked_for, last_word
from amends.rules.person import post_copies as rules
from amends.rules.person.post_copies import Sight
from amends.rules.vocabulary import Outcome
from amends.services.case import searches
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of

COMPARED = 20
"""Cases with the same words that are compared, the latest first."""

SIGHTS = """
SELECT c.id AS case_id, c.platform, COALESCE(post.external_id, '') AS number,
    COALESCE(author.name, '') AS name, capture.text, capture.url
FROM case_file AS c LEFT JOIN author ON author.id = c.author
JOIN post ON post."case" = c.id JOIN capture ON capture.post = post.id
WHERE c.id IN (VALUES :rows)
"""


ONE = f"SELECT {COLUMNS} FROM case_file AS c {JOINS} WHERE c.id = :case_id"


async def of(case: CaseRow) -> list[CaseRow]:
    """The cases that may hold the same post, the latest first."""
    return await _of(case.id, number=case.number, platform=case.platform)


async def of_number(number: int) -> list[CaseRow]:
    """The same by the number of a case; none for a number that no case has."""
    case = tables.Case
    rows = await case.select(case.id, case.platform).where(case.number == number)
    return await _of(rows[0]["id"], number=number, platform=rows[0]["platform"]) if rows else []


async def _of(case_id: UUID, *, number: int, platform: str) -> list[CaseRow]:
    mine = await _sights([case_id])
    found: set[UUID] = set()
    asked = dict.fromkeys((rules.looked_for(one), last_word(one.text), bool(one.number)) for _id, one in mine)
    for words, cut, numbered in asked:
        found |= await _with_words(words, cut, number=number, platform=platform, numbered=numbered)
    alike = {
        other
        for other, theirs in await _sights(found)
        if any(rules.may_be_one(sight, theirs) for _id, sight in mine)
    }
    rows = [row for other in alike for row in await run(ONE, case_id=other)]
    return sorted((row_of(row) for row in rows), key=lambda row: -row.number)


WITHOUT_NUMBER = """EXISTS (
    SELECT 1 FROM post AS other WHERE other."case" = c.id AND COALESCE(other.external_id, '') = '')"""
"""Two numbers are two posts: one with a number may only be one that was captured without."""


async def _with_words(
    words: tuple[str, ...], cut: str, *, number: int, platform: str, numbered: bool
) -> set[UUID]:
    """Cases of the platform in which all these words are; few are alike, so only their ids.

    `numbered` when the site numbers the post that is looked for.
    """
    question = asked_for(words, cut=cut)
    if not question:
        return set()
    source = searches.source(question)
    found = await run(
        f"SELECT c.id FROM {source.tables} WHERE {source.condition} AND c.number <> :number "
        f"AND c.platform = :platform AND (c.outcome IS NULL OR c.outcome <> :merged) "
        f"{f'AND {WITHOUT_NUMBER} ' if numbered else ''}ORDER BY {source.number} DESC LIMIT {COMPARED}",
        **searches.values(question),
        number=number,
        platform=platform,
        merged=Outcome.DUPLICATE,
    )
    return {UUID(str(row["id"])) for row in found}


async def _sights(cases: Iterable[UUID]) -> list[tuple[UUID, Sight]]:
    ids = [[case_id] for case_id in cases]
    found = await run_with_rows(SIGHTS, ids, types=("uuid",), quick=len(ids) == 1) if ids else []
    return [(UUID(str(row["case_id"])), _sight(row)) for row in found]


def _sight(row: Mapping[str, Any]) -> Sight:
    number = rules.number_of(row["number"])
    return Sight(platform=row["platform"], number=number, name=row["name"], text=row["text"], url=row["url"])
