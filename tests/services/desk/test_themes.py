"""Does the team's list of themes stay in order, and do cases stay where they are found?"""

from uuid import UUID, uuid4

import pytest

from amends.rules.desk.themes import MOST
from amends.services.desk import case_themes, cases, themes
from amends.services.desk.cases import CaseFilters
from amends.services.desk.themes import (
    ThemeInUse,
    ThemeNameless,
    ThemeThere,
    ThemeTooDeep,
    ThemeUnknown,
    TooManyThemes,
)
from amends.services.team.members import Act, Member
from tests.world import MONDAY, make_case


async def make(name: str, by: Member, *, parent: UUID | None = None) -> UUID:
    return await themes.make(Act(by, MONDAY), name, parent=parent)


async def numbers(theme: UUID) -> list[int]:
    found = await cases.page(CaseFilters(theme=theme, stage="all"), now=MONDAY)
    return [row.number for row in found.rows]


async def test_wide_themes_stand_by_name_with_their_narrower_ones_below(alice: Member):
    shop = await make("Shop", alice)
    delivery = await make("delivery", alice)
    await make("Late", alice, parent=delivery)
    await make("Broken", alice, parent=delivery)
    names = [(one.name, one.parent) for one in await themes.everything()]
    assert names == [("delivery", None), ("Broken", delivery), ("Late", delivery), ("Shop", None)]
    assert shop != delivery


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u202e"])
async def test_a_theme_has_a_name(alice: Member, name: str):
    with pytest.raises(ThemeNameless):
        await make(name, alice)


async def test_a_name_is_there_once_whatever_its_letters_look_like(alice: Member):
    late = await make("Late", alice)
    with pytest.raises(ThemeThere):
        await make(" LATE ", alice)
    await themes.change(late, "LATE", parent=None, by=alice)
    [only] = await themes.everything()
    assert only.name == "LATE"


async def test_a_theme_stands_at_most_under_one_other(alice: Member):
    delivery = await make("Delivery", alice)
    late = await make("Late", alice, parent=delivery)
    with pytest.raises(ThemeTooDeep):
        await make("Very late", alice, parent=late)
    shop = await make("Shop", alice)
    with pytest.raises(ThemeTooDeep):
        await themes.change(delivery, "Delivery", parent=shop, by=alice)
    with pytest.raises(ThemeTooDeep):
        await themes.change(shop, "Shop", parent=shop, by=alice)
    with pytest.raises(ThemeUnknown):
        await make("Odd", alice, parent=uuid4())


async def test_cases_are_found_under_the_wider_theme_too_wherever_it_moves(alice: Member):
    delivery, shop = await make("Delivery", alice), await make("Shop", alice)
    late = await make("Late", alice, parent=delivery)
    slow = await make("Slow", alice, parent=delivery)
    one, other = await make_case(alice), await make_case(alice)
    await case_themes.choose(Act(alice, MONDAY), one, add_to=[late])
    await case_themes.choose(Act(alice, MONDAY), other, add_to=[late, slow])
    assert await numbers(delivery) == [other, one]
    await themes.change(late, "Late", parent=shop, by=alice)
    assert (await numbers(shop), await numbers(delivery)) == ([other, one], [other])
    await themes.change(late, "Late", parent=None, by=alice)
    assert (await numbers(shop), await numbers(late)) == ([], [other, one])
    assert await themes.counted() == {late: 2, slow: 1, delivery: 1}


async def test_a_theme_that_cases_have_is_retired_and_not_removed(alice: Member):
    late = await make("Late", alice)
    number = await make_case(alice)
    await case_themes.choose(Act(alice, MONDAY), number, add_to=[late])
    with pytest.raises(ThemeInUse):
        await themes.remove(late, by=alice)
    await themes.retire(Act(alice, MONDAY), late)
    [only] = await themes.everything()
    assert (only.retired, await numbers(late)) == (True, [number])
    await themes.bring_back(late, by=alice)
    assert not (await themes.everything())[0].retired


async def test_a_theme_that_no_case_has_is_removed_after_its_narrower_ones(alice: Member):
    delivery = await make("Delivery", alice)
    late = await make("Late", alice, parent=delivery)
    with pytest.raises(ThemeInUse):
        await themes.remove(delivery, by=alice)
    await themes.remove(late, by=alice)
    await themes.remove(delivery, by=alice)
    assert await themes.everything() == ()
    for gone in (themes.remove(late, by=alice), themes.retire(Act(alice, MONDAY), late)):
        with pytest.raises(ThemeUnknown):
            await gone


async def test_there_are_at_most_so_many(alice: Member):
    for number in range(MOST):
        await make(f"Theme {number}", alice)
    with pytest.raises(TooManyThemes):
        await make("One too many", alice)
