"""Values: both engines return the same Python values."""

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from piccolo.query.functions import Coalesce, Max
from piccolo.querystring import QueryString

from amends.database import Engine, NaiveDatetime, Typed, locking, run, transaction
from tests.database.shelves import Shelf, names

pytestmark = pytest.mark.usefixtures("engine")
NOON = datetime(2026, 3, 29, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "notes", [{"a": [1, 2.5, None, True], "é": {"b": "“c”"}}, [], ["x", {"y": 1}], {}, None], ids=repr
)
async def test_json_is_read_as_it_was_written(notes: object):
    returned = await Shelf.insert(Shelf(name="a", notes=notes)).returning(Shelf.notes)
    assert returned == [{"notes": notes}]
    assert await Shelf.select(Shelf.notes) == [{"notes": notes}]
    assert await Shelf.raw("SELECT notes FROM shelf") == [{"notes": notes}]
    shelf = await Shelf.objects().first()
    assert shelf is not None
    assert shelf.notes == notes


async def test_json_is_changed_by_update_and_by_save():
    await Shelf.insert(Shelf(name="a", notes={"a": 1}))
    await Shelf.update({Shelf.notes: ["b"]}).where(Shelf.name == "a")
    shelf = await Shelf.objects().first()
    assert shelf is not None
    assert shelf.notes == ["b"]
    await shelf.save()
    assert await Shelf.select(Shelf.notes) == [{"notes": ["b"]}]


async def test_instants_come_back_aware_and_in_utc():
    summer = timezone(timedelta(hours=2))
    await Shelf.insert(Shelf(name="a", seen_at=datetime(2026, 3, 29, 14, 0, 0, 5, tzinfo=summer)))
    [row] = await Shelf.select(Shelf.seen_at)
    assert row["seen_at"] == NOON.replace(microsecond=5)
    assert row["seen_at"].utcoffset() == timedelta(0)


async def test_instants_are_ordered_and_compared_to_the_microsecond():
    instants = [NOON + timedelta(microseconds=shift) for shift in (-1, 0, 1, 999_999, 1_000_000)]
    for number, instant in enumerate(instants):
        await Shelf.insert(Shelf(name=str(number), seen_at=instant))
    rows = await Shelf.select(Shelf.seen_at).order_by(Shelf.seen_at)
    assert [row["seen_at"] for row in rows] == instants
    assert await Shelf.count().where(Shelf.seen_at > NOON) == 3
    assert await Shelf.count().where(Shelf.seen_at == NOON) == 1


async def test_a_date_and_time_without_a_zone_is_refused():
    with pytest.raises(NaiveDatetime):
        await Shelf.insert(Shelf(name="a", seen_at=NOON.replace(tzinfo=None)))
    with pytest.raises(NaiveDatetime):
        await Shelf.select().where(Shelf.seen_at < NOON.replace(tzinfo=None))


async def test_ids_numbers_and_truth_keep_their_types():
    key = uuid.uuid4()
    returned = await Shelf.insert(Shelf(id=key, name="a", copies=2**31 - 1, lit=True)).returning(
        *Shelf.all_columns()
    )
    assert returned == await Shelf.select()
    [row] = returned
    assert isinstance(row["id"], uuid.UUID)
    assert row == {
        "id": key,
        "name": "a",
        "copies": 2**31 - 1,
        "seen_at": None,
        "lit": True,
        "notes": None,
    }


async def test_typed_expressions_come_back_with_their_type():
    await Shelf.insert(Shelf(name="a", seen_at=NOON), Shelf(name="b", notes={"a": 1}))
    assert await Shelf.select(Typed(Max(Shelf.seen_at), "last")) == [{"last": NOON}]
    first = Typed(Coalesce(Shelf.seen_at, NOON - timedelta(days=1)), "first")
    assert await Shelf.select(first).order_by(Shelf.name) == [
        {"first": NOON},
        {"first": NOON - timedelta(days=1)},
    ]
    notes = Typed(QueryString("COALESCE({}, NULL)", Shelf.notes), "notes", "JSONB")
    assert await Shelf.select(notes).where(Shelf.name == "b") == [{"notes": {"a": 1}}]


async def test_rows_are_claimed_by_the_same_query_on_both(engine: Engine):
    await Shelf.insert(Shelf(name="a"), Shelf(name="b"))
    async with transaction():
        claimed = await run(
            f"SELECT s.name FROM shelf AS s ORDER BY s.name LIMIT 1 {locking('s', skipping=True)}"
        )
        same = await run(f"SELECT name FROM shelf ORDER BY name LIMIT 1 {locking(strength='SHARE')}")
    assert [row["name"] for row in (*claimed, *same)] == ["a", "a"]


async def test_changed_rows_are_returned():
    await Shelf.insert(Shelf(name="a", seen_at=NOON))
    changed = await Shelf.update({Shelf.name: "b"}).where(Shelf.name == "a").returning(Shelf.seen_at)
    assert changed == [{"seen_at": NOON}]
    assert await Shelf.update({Shelf.name: "c"}).where(Shelf.name == "a").returning(Shelf.id) == []
    assert await names() == ["b"]
