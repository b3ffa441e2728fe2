"""Searches for what names a person: at once where there is little, else by the worker, range by range.

A search that has ended holds for an hour. What was written since it began is looked for again when it is
used, and so is every table that stays small.
"""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from piccolo.columns import Column

from amends.database import run, transaction
from amends.errors import Conflict
from amends.rules.operation.privacy import SEARCHED, Held, SearchWords
from amends.services.operation.privacy import findings, mentions, ranges
from amends.services.operation.privacy.findings import Findings, words_of
from amends.services.operation.privacy.mentions import Mention
from amends.services.operation.privacy.ranges import Key
from amends.services.person.people import AuthorUnknown
from amends.tables.operation import MentionSearch

AT_ONCE = 20_000
"""So many rows a request reads itself; with more of them the worker searches."""
A_STEP = 20_000
"""Rows that the worker reads before it looks at its other work."""
HOLDS_FOR = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)
UNDER_WAY = timedelta(minutes=5)
"""What was written by a transaction that began before the search, and was seen after it, is not older."""

Values = dict[Column | str, Any]

CASES = '(SELECT "case" FROM entry WHERE at >= :since)'
"""Cases on which something has happened since: whatever changes one writes a line of its timeline."""
CHANGED = {
    "case_file": f"id IN {CASES} OR COALESCE(draft, '') <> ''",  # a draft is kept without a line
    "capture": f'received_at >= :since OR post IN (SELECT id FROM post WHERE "case" IN {CASES})',
    "particulars": "entry IN (SELECT id FROM entry WHERE at >= :since)",
    "field_value": f"number IN (SELECT number FROM case_file WHERE id IN {CASES})",
    "attachment": f'kept_at >= :since OR "case" IN {CASES}',
    "mail": f'came_at >= :since OR settled_at >= :since OR "case" IN {CASES}',
    "outgoing_mail": f'made_at >= :since OR settled_at >= :since OR "case" IN {CASES}',
    "follow_up": f'created_at >= :since OR settled_at >= :since OR "case" IN {CASES}',
    "nudge": "created_at >= :since OR settled_at >= :since",
    "delivery": "at >= :since",
    "case_story": f'kept_at >= :since OR "case" IN {CASES}',
    "import_line": "upload IN (SELECT id FROM upload WHERE ended_at IS NULL OR ended_at >= :since)",
    "feed_item": "found_at >= :since OR settled_at >= :since",
    "near_text": "id IN (SELECT text FROM case_text WHERE number IN "
    f"(SELECT number FROM case_file WHERE id IN {CASES}))",
}
"""Which rows of a table may have changed since; every other table is looked through whole."""


