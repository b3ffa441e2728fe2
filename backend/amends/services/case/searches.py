"""Search index of cases: its writing, and the excerpts of what was found."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Literal
from uuid import UUID

import msgspec

from amends.database import bound, run, run_with_rows
from amends.rules.case import searches as rules
from amends.rules.case.searches import Excerpt, Question

MOST_CHARACTERS = 250_000
"""Of one case's words; PostgreSQL refuses an index entry of more than a megabyte."""

REMEMBER = """
INSERT INTO case_words (number, words)
SELECT c.number, CAST(c.number AS TEXT) || ' ' || CAST(:words AS TEXT)
FROM case_file AS c WHERE c.id = :case_id
ON CONFLICT (number) DO UPDATE
SET words = RTRIM(SUBSTR(case_words.words || ' ' || CAST(:words AS TEXT), 1, :most))
"""


async def remember(case_id: UUID, words: str) -> None:
    """Step: from now on the case is found by these words too, as `rules.case.searches` gives them."""
    if words:
        await run(REMEMBER, case_id=case_id, words=words[:MOST_CHARACTERS].rstrip(), most=MOST_CHARACTERS)


TAKE_OVER = """
UPDATE case_words SET words = RTRIM(SUBSTR(
    words || ' ' || (SELECT other.words FROM case_words AS other WHERE other.number = :joined), 1, :most))
WHERE number = :kept AND EXISTS (SELECT 1 FROM case_words AS other WHERE other.number = :joined)
"""


async def take_over(kept: int, joined: int) -> None:
    """Step: the kept case is found by the words of the one that was joined to it, too."""
    await run(TAKE_OVER, kept=kept, joined=joined, most=MOST_CHARACTERS)


RECENT = 2_000
"""So many of the newest cases are read word for word before the index is asked. That one brings all that have
a word, be it in every second case, before it gives the newest."""
ENOUGH = 100
"""A word that so many of the newest cases have is common: counted, they are read word for word, too."""
ABOVE_ALL = 2**31 - 1
"""Above every number of a case."""


class Source(msgspec.Struct, frozen=True):
    """How an engine is asked which cases have all the words: after FROM, in WHERE, and the case's number."""

    tables: str
    condition: str
    number: str


HAS_WORDS = """array_to_tsvector(string_to_array(words, ' ')) @@ CAST(:sought AS tsquery)
    AND CASE WHEN number < 0 THEN to_tsvector('simple', words) IS NULL ELSE TRUE END"""
"""For PostgreSQL, which takes cutting a case's words for as cheap as adding two numbers, and would cut those
of some thousand cases (15 µs each) rather than ask the index. The second half is always true and is never
computed; its price, of a hundred such steps, is counted for each row that no index has chosen."""
SOURCES = {
    "sqlite": Source(
        # CROSS JOIN: SQLite begins with what was found, which the index gives in the order of the numbers
        tables="case_search CROSS JOIN case_file AS c ON c.number = case_search.rowid",
        condition="case_search MATCH :sought",
        number="case_search.rowid",
    ),
    "postgres": Source(
        # materialized and lateral: PostgreSQL guesses that many cases have the words, and would read them all
        tables=f"""(WITH found AS MATERIALIZED (SELECT number FROM case_words WHERE {HAS_WORDS})
            SELECT number FROM found) AS w CROSS JOIN LATERAL
            (SELECT * FROM case_file AS k WHERE k.number = w.number OFFSET 0) AS c""",
        condition="w.number IS NOT NULL",
        number="w.number",
    ),
}


NEWEST = {
    "sqlite": """SELECT rowid AS number FROM case_search WHERE case_search MATCH :sought
        ORDER BY number DESC LIMIT {most}""",
    # materialized: PostgreSQL would else go through the cases from the newest on
    "postgres": f"""WITH found AS MATERIALIZED (SELECT number FROM case_words WHERE {HAS_WORDS})
        SELECT number FROM found ORDER BY number DESC LIMIT {{most}}""",
}


def newest(most: int) -> str:
    """The numbers of the newest cases that have all the words of a question without phrases.

    `values` gives the rest.
    """
    return NEWEST[bound().engine_type].format(most=most)


PHRASE = """
EXISTS (SELECT 1 FROM case_words AS said WHERE said.number = {number}
AND ' ' || said.words || ' ' LIKE :phrase_{place})
"""
"""Asked of those alone that have all the words of the phrase."""


def latest(question: Question) -> Source:
    """What has all the words among the newest cases below the number `:below`; `values` gives the rest."""
    join = "CROSS JOIN" if bound().engine_type == "sqlite" else "JOIN"
    newest = "(SELECT MAX(number) FROM case_words WHERE number < :below)"
    return Source(
        tables=f"case_words AS w {join} case_file AS c ON c.number = w.number",
        condition=f"w.number < :below AND w.number > {newest} - {RECENT} AND {said(question)}",
        number="w.number",
    )


