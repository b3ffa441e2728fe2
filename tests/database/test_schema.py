"""Do the migrations build exactly what the tables say: checks and parts of indexes included?

`alembic check` overlooks a changed CHECK, a new word of an enum and the WHERE of an index; this does not.
"""

import asyncio
import dataclasses
import itertools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from piccolo.columns import UUID, Array, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from amends.database.migrate import upgrade
from amends.database.schema import CannotDeclare, include_name, metadata
from amends.tables import INDEXES, TABLES
from tests.postgres import Server

Work = Callable[[sa.Connection], Any]


def on_database(url: str, *works: Work) -> Any:
    """Does the works one after the other on one connection; returns what the last one returned."""

    def all_of_them(connection: sa.Connection) -> Any:
        return [work(connection) for work in works][-1]

    if url.startswith("sqlite"):
        with sa.create_engine(url, poolclass=NullPool).begin() as connection:
            return all_of_them(connection)

    async def on_postgres() -> Any:
        engine = create_async_engine(
            "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(url), poolclass=NullPool
        )
        async with engine.begin() as connection:
            return await connection.run_sync(all_of_them)

    return asyncio.run(on_postgres())


def catalogue(connection: sa.Connection) -> dict[tuple[str, str], set[str]]:
    """Everything that the database says of its tables, in a form that compares."""
    see = sa.inspect(connection)
    return {
        (table, kind): {repr(ordered(thing)) for thing in things}
        for table in see.get_table_names()
        if table != "alembic_version" and include_name(table, "table", None)
        for kind, things in (
            ("columns", see.get_columns(table)),
            ("key", [see.get_pk_constraint(table)]),
            ("references", see.get_foreign_keys(table)),
            ("uniques", see.get_unique_constraints(table)),
            ("checks", see.get_check_constraints(table)),
            ("indexes", [one for one in see.get_indexes(table) if include_name(one["name"], "index", None)]),
        )
    }


def ordered(thing: Any) -> Any:
    if isinstance(thing, dict):
        return sorted((key, ordered(value)) for key, value in thing.items())
    return [ordered(part) for part in thing] if isinstance(thing, list | tuple) else str(thing)


def build(tables: Iterable[type[Table]], indexes: Iterable[Any] = ()) -> Work:
    return metadata(tables, indexes).create_all


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes one empty database after the other, of one kind."""
    if request.param == "sqlite":
        numbers = itertools.count()
        return lambda: f"sqlite:///{tmp_path}/{next(numbers)}.db"
    server: Server = request.getfixturevalue("postgres")
    return lambda: server.url(server.create_database())


def test_the_migrations_build_what_the_tables_declare(fresh_url):
    migrated = fresh_url()
    upgrade(migrated)
    declared = on_database(fresh_url(), build(TABLES, INDEXES), catalogue)
    assert on_database(migrated, catalogue) == declared
    assert {table for table, _ in declared} == {table._meta.tablename for table in TABLES}


def test_the_comparison_notices_what_alembic_overlooks(fresh_url):
    reference = on_database(fresh_url(), build(TABLES, INDEXES), catalogue)
    for lack in (without_a_check, without_a_word_of_an_enum, with_another_part_of_an_index):
        changed = metadata(TABLES, INDEXES)
        place = lack(changed)
        found = on_database(fresh_url(), changed.create_all, catalogue)
        assert [key for key in reference if reference[key] != found[key]] == [place]


def without_a_check(changed: sa.MetaData) -> tuple[str, str]:
    table = changed.tables["case_file"]
    table.constraints.remove(named(table.constraints, "ck_case_file_closed_has_outcome"))
    return "case_file", "checks"


def without_a_word_of_an_enum(changed: sa.MetaData) -> tuple[str, str]:
    check = named(changed.tables["follow_up"].constraints, "ck_follow_up_state")
    check.sqltext = sa.text(str(check.sqltext).replace(", 'dropped'", ""))
    return "follow_up", "checks"


def with_another_part_of_an_index(changed: sa.MetaData) -> tuple[str, str]:
    index = named(changed.tables["follow_up"].indexes, "ix_follow_up_next")
    for dialect in ("sqlite", "postgresql"):
        index.dialect_options[dialect]["where"] = sa.text("state = 'due'")
    return "follow_up", "indexes"


def named(things: Iterable[Any], name: str) -> Any:
    return next(thing for thing in things if str(thing.name) == name)


class Numbered(Table):
    id = UUID(primary_key=True)
    name = Varchar()
    once = Unique(["name"], nulls_distinct=False)


class Listed(Table):
    id = UUID(primary_key=True)
    names = Array(Varchar())


class Named(Table):
    id = UUID(primary_key=True)
    name = Varchar()
    one_of_two = Check(name.is_in(["a", "b"]))


@pytest.mark.parametrize("table", [Numbered, Listed, Named])
def test_what_cannot_be_declared_alike_on_both_is_refused(table: type[Table]):
    with pytest.raises(CannotDeclare, match=r"once|names|one_of_two"):
        metadata([table])


def test_every_reference_says_what_deleting_does_and_is_led_by_an_index_where_rows_are_many():
    """PostgreSQL does not index foreign keys: deleting a parent that cascades would read every child."""
    declared = metadata(TABLES, INDEXES)
    unindexed = {
        f"{table.name}.{column.name}"
        for table in declared.tables.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.ondelete == "CASCADE" and not leads_an_index(table, column)
    }
    assert unindexed <= SELDOM_DELETED


SELDOM_DELETED = {"undo.member", "nudge.member"}
"""Members are disabled, hardly ever deleted."""


def leads_an_index(table: sa.Table, column: sa.Column[Any]) -> bool:
    uniques = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    leaders = [next(iter(thing.columns)) for thing in (*uniques, *table.indexes)]
    return any(leader is column for leader in leaders)


def test_indexes_are_frozen_and_named_once():
    assert len({index.name for index in INDEXES}) == len(INDEXES)
    with pytest.raises(dataclasses.FrozenInstanceError):
        INDEXES[0].name = "other"
