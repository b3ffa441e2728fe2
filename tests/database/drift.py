"""Differences between two schemas, by table and column, key, check or index."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from amends.database.schema import include_name

Schema = dict[tuple[str, str], dict[str, str]]
"""What a table has ("column due_at", "index ix_case_due") with everything that the database says of it."""


def schema(connection: sa.Connection) -> Schema:
    """What the database says of the tables that are ours, in a form that compares."""
    see = sa.inspect(connection)
    ours = [name for name in see.get_table_names() if name != "alembic_version"]
    found: Schema = {}
    for table in ours:
        if include_name(table, "table", None):
            found[table, "table"] = {}
            found |= {(table, f"{kind} {thing['name']}"): facts(thing) for kind, thing in parts(see, table)}
    return found


def parts(see: sa.Inspector, table: str) -> Iterator[tuple[str, Any]]:
    for kind, things in (
        ("column", see.get_columns(table)),
        ("primary key", [see.get_pk_constraint(table)]),
        ("foreign key", see.get_foreign_keys(table)),
        ("unique constraint", see.get_unique_constraints(table)),
        ("check", see.get_check_constraints(table)),
        ("index", [one for one in see.get_indexes(table) if include_name(one["name"], "index", None)]),
    ):
        for thing in things:
            yield kind, thing


def facts(thing: dict[str, Any]) -> dict[str, str]:
    return {name: plain(value) for name, value in thing.items() if name != "name"}


def plain(value: Any) -> str:
    """The same text for the same thing, whatever order the database tells it in."""
    if isinstance(value, dict):
        return ", ".join(f"{key}: {plain(value[key])}" for key in sorted(value))
    return ", ".join(map(plain, value)) if isinstance(value, list | tuple) else str(value)


def differences(found: Schema, declared: Schema) -> list[str]:
    """A line for each thing that one of them lacks, or of which they say something else."""
    lines = []
    for table, thing in sorted(found.keys() | declared.keys()):
        is_whole_table = thing == "table"
        if not is_whole_table and ((table, "table") in found) != ((table, "table") in declared):
            continue  # said once, of the table
        lines += [f"{table}: {line}" for line in _differ(thing, found, declared, table)]
    return lines


def _differ(thing: str, found: Schema, declared: Schema, table: str) -> Iterator[str]:
    there, wanted = found.get((table, thing)), declared.get((table, thing))
    if there is None or wanted is None:
        yield f"{thing} is missing" if there is None else f"{thing} is not declared"
        return
    for fact in sorted(there.keys() | wanted.keys()):
        if there.get(fact) != wanted.get(fact):
            yield f"{thing} has {fact} {there.get(fact)!r}, declared is {wanted.get(fact)!r}"
