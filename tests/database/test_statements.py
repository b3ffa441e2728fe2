"""Raw SQL runs alike on both engines, with named parameters or rows."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from asyncpg.pgproto.pgproto import UUID as AsyncpgUUID

from amends import tables
from amends.database import add, bind, bound, close, connect, read, run, run_with_rows, transaction
from tests.world import MONDAY


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    bind(connect(database_url), tables.TABLES)
    yield
    await close()


def author(key: str) -> dict[str, object]:
    return {
        "id": uuid4(),
        "key": key,
        "platform": "x",
        "first_seen_at": MONDAY,
        "last_seen_at": MONDAY,
    }


async def test_a_row_is_added_with_the_usual_values_of_its_table(database: None):
    assert await add(tables.Author, **author("x:dana"))
    [row] = await run("SELECT * FROM author WHERE key = :key", key="x:dana")
    assert (row["handle"], row["opted_out"], row["first_seen_at"]) == ("", False, MONDAY)


async def test_adding_says_when_there_is_one_already(database: None):
    assert await add(tables.Author, unless="key", **author("x:dana"))
    assert not await add(tables.Author, unless="key", **author("x:dana"))


async def test_an_id_that_the_other_engine_read_is_the_same_id(database: None):
    """What follows from a row is kept, and a process that speaks to both engines may meet it again."""
    dana = author("x:dana")
    assert await add(tables.Author, **dana | {"id": AsyncpgUUID(str(dana["id"]))})
    [row] = await run("SELECT key FROM author WHERE id = :id", id=AsyncpgUUID(str(dana["id"])))
    assert row["key"] == "x:dana"


async def test_a_misspelt_column_is_refused(database: None):
    with pytest.raises(TypeError, match="Author has no column nmae"):
        await add(tables.Author, nmae="Dana", **author("x:dana"))


async def test_many_rows_go_into_one_statement(database: None):
    one, other = author("x:dana"), author("x:eli")
    for each in (one, other):
        await add(tables.Author, **each)
    await run_with_rows(
        "UPDATE author SET name = v.column2 FROM (VALUES :rows) AS v WHERE author.id = v.column1",
        [(one["id"], "Dana"), (other["id"], "Eli")],
        types=("uuid", "text"),
    )
    rows = await run("SELECT name FROM author ORDER BY name")
    assert [row["name"] for row in rows] == ["Dana", "Eli"]


async def test_the_same_row_is_made_into_the_very_same_thing_until_it_changes(database: None):
    await add(tables.Author, **author("x:dana"))
    sql = "SELECT key, name FROM author WHERE key = :key"

    [first] = await read(dict, sql, key="x:dana")
    [again] = await read(dict, sql, quick=True, key="x:dana")
    assert again is first == {"key": "x:dana", "name": ""}

    await run("UPDATE author SET name = 'Dana'")
    [changed] = await read(dict, sql, key="x:dana")
    assert changed == {"key": "x:dana", "name": "Dana"}
    assert await read(dict, sql, key="nobody") == []


async def test_an_instant_that_the_planner_does_not_see_needs_one_plan_for_all(database: None):
    """On SQLite, which plans a kept statement once in any case, it is a value like another."""
    asked = "SELECT key FROM author WHERE first_seen_at < :now@ OR last_seen_at < :now@ ORDER BY key"
    await add(tables.Author, **author("x:dana"))
    async with transaction():
        found = [await run(asked, now=MONDAY + timedelta(minutes=minute)) for minute in range(8)]
        plans = await _plans_of(f"{asked[:45]}%") if bound().engine_type == "postgres" else (5, 3)
    assert [len(rows) for rows in found] == [0, *[1] * 7]
    assert plans == (5, 3), "after five tries PostgreSQL keeps the plan that fits every instant"


async def _plans_of(text: str) -> tuple[int, int]:
    [row] = await run(
        "SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE :text",
        text=text,
    )
    return row["custom_plans"], row["generic_plans"]
