"""Mentions: where a person is named in rows that no link leads to."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amends.rules.case.exchanges import said_by_themselves
from amends.rules.case.searches import said_in
from amends.rules.operation.privacy import SEARCHED, STRANGERS_WORDS, Held, SearchWords, is_named
from amends.services.operation.privacy import ranges
from amends.services.operation.privacy.findings import Findings, as_read, is_json, key_of, words_of
from amends.services.operation.privacy.ranges import Key

MOST = 200
"""Rows of one table that are found by a name; one that stands in more is no sign of one person."""
EXCERPT = 160


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A row that names the person: where it is, in which of its columns, and how it reads."""

    table: str
    key: str
    columns: tuple[str, ...]
    excerpt: str
    row: Mapping[str, Any]
    is_certain: bool = False
    """It names a post of theirs: nobody else is meant."""

    @property
    def is_doubtful(self) -> bool:
        """Somebody else wrote it, who may mean another one or have chosen the same words."""
        if self.is_certain or (self.table == "mail" and "sender" in self.columns):
            return False
        return self.table in STRANGERS_WORDS or (
            self.table == "particulars" and _is_strangers(self.row["body"])
        )

    @property
    def id(self) -> str:
        """What names it in a form."""
        return f"{self.table}:{self.key}"


async def find(found: Findings) -> list[Mention]:
    """Rows besides those that were found that name the person, in the order of the inventory."""
    return await find_words(found, words_of(found), SEARCHED)


async def find_words(found: Findings, words: SearchWords, tables: Iterable[Held]) -> list[Mention]:
    """Rows of these tables, besides those that were found, in which these words stand."""
    return [one for held in tables for one in await _in(held, words, found)] if words else []


async def _in(held: Held, words: SearchWords, found: Findings) -> list[Mention]:
    if not ranges.names_of(held):
        return []
    named: list[Mention] = []
    after: Key | None = None
    while True:
        part = await ranges.look(held, words, after)
        named += await load(held, part.keys, words, found)
        if part.is_last:
            return kept(named)
        after = part.last


async def load(held: Held, keys: Sequence[Key], words: SearchWords, found: Findings) -> list[Mention]:
    """What these rows say of the person; their own, and those that do not name them, are left out."""
    certain = tuple(map(str, found.values("capture", "id")))
    names = ranges.names_of(held)
    made = (
        _mention(held, row, names, words, certain)
        for row in await ranges.rows(held, keys)
        if not found.is_theirs(held.table, row[key_of(held.table)])
    )
    return [one for one in made if one]


def kept(found: Sequence[Mention]) -> list[Mention]:
    """Every certain one, and so many of the others."""
    certain = [one for one in found if one.is_certain]
    return [*certain, *[one for one in found if not one.is_certain][:MOST]]


def not_shown(found: Iterable[Mention]) -> list[str]:
    """The tables of which more may be named than were found: what was not found is not erased."""
    counts = Counter(one.table for one in found if not one.is_certain)
    return [table for table, count in counts.items() if count >= MOST]


def _mention(
    held: Held, row: Mapping[str, Any], names: list[str], words: SearchWords, certain: SearchWords
) -> Mention | None:
    named = tuple(name for name in names if is_named(str(row[name] or ""), words))
    if not named:
        return None
    text = _said(str(row[named[0]])) if held.table == "particulars" else str(row[named[0]])
    return Mention(
        is_certain=is_named(" ".join(str(row[name]) for name in named), certain),
        table=held.table,
        key=str(row[key_of(held.table)]),
        columns=named,
        excerpt=text[:EXCERPT] + ("…" if len(text) > EXCERPT else ""),
        row=as_read(held.table, row) if is_json(held.table) else row,
    )


def _is_strangers(body: object) -> bool:
    """Whether an entry tells of a post, or of what somebody outside wrote by a link or a mail."""
    told = body if isinstance(body, dict) else json.loads(str(body))
    return '"capture":' in json.dumps(told) or said_by_themselves(told)


def _said(body: str) -> str:
    """What an entry says, in words; else the whole of it."""
    return " · ".join(said_in(json.loads(body))) or body
