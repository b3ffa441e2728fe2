"""Do rows of either database come back exactly, in either database?"""

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from amends.database import Engine, migrate
from amends.database.portable import DoesNotFit, PlaceIsNotEmpty, kinds, loading, must_be_empty, snapshot
from amends.rules.operation.backups import Column
from tests.database.shelves import Shelf
from tests.postgres import Server

STRANGE = ["", "'\"\\", "a\nb\rc", "\u2028\u2029", "🧁 gâteau", "\ufeff=1+1", "null"]


async def rows_of(url: str) -> dict[str, list[list[Any]]]:
    async with snapshot(url) as seen:
        return {
            table: sorted([row async for rows in seen.rows(table, columns) for row in rows], key=repr)
            for table, columns in seen.tables.items()
        }


@pytest.fixture
def revision(engine: Engine) -> Any:
    async def note() -> None:
        await engine.run_ddl("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        await engine.run_statement("INSERT INTO alembic_version VALUES ('0001')")

    return note


async def test_strange_values_are_spelled_alike_by_both(
    engine: Engine, revision: Any, empty_database_url: str
):
    await revision()
    moment = datetime(2026, 3, 29, 1, 59, 59, 123456, tzinfo=UTC)
    for text in STRANGE:
        await Shelf.insert(
            Shelf(name=text, copies=-(2**31), seen_at=moment, lit=True, notes={"é": [text, 0.1]})
        )
    await Shelf.insert(Shelf(name="none", seen_at=None, notes=None))
    async with snapshot(empty_database_url) as seen:
        columns = seen.tables["shelf"]
        rows = [
            dict(zip((c.name for c in columns), row, strict=True))
            async for part in seen.rows("shelf", columns)
            for row in part
        ]
    assert seen.revision == "0001"
    assert sorted(row["name"] for row in rows) == sorted([*STRANGE, "none"])
    for row in rows:
        assert isinstance(row["id"], str)
        if row["name"] != "none":
            assert row["seen_at"] == "2026-03-29T01:59:59.123456Z"
            assert (row["copies"], row["lit"]) == (-(2**31), True)
            assert json.loads(row["notes"]) == {"é": [row["name"], 0.1]}
        else:
            assert row["seen_at"] is row["notes"] is None


async def test_a_snapshot_sees_nothing_of_what_is_written_meanwhile(
    engine: Engine, revision: Any, empty_database_url: str
):
    await revision()
    await Shelf.insert(Shelf(name="before"))
    async with snapshot(empty_database_url) as seen:
        await seen.select("SELECT 1 FROM shelf")
        await Shelf.insert(Shelf(name="after"))
        assert [tuple(row) for row in await seen.select("SELECT name FROM shelf")] == [("before",)]


def test_a_type_that_is_not_known_is_never_guessed():
    with pytest.raises(kinds.UnknownKind, match=r"shelf\.price has the type NUMERIC"):
        kinds.kind_of("NUMERIC", kinds.SQLITE, of="shelf.price")


@pytest.mark.parametrize(
    ("stored", "shortest"), [(4.699999809265137, 4.7), (0.0, 0.0), (16777216.0, 16777216.0)]
)
def test_a_four_byte_number_is_written_in_few_digits(stored: float, shortest: float):
    assert kinds.FROM_POSTGRES["real"](stored) == shortest


async def test_both_databases_have_the_same_tables_and_kinds(
    migrated_sqlite_file: Path, migrated_postgres_database: str, postgres: Server
):
    async with snapshot(f"sqlite:///{migrated_sqlite_file}") as seen:
        on_sqlite = seen.tables
    async with snapshot(postgres.url(migrated_postgres_database)) as seen:
        assert seen.tables == on_sqlite
    assert seen.revision == migrate.head()


async def test_nothing_stays_when_one_row_cannot_be_put(database_url: str):
    before = await rows_of(database_url)
    columns = (Column("id", "id"), Column("name", "text"))
    row = ["00000000-0000-0000-0000-000000000001", "Cakes"]
    with pytest.raises(Exception, match=r"NOT NULL|not-null|null value|UNIQUE|unique"):
        async with loading(database_url, {"theme": columns}) as into:
            await into.put("theme", columns, [row, row])
    assert await rows_of(database_url) == before


@pytest.mark.parametrize(
    ("table", "column"), [("theme", 'name" --'), ("nothing", "id"), ("alembic_version", "version_num")]
)
async def test_a_name_that_the_database_does_not_have_never_reaches_it(
    database_url: str, table: str, column: str
):
    with pytest.raises(DoesNotFit):
        async with loading(database_url, {table: (Column(column, "text"),)}):
            pass


async def test_a_place_with_members_or_cases_is_not_empty(database_url: str):
    await must_be_empty(database_url)
    from amends import tables
    from amends.database import bind, close, connect
    from tests.world import make_member

    bind(connect(database_url), tables.TABLES)
    await make_member("ada")
    await close()
    with pytest.raises(PlaceIsNotEmpty, match="has cases or members"):
        await must_be_empty(database_url)


async def test_a_file_that_another_process_has_open_is_not_empty(tmp_path: Path, migrated_sqlite_file: Path):
    path = tmp_path / "open.db"
    path.write_bytes(migrated_sqlite_file.read_bytes())
    other = sqlite3.connect(path)
    other.execute("SELECT COUNT(*) FROM member").fetchall()
    try:
        with pytest.raises(PlaceIsNotEmpty, match="Another process"):
            await must_be_empty(f"sqlite:///{path}")
    finally:
        other.close()
