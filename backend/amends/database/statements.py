"""Raw SQL with named parameters, written once for both engines, for the hot paths."""
# ruff: noqa: S608  (names of our own tables and columns; every value is a parameter)

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from piccolo.columns import JSONB, Column
from piccolo.table import Table

from amends.database.engines import bound

Made = TypeVar("Made")
PLAIN = frozenset({str, int, bool, float, type(None), datetime, UUID})
NAMED = re.compile(r"(?<![:\w]):([a-z][a-z0-9_]*)(@?)")


async def hold(name: str) -> None:
    """Step: until the transaction ends nobody else holds this name, which no row stands for yet.

    On SQLite nothing is needed, for one writes at a time (PostgreSQL documentation, Advisory Locks).
    """
    if bound().engine_type == "postgres":
        await run("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))", name=name)


async def run(sql: str, *, quick: bool = True, **values: object) -> Sequence[Mapping[str, Any]]:
    """The rows of a text of ours; `:name` stands where a value goes, and nothing else may be a stranger's.

    On SQLite a `quick` read begins in the event loop, and begins anew in a thread where it takes longer than
    2 ms. Not quick is what cannot be stopped: a search for words, which reads its index in one step. `:name@`
    is an instant that PostgreSQL's planner is not shown: it then keeps one plan, where planning a long text
    anew for each instant costs more than running it (PostgreSQL documentation, PREPARE: custom and generic
    plans). `json_array(…)` is called by its name on PostgreSQL there, `json_build_array`.
    """
    engine = bound()
    text, names = _placed(sql, engine.engine_type)
    given = [_plain(values[name]) for name in names]
    rows: list[Mapping[str, Any]] = await engine.run_statement(text, given, quick=quick)
    return rows


async def read(
    make: Callable[[Mapping[str, Any]], Made], sql: str, *, quick: bool = True, **values: object
) -> list[Made]:
    """The rows of `run`, each made into what follows from the row alone.

    A row that was made before is not made again, and what was made is the very same: lists show the same rows
    again and again. Not for a row with a JSON column, which is a dict or a list.
    """
    rows = await run(sql, quick=quick, **values)
    names = tuple(rows[0].keys()) if rows else ()
    return [_made(make, names, tuple(row)) for row in rows]


@lru_cache(maxsize=8192)
def _made(make: Callable[[Mapping[str, Any]], Made], names: tuple[str, ...], row: tuple[Any, ...]) -> Made:
    return make(dict(zip(names, row, strict=True)))


async def run_with_rows(
    sql: str, rows: Sequence[Sequence[object]], *, types: Sequence[str] = (), quick: bool = True
) -> Sequence[Mapping[str, Any]]:
    """Runs a text of ours in which `:rows` stands for a list of rows, all of one length.

    `types` tells PostgreSQL those of the first row, and so of all, where nothing else does; `quick` is that
    of `run`.
    """
    engine = bound()
    told = tuple(types) if engine.engine_type == "postgres" else ()
    places = _places(len(rows), len(rows[0]), engine.engine_type, told)
    values = [_plain(value) for row in rows for value in row]
    found: list[Mapping[str, Any]] = await engine.run_statement(
        sql.replace(":rows", places), values, quick=quick
    )
    return found


@lru_cache(maxsize=32)
def _places(rows: int, columns: int, engine_type: str, types: tuple[str, ...]) -> str:
    sign = "?" if engine_type == "sqlite" else "$"
    marks = [f"{sign}{place}" for place in range(1, rows * columns + 1)]
    marks[: len(types)] = [f"{mark}::{kind}" for mark, kind in zip(marks, types, strict=False)]
    several = (marks[start : start + columns] for start in range(0, len(marks), columns))
    return ", ".join(f"({', '.join(one)})" for one in several)


async def add(table: type[Table], *, unless: str = "", **values: object) -> bool:
    """Inserts one row, of these values and the table's defaults; False when a row has the same `unless`."""
    return bool(await _inserted(table, unless, "", values))


async def add_asking(table: type[Table], question: str, **values: object) -> Any:  # noqa: ANN401 - what is asked
    """Inserts one row and answers a question of ours, an expression, in the same statement."""
    rows = await _inserted(table, "", f", {question} AS answer", values)
    return rows[0]["answer"]


async def _inserted(
    table: type[Table], unless: str, asked: str, values: dict[str, object]
) -> Sequence[Mapping[str, Any]]:
    engine = bound()
    text, usual = _insertion(table, unless, engine.engine_type)
    row = {**usual, **values}
    if len(row) > len(usual):
        raise TypeError(f"{table.__name__} has no column {', '.join(row.keys() - usual.keys())}.")
    rows: list[Mapping[str, Any]] = await engine.run_statement(
        text + asked, [_plain(value) for value in row.values()]
    )
    return rows


@lru_cache(maxsize=128)
def _insertion(table: type[Table], unless: str, engine_type: str) -> tuple[str, dict[str, object]]:
    columns = table._meta.columns
    names = ", ".join(f'"{column._meta.name}"' for column in columns)
    values = ", ".join(f":value_{place}" for place in range(len(columns)))
    text, _names = _placed(f"INSERT INTO {table._meta.tablename} ({names}) VALUES ({values})", engine_type)
    conflict = f' ON CONFLICT ("{unless}") DO NOTHING' if unless else ""
    returning = f' RETURNING "{table._meta.primary_key._meta.name}"'
    return text + conflict + returning, {column._meta.name: _usual(column) for column in columns}


def _usual(column: Column) -> object:
    return {} if isinstance(column, JSONB) else column.get_default_value()


@lru_cache(maxsize=512)
def _placed(sql: str, engine_type: str) -> tuple[str, list[str]]:
    """The text with numbered places, the same for the same name, and the names in their order."""
    names = list(dict.fromkeys(name for name, _unseen in NAMED.findall(sql)))
    is_sqlite = engine_type == "sqlite"
    text = sql if is_sqlite else sql.replace("json_array(", "json_build_array(")

    def place(found: re.Match[str]) -> str:
        number = names.index(found[1]) + 1
        if is_sqlite:
            return f"?{number}"
        return f"(SELECT ${number}::timestamptz)" if found[2] else f"${number}"

    return NAMED.sub(place, text), names


def _plain(value: object) -> object:
    if type(value) in PLAIN:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, UUID):  # asyncpg's own, kept from a row, is unknown to SQLite
        return UUID(int=value.int)
    return json.dumps(value) if isinstance(value, dict | list) else value
