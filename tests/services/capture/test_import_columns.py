"""Are the columns of a table suggested, chosen and remembered?"""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from amends.rules.capture.column_mapping import ColumnMapping, WrongMapping
from amends.rules.vocabulary import FieldKind
from amends.services.capture import import_columns, import_overviews, imports
from amends.services.case import field_values, fields
from amends.services.case.fields import FieldGiven
from amends.services.team.members import Act, Member
from tests.imports import NEXT_WEEK, in_order, kept, lines, work
from tests.world import MONDAY, entries

TRUSTPILOT = (
    "Domain,Review Created (UTC),Review Id,Reviewer Id,Review Title,Review Content,Review Stars,Source,"
    "Review Url,Company Reply Date (UTC),Company Reply Content,Reviewer Name,Reference Id,Tags\n"
    'example.com,2026-03-28 14:05:33,65f0aa,65f0bb,"Never again","The cake came late, and ""broken"".\n'
    'Nobody answers.",1,Organic,https://www.trustpilot.com/reviews/65f0aa,,,Nell N.,"ORD-1",\n'
)


async def columns_of(upload: UUID, *, by: Member, preset: str | None = None) -> import_columns.Columns:
    table = await imports.waiting(Act(by, MONDAY), upload)
    return await import_columns.suggested(table.content, table.header, table.mapping, preset, 10)


def chosen(columns: import_columns.Columns) -> ColumnMapping:
    fields = tuple(column.field for column in columns.columns)
    return ColumnMapping(fields, columns.platform, columns.month_first)


async def test_the_export_of_a_tool_is_read_by_its_preset_and_the_next_one_as_it_was_mapped(
    alice: Member, bob: Member
):
    upload = await kept(TRUSTPILOT, by=alice)
    suggested = await columns_of(upload, by=alice)
    assert (suggested.source, suggested.platform) == ("trustpilot", "trustpilot")
    assert suggested.columns[5].samples == ['The cake came late, and "broken". Nobody answers.']
    await imports.map_columns(Act(alice, MONDAY), upload, chosen(suggested), remember=True)
    [line] = await import_overviews.lines(upload)
    assert (line.title, line.author, line.platform) == ("Never again", "Nell N.", "trustpilot")
    assert line.posted_at == datetime(2026, 3, 28, 14, 5, 33, tzinfo=UTC), "UTC, as its column says"

    fields = tuple("" if field == "title" else field for field in chosen(suggested).fields)
    await imports.map_columns(Act(alice, MONDAY), upload, ColumnMapping(fields, "trustpilot"), remember=True)
    again = await columns_of(await kept(TRUSTPILOT, by=bob), by=bob)
    assert again.source == import_columns.REMEMBERED
    assert chosen(again).fields == fields


@pytest.fixture
async def own(alice: Member) -> dict[str, str]:
    """The columns of a field of each kind, by its label."""
    kinds = {"Bought on": FieldKind.DATE, "Price": FieldKind.NUMBER, "Plan": FieldKind.CHOICE}
    made = {
        label: await fields.make(
            Act(alice, MONDAY), kind, FieldGiven(label_en=label, choices="Basic\nGold" * (label == "Plan"))
        )
        for label, kind in kinds.items()
    }
    return {label: f"field_{name}" for label, name in made.items()}


async def test_fields_of_the_team_are_meant_by_their_labels_and_filled_in_by_the_import(
    alice: Member, own: dict[str, str]
):
    upload = await kept('Text,Bought on,price,PLAN\nLate,3/28/2026,"12,50",gold\n', by=alice)
    suggested = await columns_of(upload, by=alice)
    assert chosen(suggested).fields == ("text", own["Bought on"], own["Price"], own["Plan"])
    assert suggested.month_first
    await imports.map_columns(Act(alice, MONDAY), upload, chosen(suggested), remember=True)
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await work()
    found = {one.name: one.value for one in await field_values.of_case(1) if one.value}
    assert found == {"bought_on": "2026-03-28", "price": "12.5", "plan": "Gold"}
    assert await entries(1) == ["captured", "fields_set"]


async def test_a_value_that_does_not_fit_its_field_is_named_and_its_line_waits(
    alice: Member, own: dict[str, str]
):
    table = f"text,{own['Bought on']},{own['Price']},{own['Plan']}\nLate,soon,dear,Silver\nCold,,,\n"
    refused, plain = await lines(table, by=alice)
    assert (refused.state, set(refused.wrong)) == ("wrong", {*own.values()})
    assert plain.state == "new"


async def test_a_table_of_columns_that_the_export_writes_is_read_without_a_question(
    alice: Member, own: dict[str, str]
):
    [line] = await lines(f"text,{own['Price']}\nLate,12\n", by=alice)
    assert line.state == "new"


async def test_a_field_that_is_offered_no_more_is_no_column_any_more(alice: Member, own: dict[str, str]):
    table = "Text,Price\nLate,12\n"
    upload = await kept(table, by=alice)
    await imports.map_columns(
        Act(alice, MONDAY), upload, chosen(await columns_of(upload, by=alice)), remember=True
    )
    await fields.retire(Act(alice, MONDAY), "price")
    assert chosen(await columns_of(upload, by=alice)).fields == ("text", "")
    await imports.start(Act(alice, MONDAY), upload, look_on=NEXT_WEEK)
    await work()
    [line] = await import_overviews.lines(upload)
    assert (line.state, set(line.wrong)) == ("wrong", {own["Price"]})


async def test_dates_with_the_month_first_are_noticed_and_read_so(alice: Member):
    upload = await kept("Review,Date\nLate,3/28/2026\nCold,4/3/2026 2:05 PM\n", by=alice)
    suggested = await columns_of(upload, by=alice)
    assert suggested.month_first
    await imports.map_columns(Act(alice, MONDAY), upload, chosen(suggested))
    found = in_order(await import_overviews.lines(upload))
    assert [f"{line.posted_at:%m-%d %H:%M}" for line in found] == ["03-27 23:00", "04-03 12:05"]


async def test_columns_without_words_or_address_and_columns_twice_are_refused(alice: Member):
    upload = await kept("A,B\nLate,2\n", by=alice)
    for wrong in (
        ("rating", ""),
        ("text",),
        ("text", "colour"),
        ("text", "field_gone"),
        ("rating", "rating"),
    ):
        with pytest.raises(WrongMapping):
            await imports.map_columns(Act(alice, MONDAY), upload, ColumnMapping(wrong))
    await imports.map_columns(Act(alice, MONDAY), upload, ColumnMapping(("text", "text")))
    [line] = await import_overviews.lines(upload)
    assert line.title == "Late 2"
