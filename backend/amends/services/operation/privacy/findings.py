"""Findings: every row that holds something of a person, by the links of the inventory."""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from piccolo.columns import JSONB, Bytea, ForeignKey

from amends import tables
from amends.database import run, run_with_rows, values_of
from amends.rules.case.exchanges import said_by_themselves
from amends.rules.case.fields import said_in
from amends.rules.operation.privacy import CUSTOMER_TABLES, Held, Link, SearchWords, search_words
from amends.rules.vocabulary import FieldKind
from amends.services.case.authors import SAME_PERSON
from amends.services.person.people import AuthorUnknown

ACCOUNTS = f"SELECT author.id FROM author WHERE author.id IN ({SAME_PERSON})"
A_PART = 500
"""Keys in one statement: SQLite takes no more than some thousands of values."""
PASSES = 3
"""Posts lead to captures and captures to posts: twice is enough, and a third time shows that it was."""

Row = Mapping[str, Any]


@dataclass
class Findings:
    """What was found of a person, or of one case: rows by table, in the order of the inventory.

    `author` is one of the person's accounts, or that of the case, if it has one.
    """

    author: UUID | None
    rows: dict[str, dict[Any, Row]] = field(default_factory=dict)

    def of(self, table: str) -> list[Row]:
        """The rows of one table, in the order in which they were found."""
        return list(self.rows.get(table, {}).values())

    def values(self, table: str, column: str) -> set[Any]:
        """What stands in a column of the rows that were found, without what is empty."""
        return {row[column] for row in self.of(table) if row[column] not in (None, "")}

    @property
    def name(self) -> str:
        """What the person is called: as members do, else as their first account is."""
        known = [*self.values("person", "name")] or [*self.values("author", "name")]
        return str(known[0]) if known else next(iter(self.values("author", "handle")), "")

    @property
    def numbers(self) -> list[int]:
        """The numbers of their cases."""
        return sorted(self.values("case_file", "number"))

    def is_theirs(self, table: str, key: object) -> bool:
        """Whether this row was found."""
        return key in self.rows.get(table, {})

    def add(self, table: str, rows: Iterable[Row]) -> bool:
        """Keeps rows; whether any of them is new."""
        known = self.rows.setdefault(table, {})
        before = len(known)
        for row in rows:
            known.setdefault(row[key_of(table)], row)
        return len(known) > before


async def find(author: UUID) -> Findings:
    """Everything that links lead to from the accounts of a person. Raises AuthorUnknown."""
    found = Findings(author)
    accounts = [row["id"] for row in await run(ACCOUNTS, author=author)]
    if not accounts:
        raise AuthorUnknown
    found.add("author", await rows_of("author", Link("id", "author"), accounts))
    return await follow(found)


async def follow(found: Findings) -> Findings:
    """Adds what links lead to from the rows that are in it."""
    for _pass in range(PASSES):
        grown = [await _follow(found, held) for held in CUSTOMER_TABLES]
        if not any(grown):
            break
    return found


async def _follow(found: Findings, held: Held) -> bool:
    grown = False
    for link in held.links:
        if keys := found.values(link.to, link.key):
            grown |= found.add(held.table, await rows_of(held.table, link, sorted(keys)))
    return grown


async def rows_of(table: str, link: Link, keys: Sequence[Any]) -> list[Row]:
    """The rows of a table whose column holds one of these keys."""
    kind = "uuid" if isinstance(keys[0], UUID) else "text" if isinstance(keys[0], str) else "int"
    text = f'SELECT {selected(table)} FROM {table} WHERE "{link.column}" IN (VALUES :rows)'
    found: list[Row] = []
    for start in range(0, len(keys), A_PART):
        part = [(key,) for key in keys[start : start + A_PART]]
        found += [as_read(table, row) for row in await run_with_rows(text, part, types=(kind,))]
    return found


@cache
def columns(table: str) -> dict[str, Any]:
    """The columns of a table by name, as Piccolo knows them."""
    known = next(one for one in tables.TABLES if one._meta.tablename == table)
    return {column._meta.db_column_name: column for column in known._meta.columns}


@cache
def key_of(table: str) -> str:
    """The name of a table's primary key."""
    return next(name for name, column in columns(table).items() if column._meta.primary_key)


@cache
def is_json(table: str) -> frozenset[str]:
    """The columns of a table that hold JSON."""
    return frozenset(name for name, one in columns(table).items() if isinstance(one, JSONB))


@cache
def members_in(table: str) -> frozenset[str]:
    """The columns of a table that name a member."""
    return frozenset(
        name
        for name, one in columns(table).items()
        if isinstance(one, ForeignKey) and one._foreign_key_meta.resolved_references is tables.Member
    )


@cache
def selected(table: str) -> str:
    """All columns of a table for a SELECT; JSON as text, bytes left out."""
    return ", ".join(
        f'CAST("{name}" AS TEXT) AS "{name}"' if name in is_json(table) else f'"{name}"'
        for name, one in columns(table).items()
        if not isinstance(one, Bytea)
    )


def as_read(table: str, row: Row) -> Row:
    """A row as a dict of its own, JSON read."""
    values = values_of(row)
    for name in is_json(table):
        if isinstance(values.get(name), str):
            values[name] = json.loads(values[name])
    return values


def words_of(found: Findings) -> SearchWords:
    """The words by which a person is found where no link leads."""
    return search_words(
        *(found.values("author", column) for column in ("name", "handle", "url", "key")),
        *(found.values("person", column) for column in ("name", "contact")),
        found.values("post", "url"),
        found.values("capture", "url"),
        map(str, found.values("capture", "id")),
        _given(found),
        _titles(found),
    )


GIVEN = ("person", "contact")
"""What somebody says of themselves by a private link or a mail."""


def _given(found: Findings) -> Iterable[str]:
    for row in found.of("particulars"):
        body = json.loads(row["body"] or "{}")
        if said_by_themselves(body):
            yield from (str(body.get(name) or "") for name in GIVEN)
            yield from (one.after for one in said_in(body, "given") if one.kind is FieldKind.ORDER_NUMBER)


def _titles(found: Findings) -> Iterable[str]:
    """Titles that begin as one of their posts does: others are ours, and may stand on many cases."""
    texts = [
        str(text) for name in ("text", "title") for text in found.values("capture", name) if len(text) > 11
    ]
    for title in found.values("case_file", "title"):
        begins = str(title).rstrip("…").strip()
        if len(begins) > 11 and any(text.startswith(begins) for text in texts):
            yield begins
