"""Schema drift: migrations build what the tables declare, with CHECKs and partial indexes.

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
from amends.database.schema import CannotDeclare, metadata
from amends.tables import INDEXES, TABLES
from tests.database.drift import differences, schema
from tests.offenders import expect_none
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
    declared = on_database(fresh_url(), build(TABLES, INDEXES), schema)
    expect_none(
        differences(on_database(migrated, schema), declared),
        "Write a migration in alembic/versions that makes what amends.tables declares, or correct the table",
    )
    assert {table for table, _ in declared} == {table._meta.tablename for table in TABLES}


def test_the_comparison_notices_every_kind_of_difference(fresh_url):
    """Those that `alembic check` overlooks, too: a check, a word of an enum, the WHERE of an index."""
    reference = on_database(fresh_url(), build(TABLES, INDEXES), schema)
    changed = metadata(TABLES, INDEXES)
    for change in CHANGES.values():
        change(changed)
    found = on_database(fresh_url(), changed.create_all, schema)
    lines = differences(found, reference)
    assert len(lines) == len(CHANGES), lines
    assert not [start for start in CHANGES if not any(line.startswith(start) for line in lines)], lines
    assert "case_file: column planted is missing" in differences(reference, found)
    assert "planted: table is missing" in differences(reference, found)


def without_a_check(changed: sa.MetaData) -> None:
    table = changed.tables["case_file"]
    table.constraints.remove(named(table.constraints, "ck_case_file_closed_has_outcome"))


def without_a_word_of_an_enum(changed: sa.MetaData) -> None:
    check = named(changed.tables["follow_up"].constraints, "ck_follow_up_state")
    check.sqltext = sa.text(str(check.sqltext).replace(", 'dropped'", ""))


def with_another_part_of_an_index(changed: sa.MetaData) -> None:
    index = named(changed.tables["follow_up"].indexes, "ix_follow_up_next")
    for dialect in ("sqlite", "postgresql"):
        index.dialect_options[dialect]["where"] = sa.text("state = 'due'")


def without_an_index(changed: sa.MetaData) -> None:
    indexes = changed.tables["undo"].indexes
    indexes.remove(named(indexes, "ix_undo_case"))


def with_a_table(changed: sa.MetaData) -> None:
    sa.Table("planted", changed, sa.Column("id", sa.Integer, primary_key=True))


def with_a_column(changed: sa.MetaData) -> None:
    changed.tables["case_file"].append_column(sa.Column("planted", sa.Integer))


def with_another_type(changed: sa.MetaData) -> None:
    changed.tables["case_file"].columns["title"].type = sa.String(7)


def with_a_default(changed: sa.MetaData) -> None:
    changed.tables["case_file"].columns["version"].server_default = sa.DefaultClause("7")


def where_null_is_allowed(changed: sa.MetaData) -> None:
    changed.tables["undo"].columns["version"].nullable = True


def where_deleting_does_something_else(changed: sa.MetaData) -> None:
    named(changed.tables["undo"].constraints, "fk_undo_member").ondelete = "SET NULL"


CHANGES: dict[str, Callable[[sa.MetaData], None]] = {
    "case_file: check ck_case_file_closed_has_outcome is missing": without_a_check,
    "follow_up: check ck_follow_up_state has sqltext": without_a_word_of_an_enum,
    "follow_up: index ix_follow_up_next has dialect_options": with_another_part_of_an_index,
    "undo: index ix_undo_case is missing": without_an_index,
    "planted: table is not declared": with_a_table,
    "case_file: column planted is not declared": with_a_column,
    "case_file: column title has type 'VARCHAR(7)', declared is 'VARCHAR(200)'": with_another_type,
    "case_file: column version has default": with_a_default,
    "undo: column version has nullable 'True', declared is 'False'": where_null_is_allowed,
    "undo: foreign key fk_undo_member has options": where_deleting_does_something_else,
}


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


SELDOM_DELETED = {"undo.member", "nudge.member", "case_rule.location", "case_rule.place"}
"""Members are disabled, hardly ever deleted; and there are at most thirty rules."""


def leads_an_index(table: sa.Table, column: sa.Column[Any]) -> bool:
    uniques = [c for c in table.constraints if isinstance(c, sa.UniqueConstraint | sa.PrimaryKeyConstraint)]
    leaders = [next(iter(thing.columns)) for thing in (*uniques, *table.indexes)]
    return any(leader is column for leader in leaders)


def test_indexes_are_frozen_and_named_once():
    assert len({index.name for index in INDEXES}) == len(INDEXES)
    with pytest.raises(dataclasses.FrozenInstanceError):
        INDEXES[0].name = "other"
