"""A struct declares the columns of a SELECT and how its rows are converted, alike on both engines."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
import pytest

from amends import tables
from amends.database import (
    GIVEN,
    Selected,
    add,
    bind,
    bound,
    close,
    columns_of,
    connect,
    convert,
    converter,
    packed,
    read,
    run,
    unpacked,
)
from amends.rules.vocabulary import CustomerStatus, Language, Role
from tests.world import MONDAY


class Named(msgspec.Struct, frozen=True):
    """A member beside what they did."""

    id: UUID
    name: str


class AuthorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An author with a computed boolean, and a field that the row does not know."""

    id: UUID
    platform: str
    handle: str
    customer_status: CustomerStatus
    first_seen_at: datetime
    known: Annotated[bool, Selected("a.name <> ''")]
    cases: Annotated[list[int], GIVEN]


class ViewRow(msgspec.Struct, frozen=True, kw_only=True):
    """A view with its member and its JSON."""

    name: str
    shared: bool
    member: Named | None
    maker: Annotated[Named | None, Selected("v.member", join="member")]
    filters: dict[str, Any]


VIEWS = f"""
SELECT {columns_of(ViewRow, table="v")}
FROM view AS v LEFT JOIN member ON member.id = v.member AND member.name <> 'Nobody'
"""


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[None]:
    bind(connect(database_url), tables.TABLES)
    yield
    await close()


async def add_author(name: str = "Dana", platform: str = "x") -> UUID:
    author = {"id": uuid4(), "key": "x:dana", "platform": platform, "handle": "@dana", "name": name}
    await add(tables.Author, **author, first_seen_at=MONDAY, last_seen_at=MONDAY)
    return author["id"]


async def add_view(filters: dict[str, Any]) -> UUID:
    member = uuid4()
    about = {"email": "ada@example.org", "name": "Ada", "role": Role.LEAD, "language": Language.ENGLISH}
    await add(tables.Member, id=member, created_at=MONDAY, **about)
    await add(tables.View, id=uuid4(), member=member, name="Mine", filters=filters, made_at=MONDAY)
    return member


async def test_a_struct_of_columns_is_selected_and_converted(database: None):
    author = await add_author()
    [row] = await run(f"SELECT {columns_of(AuthorRow, table='a')} FROM author AS a")
    assert convert(row, AuthorRow, cases=[7]) == AuthorRow(
        id=author,
        platform="x",
        handle="@dana",
        customer_status=CustomerStatus.UNKNOWN,
        first_seen_at=MONDAY,
        known=True,
        cases=[7],
    )


async def test_what_is_computed_can_be_a_boolean_on_both_engines(database: None):
    await add_author(name="")
    [row] = await run(f"SELECT {columns_of(AuthorRow, table='a')} FROM author AS a")
    assert convert(row, AuthorRow, cases=[]).known is False


async def test_a_struct_in_a_struct_comes_from_the_table_joined_under_its_name(database: None):
    member = await add_view({"stage": "open"})
    [view] = await read(converter(ViewRow), VIEWS)
    assert (view.member, view.maker) == (Named(member, "Ada"), Named(member, "Ada"))
    assert (view.shared, view.filters) == (False, {"stage": "open"})


async def test_json_is_read_as_text_so_that_the_same_row_is_converted_once(database: None):
    await add_view({"words": "a “cake”, null, 1.5"})
    [first], [again] = [await read(converter(ViewRow), VIEWS) for _ in range(2)]
    assert again is first
    assert first.filters == {"words": "a “cake”, null, 1.5"}


async def test_several_structs_of_one_row_name_a_common_column_once(database: None):
    author = await add_author()
    columns = columns_of(Named, AuthorRow, table="a")
    assert columns.count('a."id"') == 1
    [row] = await run(f"SELECT {columns} FROM author AS a")
    assert convert(row, Named) == Named(author, "Dana")


async def test_a_prefix_tells_a_struct_from_others_in_the_same_row(database: None):
    author = await add_author()
    joined = columns_of(Named, table="a", prefix="author_")
    [row] = await run(f"SELECT 'else' AS name, {joined} FROM author AS a")
    assert convert(row, Named, prefix="author_") == Named(author, "Dana")


PACKED = f"SELECT {packed(Named, AuthorRow, table='a')} AS listed FROM author AS a"
HOSTILE = 'Dana "the\n\u2028baker" O\'Hara \x1f'


async def test_a_packed_row_is_one_text_of_which_the_same_structs_are_made(database: None):
    author = await add_author(name=HOSTILE)
    [row] = await run(PACKED)
    assert list(row.keys()) == ["listed"]
    listed = unpacked(row["listed"], Named, AuthorRow)
    [plain] = await run(f"SELECT {columns_of(Named, AuthorRow, table='a')} FROM author AS a")
    assert convert(listed, Named) == convert(plain, Named) == Named(author, HOSTILE)
    assert convert(listed, AuthorRow, cases=[]) == convert(plain, AuthorRow, cases=[])


async def test_a_packed_row_has_the_values_of_a_joined_struct_and_of_json(database: None):
    await add_view({"words": ["a “cake”", None, 1.5]})
    joined = VIEWS.partition("FROM view")[2]
    [row] = await run(f"SELECT {packed(ViewRow, table='v')} AS listed FROM view {joined}")
    [plain] = await run(VIEWS)
    assert convert(unpacked(row["listed"], ViewRow), ViewRow) == convert(plain, ViewRow)


IN_INDIA = """
DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = "Asia/Kolkata"', current_database()); END $$
"""


async def test_instants_of_a_packed_row_are_in_utc_whatever_the_servers_zone(
    database: None, database_url: str
):
    await add_author()
    if bound().engine_type == "postgres":
        await run(IN_INDIA)
        await close()
        bind(connect(database_url), tables.TABLES)
    [row] = await run(PACKED)
    author = convert(unpacked(row["listed"], Named, AuthorRow), AuthorRow, cases=[])
    assert (author.first_seen_at, author.first_seen_at.utcoffset()) == (MONDAY, timedelta(0))


@pytest.mark.parametrize("text", ["null", "true", "1"])
def test_text_stays_text(text: str):
    class Noted(msgspec.Struct):
        note: str | None

    assert convert({"note": text}, Noted) == Noted(text)


def test_a_struct_without_its_key_is_none():
    row = {"name": "a", "shared": 0, "member": None, "member_name": None, "maker": None, "maker_name": None}
    view = convert({**row, "filters": "{}"}, ViewRow)
    assert (view.member, view.maker, view.filters) == (None, None, {})


def test_a_word_that_the_enum_does_not_know_is_refused():
    row = {"id": uuid4(), "platform": "x", "handle": "", "customer_status": "carrier pigeon"}
    with pytest.raises(msgspec.ValidationError, match="carrier pigeon"):
        convert({**row, "first_seen_at": MONDAY, "known": 1}, AuthorRow, cases=[])
