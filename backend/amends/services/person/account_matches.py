"""Account matches: other accounts that may be the same person, with reasons."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.database import run, run_with_rows
from amends.rules.case import searches as search_rules
from amends.rules.case.searches import Question, asked_for, last_word
from amends.rules.person import matching as rules
from amends.rules.person.matching import Likeness, Reason, Trace
from amends.services.case import searches
from amends.services.person import author_pairs

MOST = 20
"""Accounts that one way of looking may bring; a name that hundreds have tells nothing."""
SHOWN = 5
TEXTS = 5
READ = 20
"""The newest cases of an account, from which its texts and followers are taken."""
TELLING = 6
"""Words of a text by which the same text is looked for: the longest, since those are seldom."""


class Suspect(msgspec.Struct, frozen=True, kw_only=True):
    """An account that may be this person's too."""

    author: UUID
    name: str
    handle: str
    platform: str
    likeness: Likeness


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One account with its trace."""

    author: UUID
    name: str
    handle: str
    platform: str
    trace: Trace


async def of(author: UUID) -> list[Suspect]:
    """The likeliest first; none that was joined already or about whom somebody has decided."""
    mine = await author_pairs.group_of(author)
    own = await _known(mine)
    decided = {pair.other for pair in await author_pairs.decided(author)}
    wanted = {found for one in own for found in await _candidates(one)} - set(mine) - decided
    found = [_suspect(other, own) for other in await _known(sorted(wanted, key=str))]
    likely = [one for one in found if one is not None]
    return sorted(likely, key=lambda one: -one.likeness.share)[:SHOWN]


def _suspect(other: Known, own: Iterable[Known]) -> Suspect | None:
    compared = (rules.likeness(one.trace, other.trace) for one in own)
    likely = [found for found in compared if found is not None]
    if not likely:
        return None
    best = max(likely, key=lambda found: found.share)
    return Suspect(
        author=other.author,
        name=other.name,
        handle=other.handle,
        platform=other.platform,
        likeness=best,
    )


async def reasons(author: UUID, other: UUID) -> tuple[Reason, ...]:
    """Why an account is suspected to be this person's, as a member sees it; none where it is not."""
    found = next((one for one in await of(author) if one.author == other), None)
    return found.likeness.reasons if found else ()


async def _candidates(one: Known) -> set[UUID]:
    """Accounts worth comparing: with the same name, the same words, the same link, or come after a block."""
    named = (one.handle, one.name, *rules.links_of(one.trace.texts))
    questions = {asked_for(search_rules.words_of(words).split()) for words in named}
    questions |= {asked_for(telling(text), cut=last_word(text)) for text in one.trace.texts}
    found = {author for question in questions for author in await _by_words(question)}
    return found | await _around_blocks(one.trace)


def telling(text: str) -> tuple[str, ...]:
    """The words by which the same text is found elsewhere; none when it says too little for that.

    Without the last one of the text, which may have been cut: as the beginning of a word it would make the
    index bring whatever begins so, be it in every second case.
    """
    longest = sorted(search_rules.words_of(text).split(), key=len, reverse=True)[:TELLING]
    cut = last_word(text)
    return tuple(word for word in longest if word != cut) if len(longest) == TELLING else ()


async def _by_words(wanted: Question) -> list[UUID]:
    if not wanted:
        return []
    source = searches.source(wanted)
    statement = (
        f"SELECT c.author FROM {source.tables} WHERE {source.condition} AND c.author IS NOT NULL "
        f"ORDER BY {source.number} DESC LIMIT {MOST}"
    )
    return [row["author"] for row in await run(statement, quick=False, **searches.values(wanted))]


BLOCKED_BEFORE = f"""
SELECT author FROM case_file WHERE stage = 'closed' AND outcome = 'blocked' AND author IS NOT NULL
AND closed_at BETWEEN :begin AND :end ORDER BY closed_at DESC LIMIT {MOST}
"""
CAME_AFTER = f"""
SELECT id AS author FROM author WHERE first_seen_at BETWEEN :begin AND :end
ORDER BY first_seen_at LIMIT {MOST}
"""


async def _around_blocks(trace: Trace) -> set[UUID]:
    begin = trace.first_seen_at - rules.SOON_AFTER
    rows = list(await run(BLOCKED_BEFORE, begin=begin, end=trace.first_seen_at))
    if trace.blocked_at:
        end = trace.blocked_at + rules.SOON_AFTER
        rows += await run(CAME_AFTER, begin=trace.blocked_at, end=end)
    return {row["author"] for row in rows}


AUTHORS = """
SELECT a.id, a.name, a.handle, a.platform, a.first_seen_at,
(SELECT c.closed_at FROM case_file AS c WHERE c.author = a.id AND c.outcome = 'blocked'
    ORDER BY c.closed_at DESC LIMIT 1) AS blocked_at
FROM author AS a WHERE a.id IN (VALUES :rows)
"""
FIRST_READ = f"""COALESCE((SELECT k.number FROM case_file AS k WHERE k.author = a.id
    ORDER BY k.number DESC LIMIT 1 OFFSET {READ - 1}), 0)"""
SAID = f"""
SELECT c.author, capture.text, CAST(capture.metrics AS TEXT) AS metrics
FROM author AS a JOIN case_file AS c ON c.author = a.id AND c.number >= {FIRST_READ}
JOIN post ON post."case" = c.id JOIN capture ON capture.post = post.id
WHERE a.id IN (VALUES :rows) ORDER BY capture.received_at DESC
"""


async def _known(authors: Iterable[UUID]) -> list[Known]:
    ids = [[author] for author in authors]
    if not ids:
        return []
    said: dict[UUID, list[Mapping[str, Any]]] = {}
    for row in await run_with_rows(SAID, ids, types=("uuid",)):
        said.setdefault(row["author"], []).append(row)
    return [_of(row, said.get(row["id"], [])) for row in await run_with_rows(AUTHORS, ids, types=("uuid",))]


def _of(row: Mapping[str, Any], said: list[Mapping[str, Any]]) -> Known:
    followers = (json.loads(one["metrics"] or "{}").get("followers") for one in said)
    trace = Trace(
        handle=row["handle"],
        name=row["name"],
        texts=tuple(one["text"] for one in said[:TEXTS] if one["text"]),
        first_seen_at=_instant(row["first_seen_at"]),
        blocked_at=_instant(row["blocked_at"]) if row["blocked_at"] else None,
        followers=next((count for count in followers if count is not None), None),
    )
    return Known(
        author=row["id"],
        name=row["name"],
        handle=row["handle"],
        platform=row["platform"],
        trace=trace,
    )


def _instant(value: datetime | str) -> datetime:
    """SQLite does not know the type of what a subquery gives."""
    return datetime.fromisoformat(value) if isinstance(value, str) else value