def said(question: Question) -> str:
    """The condition that the words `w.words` of a case are all those of the question."""
    numbers = (
        f"({_said(f'phone_{place}')} OR "
        f"({' AND '.join(_said(f'plain_{place}_{nth}') for nth in range(len(number.plain)))}))"
        for place, number in enumerate(question.numbers)
    )
    words = (_said(f"word_{place}") for place in range(len(question.words)))
    phrases = (_said(f"phrase_{place}") for place in range(len(question.phrases)))
    return " AND ".join((*words, *numbers, *phrases))


def _said(name: str) -> str:
    return f"' ' || w.words || ' ' LIKE :{name}"


def source(question: Question) -> Source:
    """The one of the engine at hand, for this question; `values` gives what its texts name."""
    of_engine = SOURCES[bound().engine_type]
    phrases = (PHRASE.format(number=of_engine.number, place=place) for place in range(len(question.phrases)))
    return msgspec.structs.replace(of_engine, condition=" AND ".join((of_engine.condition, *phrases)))


def values(question: Question) -> dict[str, Any]:
    """The values by which `source` asks; nothing but letters, digits, emoji and spaces are in a phrase."""
    phrases = {f"phrase_{place}": f"%{phrase}%" for place, phrase in enumerate(question.phrases)}
    words = {f"word_{place}": _like(word, question) for place, word in enumerate(question.words)}
    phones = {
        f"phone_{place}": _like(number.phone, question) for place, number in enumerate(question.numbers)
    }
    plain = {
        f"plain_{place}_{nth}": _like(word, question)
        for place, number in enumerate(question.numbers)
        for nth, word in enumerate(number.plain)
    }
    return {"sought": _sought(question), "below": ABOVE_ALL, **phrases, **words, **phones, **plain}


def _like(word: str, question: Question) -> str:
    """The pattern of a word; it has no sign that LIKE knows."""
    return f"% {word}{' ' if _is_whole(word, question) else ''}%"


def _is_whole(word: str, question: Question) -> bool:
    return word in question.whole or rules.is_whole(word)


def _sought(question: Question) -> str:
    """The question in the engine's own language; a word has no sign that it knows."""
    is_sqlite = bound().engine_type == "sqlite"
    both, either = ("AND", "OR") if is_sqlite else ("&", "|")
    term = partial(_term, question=question)
    numbers = (
        f"({term(number.phone)} {either} ({f' {both} '.join(map(term, number.plain))}))"
        for number in question.numbers
    )
    return f" {both} ".join((*map(term, question.words), *numbers))


def _term(word: str, question: Question) -> str:
    whole = _is_whole(word, question)
    if bound().engine_type == "sqlite":
        return f'"{word}"{"" if whole else "*"}'
    return f"'{word}'{'' if whole else ':*'}"


Place = Literal["post", "author", "timeline"]


class Found(msgspec.Struct, frozen=True):
    """Where the words of a question stand in a case."""

    place: Place
    excerpt: Excerpt


TEXTS = """
SELECT post."case" AS case_id, 'post' AS place,
capture.title || ' ' || capture.text || ' ' || capture.quoted AS words
FROM post JOIN capture ON capture.post = post.id WHERE post."case" IN (VALUES :rows)
"""
AUTHORS = """
SELECT c.id AS case_id, 'author' AS place,
author.name || ' ' || author.handle AS words
FROM case_file AS c JOIN author ON author.id = c.author WHERE c.id IN (VALUES :rows)
"""
ENTRIES = """
SELECT e."case" AS case_id, 'timeline' AS place, p.body AS words
FROM entry AS e JOIN particulars AS p ON p.entry = e.id WHERE e."case" IN (VALUES :rows) AND p.body <> '{}'
"""


async def found_in(case_ids: Iterable[UUID], typed: str) -> dict[UUID, Found]:
    """Where most of what was looked for stands, for each case of one page of a list."""
    question, ids = rules.asked(typed), [[case_id] for case_id in case_ids]
    best: dict[UUID, Found] = {}
    if not (question and ids):
        return best
    for statement in (TEXTS, AUTHORS, ENTRIES):
        for row in await run_with_rows(statement, ids, types=("uuid",)):
            found = _found(row, question)
            known = best.get(row["case_id"])
            if found and (known is None or found.excerpt.words > known.excerpt.words):
                best[row["case_id"]] = found
    return best


def _found(row: Mapping[str, Any], question: Question) -> Found | None:
    text = row["words"] or ""
    if row["place"] == "timeline" and text:
        text = " ".join(rules.said_in(msgspec.json.decode(text)))
    excerpt = rules.excerpt(text, question)
    return Found(row["place"], excerpt) if excerpt else None