class StillSearching(Conflict):
    """What names this person is still being searched. Nothing was done: wait until the search has ended."""


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What names a person; while the search goes on, how many rows it has read of how many."""

    mentions: list[Mention]
    rows: int = 0
    of_rows: int = 0
    is_finished: bool = True


async def of(found: Findings, *, now: datetime) -> Searched:
    """What names the person, where that is known by now; else asks the worker to search."""
    if await is_little():
        return Searched(mentions=await mentions.find(found))
    words = words_of(found)
    row = await _standing(found, words, now)
    if not row["finished_at"]:
        return Searched(mentions=[], rows=row["rows"], of_rows=row["of_rows"], is_finished=False)
    return Searched(mentions=await _known(found, words, row))


async def is_little() -> bool:
    """Whether a request can read it all; each count ends where that is known."""
    left = AT_ONCE
    for held in _tables():
        [row] = await run(
            f"SELECT COUNT(*) AS count FROM (SELECT 1 FROM {held.table} LIMIT {left + 1}) AS bounded",
            quick=False,
        )
        left -= row["count"]
        if left < 0:
            return False
    return True


async def _standing(found: Findings, words: SearchWords, now: datetime) -> dict[str, Any]:
    """The search for these words that holds, or a new one."""
    table = MentionSearch
    async with transaction():
        row = await table.select().where(table.author == found.author).first()
        if row and row["words"] == _hash(words) and now - HOLDS_FOR <= row["begun_at"] <= now:
            await table.update({table.asked_at: now}).where(table.author == found.author)
            return row
        await table.delete().where(table.author == found.author)
        return await _begin(found.author, words, now)


async def _begin(author: UUID | None, words: SearchWords, now: datetime) -> dict[str, Any]:
    row = MentionSearch(
        author=author,
        words=_hash(words),
        asked_at=now,
        begun_at=now,
        finished_at=None if words else now,
        place=_tables()[0].table,
        after="",
        rows=0,
        of_rows=0,
        found=[],
    )
    await MentionSearch.insert(row)
    return row.to_dict()


async def _known(found: Findings, words: SearchWords, row: dict[str, Any]) -> list[Mention]:
    """What the search found, as it is now, and what was written since it began."""
    named: dict[str, list[Key]] = {}
    for one in row["found"]:
        table, _colon, key = one.partition(":")
        named.setdefault(table, []).append(_key(table, key))
    known: list[Mention] = []
    for held in _tables() if words else ():
        keys = {*named.get(held.table, ()), *await _changed(held, words, row["begun_at"] - UNDER_WAY)}
        known += mentions.kept(await mentions.load(held, sorted(keys), words, found))
    return known


async def _changed(held: Held, words: SearchWords, since: datetime) -> list[Key]:
    """The rows that may have changed since and in which a word stands."""
    where = CHANGED.get(held.table, "")
    keys: list[Key] = []
    after: Key | None = None
    while True:
        part = await ranges.look(held, words, after, where=where, since=since if where else None)
        keys += part.keys
        if part.is_last:
            return keys
        after = part.last


async def search_next(*, now: datetime) -> bool:
    """The worker: reads the next rows for the search that was begun first; whether more may follow."""
    table = MentionSearch
    row = await table.select().where(table.finished_at.is_null()).order_by(table.begun_at).first()
    if not row:
        return False
    try:
        found = await findings.find(row["author"])
    except AuthorUnknown:  # erased or joined meanwhile, and the row with them
        return False
    words = words_of(found)
    if _hash(words) != row["words"]:
        await table.delete().where(table.author == row["author"])
        return True
    if not row["of_rows"]:
        row["of_rows"] = await _count()
    await _save(row["author"], await _advance(row, words, found), now)
    return True


async def _advance(row: dict[str, Any], words: SearchWords, found: Findings) -> Values:
    """The row after another step: what was found, and where it goes on."""
    left, known = A_STEP, list(row["found"])
    place, after, rows = row["place"], row["after"], row["rows"]
    while place and left > 0:
        held = next(one for one in _tables() if one.table == place)
        part = await ranges.look(held, words, _key(place, after) if after else None)
        known = _added(known, held, await mentions.load(held, part.keys, words, found))
        rows, left = rows + part.count, left - part.count
        after = "" if part.is_last else str(part.last)
        place = _following(place) if part.is_last else place
    return {"place": place, "after": after, "rows": rows, "of_rows": row["of_rows"], "found": known}


def _added(known: Sequence[str], held: Held, named: Iterable[Mention]) -> list[str]:
    """No more of one table than are shown; those that are certain are always kept."""
    room = mentions.MOST - sum(one.startswith(f"{held.table}:") for one in known)
    added = list(known)
    for one in named:
        if one.is_certain or room > 0:
            added.append(one.id)
            room -= 1
    return added


async def _save(author: UUID, made: Values, now: datetime) -> None:
    table = MentionSearch
    ended: Values = {"finished_at": now} if not made["place"] else {}
    await table.update(ended | made).where(table.author == author)


async def _count() -> int:
    counts = [await run(f"SELECT COUNT(*) AS count FROM {held.table}", quick=False) for held in _tables()]
    return sum(rows[0]["count"] for rows in counts)


async def forget_old(*, now: datetime) -> None:
    """Step: searches that nobody has asked for since."""
    await MentionSearch.delete().where(MentionSearch.asked_at < now - KEPT_FOR)


def _tables() -> list[Held]:
    return [held for held in SEARCHED if ranges.names_of(held)]


def _following(place: str) -> str:
    """The table after this one; empty after the last."""
    names = [held.table for held in _tables()]
    return next(iter(names[names.index(place) + 1 :]), "")


def _key(table: str, key: str) -> Key:
    kind = findings.columns(table)[findings.key_of(table)].value_type
    return UUID(key) if kind is UUID else int(key) if kind is int else key


def _hash(words: SearchWords) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()
