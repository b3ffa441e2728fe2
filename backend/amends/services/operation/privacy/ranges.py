"""Ranges: rows of one table in which words stand, so many keys in one statement and no more."""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from amends.database import bound, run, run_with_rows
from amends.rules.operation.privacy import Held, SearchWords
from amends.services.operation.privacy.findings import A_PART, key_of

A_RANGE = 2_000
"""Rows that one statement reads: some 25 ms of a thread with twelve words, and the writer is not held."""

Key = UUID | int | str


@dataclass(frozen=True, kw_only=True)
class Part:
    """The keys of one range in whose rows a word stands, its last key, and how many rows it has."""

    keys: list[Key]
    last: Key | None
    count: int

    @property
    def is_last(self) -> bool:
        """Whether no row follows."""
        return self.count < A_RANGE


def names_of(held: Held) -> list[str]:
    """The columns of a table that hold words; whose case it is leads to an account, and names nobody."""
    return [name for name in held.words if name != "author" or held.table != "case_file"]


async def look(
    held: Held, words: SearchWords, after: Key | None, *, where: str = "", since: datetime | None = None
) -> Part:
    """The next range after a key; of the rows of a condition, where one is given.

    What stands in a row is put together and folded once, and each spelling is looked for in that.
    """
    key, is_in = key_of(held.table), "instr" if bound().engine_type == "sqlite" else "strpos"
    spellings = _spellings(words)
    either = " OR ".join(f"{is_in}(part.words, :word_{place}) > 0" for place, _one in enumerate(spellings))
    together = " || ' ' || ".join(f"COALESCE(CAST(\"{name}\" AS TEXT), '')" for name in names_of(held))
    beyond = f'WHERE "{key}" > :after' if after is not None else ""
    # few rows fulfil a condition: by the order of keys all would be looked up for them
    chosen = f"chosen AS MATERIALIZED (SELECT * FROM {held.table} WHERE {where})," if where else ""
    text = f"""
    WITH {chosen} part AS MATERIALIZED (
        SELECT "{key}" AS key, LOWER({together}) AS words FROM {"chosen" if where else held.table} {beyond}
        ORDER BY "{key}" LIMIT {A_RANGE}
    ), ending AS (SELECT key FROM part ORDER BY key DESC LIMIT 1)
    SELECT part.key, ({either}) AS is_named, (SELECT COUNT(*) FROM part) AS count FROM part
    WHERE ({either}) OR part.key = (SELECT key FROM ending) ORDER BY part.key
    """
    given: dict[str, object] = {f"word_{place}": one for place, one in enumerate(spellings)}
    given |= {"after": after} if after is not None else {}
    given |= {"since": since} if since is not None else {}
    found = await run(text, quick=False, **given)
    return Part(
        keys=[row["key"] for row in found if row["is_named"]],
        last=found[-1]["key"] if found else None,
        count=found[0]["count"] if found else 0,
    )


async def rows(held: Held, keys: Sequence[Key]) -> list[Mapping[str, Any]]:
    """These rows of a table: their keys, and the columns that hold words."""
    if not keys:
        return []
    key = key_of(held.table)
    columns = ", ".join(f'CAST("{name}" AS TEXT) AS "{name}"' for name in names_of(held))
    text = f'SELECT "{key}", {columns} FROM {held.table} WHERE "{key}" IN (VALUES :rows) ORDER BY "{key}"'
    kind = "uuid" if isinstance(keys[0], UUID) else "text" if isinstance(keys[0], str) else "int"
    return [
        row
        for start in range(0, len(keys), A_PART)
        for row in await run_with_rows(
            text, [(one,) for one in keys[start : start + A_PART]], types=(kind,), quick=False
        )
    ]


def _spellings(words: SearchWords) -> list[str]:
    """SQLite folds the letters of ASCII alone, and JSON may escape the others: each word in every way."""
    return sorted(
        {one.lower() for word in words for one in (word, json.dumps(word)[1:-1])}
        | {_ascii_lower(word) for word in words}
    )


def _ascii_lower(word: str) -> str:
    return "".join(one.lower() if one.isascii() else one for one in word)
