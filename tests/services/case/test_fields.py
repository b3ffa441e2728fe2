"""Does a lead look after the list of fields, and does what stands in cases outlive it?"""

import pytest

from amends.rules.case.fields import MOST
from amends.rules.vocabulary import FieldKind
from amends.services.case import field_values, fields
from amends.services.case.fields import FieldGiven, FieldInUse, FieldUnknown, TooManyFields, WrongField
from amends.services.team.members import Act, Member
from amends.services.team.seen import ChangedMeanwhile, fingerprint
from tests.world import MONDAY, make_case


async def make(by: Member, label: str, kind: FieldKind = FieldKind.TEXT, **given: object) -> str:
    return await fields.make(Act(by, MONDAY), kind, FieldGiven(label_en=label, **given))  # type: ignore[arg-type]


async def names() -> list[str]:
    return [one.name for one in await fields.everything()]


async def test_fields_stand_in_the_order_in_which_they_were_made_until_one_is_moved(alice: Member):
    await make(alice, "Product")
    size = await make(alice, "Size", FieldKind.NUMBER)
    assert await names() == ["product", "size"]
    await fields.move_up(Act(alice, MONDAY), size)
    assert await names() == ["size", "product"]
    await fields.move_up(Act(alice, MONDAY), size)
    assert await names() == ["size", "product"]


async def test_a_field_has_a_name_in_one_language_at_least_and_its_own(alice: Member):
    await make(alice, "Product")
    for label in ("", " \u200b ", "product"):
        with pytest.raises(WrongField):
            await make(alice, label)
    assert await names() == ["product"]


async def test_a_choice_has_two_choices_at_least(alice: Member):
    with pytest.raises(WrongField):
        await make(alice, "Shop", FieldKind.CHOICE, choices="Lyon")
    await make(alice, "Shop", FieldKind.CHOICE, choices="Lyon\nNice")
    [shop] = await fields.everything()
    assert shop.choices == ("Lyon", "Nice")


async def test_no_field_is_called_as_what_replies_fill_in_themselves(alice: Member):
    given = FieldGiven(label_en="Author")
    name = await fields.make(Act(alice, MONDAY), FieldKind.TEXT, given, reserved=["author"])
    assert name == "author_2"


async def test_twelve_fields_are_offered_at_most(alice: Member):
    made = [await make(alice, f"Field {place}") for place in range(MOST)]
    with pytest.raises(TooManyFields):
        await make(alice, "One more")
    await fields.retire(Act(alice, MONDAY), made[0])
    await make(alice, "One more")
    with pytest.raises(TooManyFields):
        await fields.bring_back(Act(alice, MONDAY), made[0])
    assert len(await fields.offered()) == MOST


async def test_who_saves_second_is_told(alice: Member):
    name = await make(alice, "Product")
    [before] = await fields.everything()
    seen = fingerprint(fields.values_of(before))
    await fields.change(Act(alice, MONDAY), name, FieldGiven(label_en="Item"), seen=seen)
    with pytest.raises(ChangedMeanwhile):
        await fields.change(Act(alice, MONDAY), name, FieldGiven(label_en="Article"), seen=seen)


async def test_a_field_with_a_value_is_retired_and_not_removed(alice: Member):
    name, number = await make(alice, "Product"), await make_case(alice)
    await field_values.fill(Act(alice, MONDAY), number, {name: "Vase"})
    with pytest.raises(FieldInUse):
        await fields.remove(Act(alice, MONDAY), name)
    await fields.retire(Act(alice, MONDAY), name)
    [shown] = await field_values.of_case(number)
    assert (shown.value, shown.retired) == ("Vase", True)
    await fields.bring_back(Act(alice, MONDAY), name)
    await field_values.fill(Act(alice, MONDAY), number, {name: ""})
    await fields.remove(Act(alice, MONDAY), name)
    assert await names() == []
    for command in (fields.remove, fields.move_up, fields.retire, fields.bring_back):
        with pytest.raises(FieldUnknown):
            await command(Act(alice, MONDAY), name)


async def test_a_value_opens_at_an_address_of_another_tool(alice: Member):
    with pytest.raises(WrongField) as refused:
        await make(alice, "Ticket", opens="https://help.example/")
    assert set(refused.value.fields) == {"opens"}
    await make(alice, "Ticket", opens=" https://help.example/#ticket/zoom/{value} ")
    await make(alice, "Size", FieldKind.NUMBER, opens="https://help.example/{value}")
    addresses = {one.name: one.opens for one in await fields.everything()}
    assert addresses == {"ticket": "https://help.example/#ticket/zoom/{value}", "size": ""}
