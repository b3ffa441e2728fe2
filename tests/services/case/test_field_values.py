"""Does a case keep what members write into fields, tell of it once, and give it back?"""

from datetime import timedelta
from typing import Any

import pytest

from amends.rules.case.fields import FieldUnusable
from amends.rules.vocabulary import FieldKind
from amends.services.case import field_values, fields
from amends.services.case.access import CaseChanged, CaseUnknown
from amends.services.case.field_values import FieldsNotUndone
from amends.services.case.fields import FieldGiven, FieldUnknown
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters
from amends.services.team.members import Act, Member
from tests.world import MONDAY, case_row, entries, make_case, move


@pytest.fixture
async def order(alice: Member) -> str:
    given = FieldGiven(label_en="Order number", label_fr="Numéro de commande")
    return await fields.make(Act(alice, MONDAY), FieldKind.ORDER_NUMBER, given)


@pytest.fixture
async def size(alice: Member) -> str:
    return await fields.make(Act(alice, MONDAY), FieldKind.NUMBER, FieldGiven(label_en="Size"))


async def values(number: int) -> dict[str, str]:
    return {one.name: one.value for one in await field_values.of_case(number)}


async def told(number: int, by: Member) -> dict[str, object]:
    return dict((await cases.detail(Act(by, MONDAY), number)).timeline[-1].particulars)


async def test_several_fields_are_one_change_and_one_entry(alice: Member, order: str, size: str):
    number = await make_case(alice)
    assert await field_values.fill(Act(alice, MONDAY), number, {order: "A-17", size: "12,50"})
    assert await values(number) == {order: "A-17", size: "12.5"}
    assert await entries(number) == ["captured", "fields_set"]
    said = (await told(number, alice))["fields"]
    assert [(one["field"], one["after"]) for one in said] == [(order, "A-17"), (size, "12.5")]  # type: ignore[attr-defined]


async def test_what_is_so_already_changes_nothing(alice: Member, order: str, size: str):
    number = await make_case(alice)
    await field_values.fill(Act(alice, MONDAY), number, {size: "12"})
    version = (await case_row(number))["version"]
    assert not await field_values.fill(Act(alice, MONDAY), number, {order: " ", size: "12,00"})
    assert (await case_row(number))["version"] == version
    assert await entries(number) == ["captured", "fields_set"]


async def test_one_wrong_value_changes_nothing(alice: Member, order: str, size: str):
    number = await make_case(alice)
    with pytest.raises(FieldUnusable):
        await field_values.fill(Act(alice, MONDAY), number, {order: "A-17", size: "big"})
    with pytest.raises(FieldUnknown):
        await field_values.fill(Act(alice, MONDAY), number, {order: "A-17", "nothing": "x"})
    with pytest.raises(CaseUnknown):
        await field_values.fill(Act(alice, MONDAY), number + 1, {order: "A-17"})
    assert await values(number) == {order: "", size: ""}


async def test_who_saw_another_version_is_told(alice: Member, bob: Member, order: str):
    number = await make_case(alice)
    version = (await case_row(number))["version"]
    await field_values.fill(Act(bob, MONDAY), number, {order: "A-17"}, version=version)
    with pytest.raises(CaseChanged):
        await field_values.fill(Act(alice, MONDAY), number, {order: "B-18"}, version=version)
    assert await values(number) == {order: "A-17"}


async def test_the_last_change_can_be_undone_for_half_a_minute_by_who_made_it(
    alice: Member, bob: Member, order: str
):
    number = await make_case(alice)
    for value in ("A-17", "B-18"):
        await field_values.fill(Act(alice, MONDAY), number, {order: value})
    for by, later in ((bob, 0), (alice, 31)):
        with pytest.raises(FieldsNotUndone):
            await field_values.undo(Act(by, MONDAY + timedelta(seconds=later)), number)
    await field_values.undo(Act(alice, MONDAY + timedelta(seconds=29)), number)
    assert await values(number) == {order: "A-17"}
    with pytest.raises(FieldsNotUndone):
        await field_values.undo(Act(alice, MONDAY + timedelta(seconds=29)), number)
    assert await entries(number) == ["captured", "fields_set", "fields_set", "fields_set"]


async def test_a_case_is_found_by_the_words_of_its_order_number(alice: Member, order: str):
    number, _other = await make_case(alice), await make_case(alice)
    await field_values.fill(Act(alice, MONDAY), number, {order: "QX-4711"})
    found = await cases.page(CaseFilters(words="qx-4711"), now=MONDAY)
    assert [row.number for row in found.rows] == [number]


async def test_a_merged_case_leaves_its_values_where_the_kept_one_has_none(
    alice: Member, order: str, size: str
):
    kept, joined = await make_case(alice), await make_case(alice)
    await field_values.fill(Act(alice, MONDAY), kept, {order: "A-17"})
    await field_values.fill(Act(alice, MONDAY), joined, {order: "B-18", size: "12"})
    await move(joined, "join", by=alice, duplicate_of=kept)
    assert await values(kept) == {order: "A-17", size: "12"}


async def test_cases_are_found_by_a_value_whichever_way_it_is_written(alice: Member, order: str, size: str):
    numbers = [await make_case(alice) for _ in range(5)]
    for place, number in enumerate(numbers):
        await field_values.fill(Act(alice, MONDAY), number, {order: f"No. {place % 2}-A", size: str(place)})

    async def found(*asked: tuple[str, str], **filters: Any) -> list[int]:
        wanted = CaseFilters(fields=asked, **filters)
        rows = (await cases.page(wanted, now=MONDAY)).rows
        assert len(rows) == await cases.count(wanted, now=MONDAY)
        return [row.number for row in rows]

    odd = [numbers[3], numbers[1]]
    assert await found((order, "no 1a")) == odd
    assert await found((order, "no 1a"), stage="all", owner="nobody") == odd
    assert await found((order, "no 1a"), sort="opened") == odd[::-1]
    assert await found((order, "no 1a"), words="cake") == odd
    assert await found((order, "no 1a"), late=True) == []
    assert await found((order, "no 1a"), (size, "3,00")) == [numbers[3]]
    assert await found((size, "three")) == []
    assert await found(("nothing", "x")) == []


async def test_cases_with_a_value_are_paged_by_their_numbers(alice: Member, order: str):
    numbers = [await make_case(alice) for _ in range(5)]
    for number in numbers:
        await field_values.fill(Act(alice, MONDAY), number, {order: "A-17"})
    wanted, seen, before = CaseFilters(fields=((order, "a17"),)), list[int](), None
    while True:
        page = await cases.page(wanted, now=MONDAY, before=before, limit=2)
        seen += [row.number for row in page.rows]
        if (before := page.next_before) is None:
            break
    assert seen == numbers[::-1]
