"""Post copies: cases whose post may be the one that another case holds; a member decides, and merges them."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from amends.database import run, run_with_rows
from amends.rules.case.searches import asked_for, last_word
from amends.rules.person import post_copies as rules
from amends.rules.person.post_copies import Sight
from amends.rules.vocabulary import Outcome
from amends.services.case import searches
from amends.services.desk.cases.rows import COLUMNS, JOINS, CaseRow, row_of

LOOKED_AT = 100
"""Other cases with the same words that are looked at, the latest first: a flood of one text stays quick."""
COMPARED = 20
"""Of these, cases that are compared."""

SIGHTS = """
SELECT c.id AS case_id, c.platform, COALESCE(post.external_id, '') AS number,
    COALESCE(author.name, '') AS name, capture.text, capture.url
FROM case_file AS c LEFT JOIN author ON author.id = c.author
JOIN post ON post."case" = c.id JOIN capture ON capture.post = post.id
"""
OF_NUMBER = f"{SIGHTS} WHERE c.number = :number"
OF_CASES = f"{SIGHTS} WHERE c.id IN (VALUES :rows)"


ONE = f"SELECT {COLUMNS} FROM case_file AS c {JOINS} WHERE c.id = :case_id"


async def of(number: int) -> list[CaseRow]:
    """The cases that may hold the same post as this one, the latest first; none for an unknown number."""
    mine = [_sight(row) for row in await run(OF_NUMBER, number=number)]
    found: set[UUID] = set()
    asked = dict.fromkeys(
        (rules.looked_for(one), last_word(one.text), one.platform, bool(one.number)) for one in mine
    )
    for words, cut, platform, numbered in asked:
        found |= await _with_words(words, cut, number=number, platform=platform, numbered=numbered)
    alike = {
        other
        for other, theirs in await _sights(found)
        if any(rules.may_be_one(sight, theirs) for sight in mine)
    }
    rows = [row for other in alike for row in await run(ONE, case_id=other)]
    return sorted((row_of(row) for row in rows), key=lambda row: -row.number)


WITHOUT_NUMBER = """(
    SELECT MIN(COALESCE(other.external_id, '')) FROM post AS other WHERE other."case" = c.id) = ''"""
"""Two numbers are two posts: one with a number may only be one that was captured without.

The least number, and not EXISTS, for which PostgreSQL may read all posts without one, once for each case.
"""


async def _with_words(
    words: tuple[str, ...], cut: str, *, number: int, platform: str, numbered: bool
) -> set[UUID]:
    """Cases of the platform in which all these words are; few are alike, so only their ids.

    `numbered` when the site numbers the post that is looked for.
    """
    question = asked_for(words, cut=cut)
    if not question:
        return set()
    found = await run(
        f"SELECT c.id FROM ({searches.newest(LOOKED_AT + 1)}) AS w "
        f"JOIN case_file AS c ON c.number = w.number WHERE c.number <> :number AND c.platform = :platform "
        f"AND (c.outcome IS NULL OR c.outcome <> :merged) "
        f"{f'AND {WITHOUT_NUMBER} ' if numbered else ''}ORDER BY w.number DESC LIMIT {COMPARED}",
        **searches.values(question),
        number=number,
        platform=platform,
        merged=Outcome.DUPLICATE,
        quick=False,
    )
    return {UUID(str(row["id"])) for row in found}


async def _sights(cases: Iterable[UUID]) -> list[tuple[UUID, Sight]]:
    ids = [[case_id] for case_id in cases]
    found = await run_with_rows(OF_CASES, ids, types=("uuid",)) if ids else []
    return [(UUID(str(row["case_id"])), _sight(row)) for row in found]


def _sight(row: Mapping[str, Any]) -> Sight:
    number = rules.number_of(row["number"])
    return Sight(platform=row["platform"], number=number, name=row["name"], text=row["text"], url=row["url"])
