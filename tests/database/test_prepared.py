"""Does a prepared query do what the same query does when it is built each time?"""

import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest
from piccolo.columns import Column
from piccolo.query.base import Query

from amends.database import NaiveDatetime, bind, connect, prepared, prepared_quick, transaction
from tests.database.shelves import SHELVES, STATEMENTS, Shelf, names

NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


class Room(StrEnum):
    HALL = "hall"


@prepared
def by_name(name: str) -> Query[Shelf, list[dict[str, Any]]]:
    return Shelf.select(Shelf.name, Shelf.copies).where(Shelf.name == name)


@prepared_quick
def copies_of(name: str) -> Query[Shelf, list[dict[str, Any]]]:
    return Shelf.select(Shelf.copies).where(Shelf.name == name)


@prepared_quick
def rename(old: str, new: str) -> Query[Shelf, list[Any]]:
    return Shelf.update({Shelf.name: new}).where(Shelf.name == old)


@prepared
def seen_since(instant: datetime, lit: bool = True) -> Query[Shelf, list[dict[str, Any]]]:
    columns: list[Column] = [Shelf.name]
    return (
        Shelf.select(*columns)
        .where(Shelf.lit == lit, (Shelf.seen_at >= instant) | (Shelf.name == "always"))
        .order_by(Shelf.name)
        .limit(10)
    )


@prepared
def add(key: uuid.UUID, name: str, notes: object) -> Query[Shelf, list[dict[str, Any]]]:
    return Shelf.insert(Shelf(id=key, name=name, notes=notes, lit=True, seen_at=NOON))


@prepared
def with_notes(notes: str) -> Query[Shelf, list[dict[str, Any]]]:
    return Shelf.raw("SELECT name, notes FROM shelf WHERE name = {}", notes)


@pytest.mark.usefixtures("engine")
class TestOnBothEngines:
    async def test_it_runs_with_other_values_each_time(self):
        await Shelf.insert(Shelf(name="a", copies=1), Shelf(name="b", copies=2))
        assert await by_name("a") == [{"name": "a", "copies": 1}]
        assert await by_name(name="b") == [{"name": "b", "copies": 2}]
        assert await by_name("'; DROP TABLE shelf; --") == []

    async def test_a_quick_one_answers_the_same_and_may_even_write(self):
        await Shelf.insert(Shelf(name="a", copies=1))
        assert await copies_of("a") == [{"copies": 1}]
        await rename("a", "b")
        assert (await copies_of("a"), await copies_of("b")) == ([], [{"copies": 1}])

    async def test_it_knows_defaults_and_values_that_the_query_itself_gives(self):
        await Shelf.insert(
            Shelf(name="always", lit=True),
            Shelf(name="late", lit=True, seen_at=NOON),
            Shelf(name="dark", seen_at=NOON),
        )
        assert await seen_since(NOON) == [{"name": "always"}, {"name": "late"}]
        assert await seen_since(NOON, lit=False) == [{"name": "dark"}]

    async def test_it_writes_every_kind_of_value(self):
        key = uuid.uuid4()
        assert await add(key, Room.HALL, {"a": [1]}) == [{"id": key}]
        assert await add(uuid.uuid4(), "list", ["x"]) != []
        assert await add(uuid.uuid4(), "nothing", None) != []
        rows = await Shelf.select(Shelf.name, Shelf.notes).order_by(Shelf.name)
        assert rows == [
            {"name": "hall", "notes": {"a": [1]}},
            {"name": "list", "notes": ["x"]},
            {"name": "nothing", "notes": None},
        ]
        assert await with_notes("list") == [{"name": "list", "notes": ["x"]}]

    async def test_it_takes_part_in_the_transaction(self):
        async def add_and_fail() -> None:
            async with transaction():
                await add(uuid.uuid4(), "a", {})
                raise KeyError

        with pytest.raises(KeyError):
            await add_and_fail()
        assert await names() == []

    async def test_a_missing_an_unknown_or_a_naive_value_is_refused(self):
        with pytest.raises(TypeError, match="name"):
            await by_name()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="title"):
            await by_name("a", title="b")  # type: ignore[call-arg]
        with pytest.raises(NaiveDatetime):
            await seen_since(NOON.replace(tzinfo=None))

    async def test_a_value_that_is_changed_while_building_is_refused(self):
        @prepared
        def shouted(name: str) -> Query[Shelf, list[dict[str, Any]]]:
            return Shelf.select().where(Shelf.name == name + "!")

        with pytest.raises(TypeError, match="changed or dropped name"):
            await shouted("a")


async def test_one_prepared_query_serves_engines_of_both_kinds(postgres_url: str, tmp_path):
    sqlite, postgres = connect(f"sqlite:///{tmp_path}/shelves.db"), connect(postgres_url)
    for engine in (sqlite, postgres):
        bind(engine, SHELVES)
        for statement in STATEMENTS:
            await engine.run_ddl(statement)
        await Shelf.insert(Shelf(name=engine.engine_type))
    for engine in (sqlite, postgres, sqlite):
        bind(engine, SHELVES)
        assert [row["name"] for row in await by_name(engine.engine_type)] == [engine.engine_type]
    for engine in (sqlite, postgres):
        await engine.close_connection_pool()
