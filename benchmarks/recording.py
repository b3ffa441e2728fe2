"""Which statements does the app run to answer a request? Written down as they reach the drivers."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from amends.database.postgres import PostgresConnection
from amends.database.sqlite import SqliteConnection


@dataclass(frozen=True)
class Statement:
    """The text that the driver got, and its values, plain enough for a driver without the app."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Fresh:
    """Stands for an id that each request makes anew; the same one stands for the same id."""

    first: str


@dataclass(frozen=True)
class Marked:
    """A text in which each request's own mark stands where `{}` is."""

    text: str


@dataclass(frozen=True)
class Number:
    """Stands for the number that the counter gave."""


@contextmanager
def recording() -> Iterator[list[Statement]]:
    """Collects what every connection of this process runs, its transactions included."""
    statements: list[Statement] = []
    ours = {SqliteConnection: _on_sqlite(statements), PostgresConnection: _on_postgres(statements)}
    kept = [(kind, name, getattr(kind, name)) for kind, methods in ours.items() for name in methods]
    for kind, name, _method in kept:
        setattr(kind, name, ours[kind][name])
    try:
        yield statements
    finally:
        for kind, name, method in kept:
            setattr(kind, name, method)


def _on_sqlite(statements: list[Statement]) -> dict[str, Any]:
    kept, kept_here = SqliteConnection.run, SqliteConnection.run_here

    def write_down(sql: str, values: Sequence[Any]) -> None:
        plain = tuple(sqlite3.adapt(value, sqlite3.PrepareProtocol, value) for value in values)
        statements.append(Statement(sql, plain))

    def run_here(self: Any, sql: str, values: Sequence[Any]) -> Any:
        rows = kept_here(self, sql, values)
        if rows is not None:  # else a thread runs it again
            write_down(sql, values)
        return rows

    async def run(self: Any, sql: str, values: Sequence[Any] = (), *, quick: bool = False) -> Any:
        if quick and (rows := self.run_here(sql, values)) is not None:
            return rows
        write_down(sql, values)
        return await kept(self, sql, values)

    return {"run": run, "run_here": run_here}


def _on_postgres(statements: list[Statement]) -> dict[str, Any]:
    kept, kept_begin, kept_commit = (
        PostgresConnection.run,
        PostgresConnection.begin,
        PostgresConnection.commit,
    )

    async def run(self: Any, sql: str, values: Sequence[Any] = (), *, quick: bool = False) -> Any:
        plain = tuple(UUID(str(value)) if isinstance(value, UUID) else value for value in values)
        statements.append(Statement(sql, plain))
        return await kept(self, sql, values, quick=quick)

    async def begin(self: Any) -> None:
        statements.append(Statement("BEGIN"))
        await kept_begin(self)

    async def commit(self: Any) -> None:
        statements.append(Statement("COMMIT"))
        await kept_commit(self)

    return {"run": run, "begin": begin, "commit": commit}


def pattern(one: Sequence[Statement], other: Sequence[Statement], mark: str) -> list[Statement]:
    """What two requests of one kind have in common; where they differ, what each makes for itself.

    `mark` is the text that only the first request carried.
    """
    found = []
    for first, second in zip(one, other, strict=True):
        if first.sql != second.sql:
            raise ValueError(f"The same request ran other statements: {first.sql} / {second.sql}")
        values = zip(first.values, second.values, strict=True)
        found.append(Statement(first.sql, tuple(_slot(a, b, mark) for a, b in values)))
    return found


def _slot(first: Any, second: Any, mark: str) -> Any:
    if first == second:
        return first
    if isinstance(first, int):
        return Number()
    if isinstance(first, UUID) or _is_id(first):
        return Fresh(str(first))
    if isinstance(first, str) and mark in first:
        return Marked(first.replace("{", "{{").replace("}", "}}").replace(mark, "{}"))
    return first


def _is_id(value: Any) -> bool:
    try:
        return len(value) == 36 and bool(UUID(value))
    except (TypeError, ValueError):
        return False
