"""Mentions: where a person is named in rows that no link leads to."""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amends.database import run
from amends.rules.case.exchanges import said_by_themselves
from amends.rules.case.searches import said_in
from amends.rules.operation.privacy import SEARCHED, STRANGERS_WORDS, Held, SearchWords, is_named
from amends.services.operation.privacy.findings import Findings, as_read, is_json, key_of, words_of

MOST = 200
"""Rows of one table that are found by a name; one that stands in more is no sign of one person."""
A_PAGE = 500
"""Rows that are read at once."""
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
    key = key_of(held.table)
    names = [name for name in held.words if name != "author" or held.table != "case_file"]
    either = " OR ".join(
        f"LOWER(CAST(\"{name}\" AS TEXT)) LIKE :word_{place} ESCAPE '!'"
        for name in names
        for place, _word in enumerate(_spellings(words))
    )
    likes: dict[str, object] = {
        f"word_{place}": f"%{_escaped(word)}%" for place, word in enumerate(_spellings(words))
    }
    columns = ", ".join(f'CAST("{name}" AS TEXT) AS "{name}"' for name in names)
    text = f'SELECT "{key}", {columns} FROM {held.table} WHERE ({either})'
    certain = tuple(map(str, found.values("capture", "id")))
    mentions: list[Mention] = []
    async for row in _rows(text, key, likes):
        if not found.is_theirs(held.table, row[key]) and (one := _mention(held, row, names, words, certain)):
            mentions.append(one)
    return _kept(mentions)


async def _rows(text: str, key: str, likes: Mapping[str, object]) -> AsyncIterator[Mapping[str, Any]]:
    """All rows, by pages: their own may fill the first ones."""
    after: dict[str, object] = {}
    while True:
        beyond = f' AND "{key}" > :after' if after else ""
        page = f'{text}{beyond} ORDER BY "{key}" LIMIT {A_PAGE}'
        rows = await run(page, quick=False, **likes, **after)
        for row in rows:
            yield row
        if len(rows) < A_PAGE:
            return
        after = {"after": rows[-1][key]}


def _kept(found: Sequence[Mention]) -> list[Mention]:
    """Every certain one, and so many of the others."""
    certain = [one for one in found if one.is_certain]
    return [*certain, *[one for one in found if not one.is_certain][:MOST]]


def not_shown(found: Iterable[Mention]) -> list[str]:
    """The tables of which more may be named than were found: what was not found is not erased."""
    counts = Counter(one.table for one in found if not one.is_certain)
    return [table for table, count in counts.items() if count >= MOST]


def _spellings(words: SearchWords) -> list[str]:
    """SQLite folds the letters of ASCII alone, and JSON may escape the others: each word in every way."""
    return sorted(
        {one.lower() for word in words for one in (word, json.dumps(word)[1:-1])}
        | {_ascii_lower(word) for word in words}
    )


def _ascii_lower(word: str) -> str:
    return "".join(one.lower() if one.isascii() else one for one in word)


def _escaped(word: str) -> str:
    for special in "!%_":
        word = word.replace(special, f"!{special}")
    return word


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
