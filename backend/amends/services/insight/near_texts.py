"""Texts that read alike: kept for each case that is counted, and gathered in groups."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from amends import tables
from amends.database import add, run, run_with_rows
from amends.rules.case.near_texts import are_near, bands, digest, normal, says_enough

UNREAD = """
SELECT c.number, COALESCE((
    SELECT capture.text FROM post JOIN capture ON capture.post = post.id
    WHERE post."case" = c.id ORDER BY capture.received_at LIMIT 1
), '') AS text
FROM case_file AS c LEFT JOIN case_text AS t ON t.number = c.number
WHERE c.number IN (VALUES :rows) AND t.number IS NULL
"""
CANDIDATES = """
SELECT n.words, n.text_group FROM (
    SELECT text, COUNT(*) AS shared FROM near_band WHERE hash IN (VALUES :rows)
    GROUP BY text ORDER BY shared DESC, text LIMIT 20
) AS found JOIN near_text AS n ON n.id = found.text ORDER BY found.shared DESC, n.id
"""
UNUSED = """
DELETE FROM near_text WHERE NOT EXISTS (SELECT 1 FROM case_text WHERE case_text.text = near_text.id)
"""


async def remember(numbers: Sequence[int]) -> None:
    """Step: the texts of these cases, where they are not known yet; a case keeps that of its first post."""
    if not numbers:
        return
    rows = await run_with_rows(UNREAD, [(number,) for number in numbers], types=("integer",))
    for row in rows:
        if words := normal(row["text"]):
            await add(tables.CaseText, unless="number", number=row["number"], text=await text_of(words))


async def forget_unused() -> None:
    """Step: the words of removed cases, where no other case says the same."""
    await run(UNUSED)


async def text_of(words: str) -> UUID:
    """Step: the row of these normal words, made if there is none."""
    name = digest(words)
    if known := await _known(name):
        return known
    text_id = uuid4()
    hashes = bands(words) if says_enough(words) else ()
    group = await _group(words, hashes) or text_id
    values: dict[str, Any] = {"digest": name, "words": words, "text_group": group}
    if not await add(tables.NearText, unless="digest", id=text_id, **values):
        return await _known(name) or text_id  # another worker was faster
    if hashes:
        kept = "INSERT INTO near_band (id, hash, text) VALUES :rows"
        await run_with_rows(kept, [(uuid4(), one, text_id) for one in hashes])
    return text_id


async def _known(name: str) -> UUID | None:
    rows = await run("SELECT id FROM near_text WHERE digest = :name", name=name)
    return rows[0]["id"] if rows else None


async def _group(words: str, hashes: Sequence[int]) -> UUID | None:
    if not hashes:
        return None
    found = await run_with_rows(CANDIDATES, [(one,) for one in hashes], types=("bigint",))
    return next((row["text_group"] for row in found if are_near(words, row["words"])), None)
