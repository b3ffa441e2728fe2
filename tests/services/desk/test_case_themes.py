"""Is a case about what its members said, whoever else said something meanwhile?"""

from uuid import UUID, uuid4

import pytest

from amends.rules.desk.themes import MOST_OF_A_CASE
from amends.services.case.access import CaseUnknown
from amends.services.desk import case_themes, cases, themes
from amends.services.desk.case_themes import ThemedOften, ThemeRetired
from amends.services.desk.cases import CaseFilters
from amends.services.desk.themes import ThemeUnknown
from amends.services.team.members import Act, Member
from tests.world import MONDAY, case_row, entries, make_case, move


async def make(name: str, by: Member, *, parent: UUID | None = None) -> UUID:
    return await themes.make(Act(by, MONDAY), name, parent=parent)


async def names(number: int, by: Member) -> list[str]:
    return [one.name for one in (await cases.detail(Act(by, MONDAY), number)).themes]


async def test_a_theme_that_was_given_stands_on_the_case_and_its_timeline(alice: Member):
    late, broken = await make("Late", alice), await make("Broken", alice)
    number = await make_case(alice)
    await case_themes.choose(Act(alice, MONDAY), number, add_to=[late, broken])
    await case_themes.choose(Act(alice, MONDAY), number, take_from=[late])
    assert await names(number, alice) == ["Broken"]
    assert await entries(number) == ["captured", "themed", "themed"]
    told = [one.particulars for one in (await cases.detail(Act(alice, MONDAY), number)).timeline[1:]]
    assert told == [{"added": ["Broken", "Late"]}, {"removed": ["Late"]}]


async def test_what_is_so_already_changes_nothing(alice: Member):
    late = await make("Late", alice)
    number = await make_case(alice)
    await case_themes.choose(Act(alice, MONDAY), number, add_to=[late])
    version = (await case_row(number))["version"]
    assert not await case_themes.choose(Act(alice, MONDAY), number, add_to=[late], take_from=[uuid4()])
    assert (await case_row(number))["version"] == version
    assert await entries(number) == ["captured", "themed"]


async def test_two_who_choose_at_once_both_have_their_say(alice: Member, bob: Member):
    late, broken = await make("Late", alice), await make("Broken", alice)
    number = await make_case(alice)
    await case_themes.choose(Act(alice, MONDAY), number, add_to=[late])
    await case_themes.choose(Act(bob, MONDAY), number, add_to=[broken])
    assert await names(number, bob) == ["Broken", "Late"]


async def test_a_theme_or_case_that_is_not_there_changes_nothing(alice: Member):
    number = await make_case(alice)
    with pytest.raises(ThemeUnknown):
        await case_themes.choose(Act(alice, MONDAY), number, add_to=[uuid4()])
    with pytest.raises(CaseUnknown):
        await case_themes.choose(Act(alice, MONDAY), number + 1, add_to=[await make("Late", alice)])
    assert await entries(number) == ["captured"]


async def test_a_case_has_at_most_ten_themes(alice: Member):
    many = [await make(f"Theme {place}", alice) for place in range(MOST_OF_A_CASE + 1)]
    number = await make_case(alice)
    with pytest.raises(ThemedOften):
        await case_themes.choose(Act(alice, MONDAY), number, add_to=many)
    await case_themes.choose(Act(alice, MONDAY), number, add_to=many[1:])
    assert len(await names(number, alice)) == MOST_OF_A_CASE


async def test_cases_are_narrowed_by_theme_beside_everything_else(alice: Member):
    late = await make("Late", alice)
    one, other = await make_case(alice, text="The parcel is lost"), await make_case(alice, text="Too dear")
    third = await make_case(alice, text="Another lost parcel")
    for number in (one, other):
        await case_themes.choose(Act(alice, MONDAY), number, add_to=[late])

    async def numbers(**filters: object) -> list[int]:
        found = await cases.page(CaseFilters(**{"theme": late, **filters}), now=MONDAY)  # type: ignore[arg-type]
        return [row.number for row in found.rows]

    assert await numbers() == [other, one]
    assert await numbers(words="parcel") == [one]
    assert await numbers(late=True) == []
    assert await numbers(words="!!") == []
    assert await numbers(owner="nobody") == [other, one]
    assert await numbers(theme=None, words="parcel") == [third, one]
    first = await cases.page(CaseFilters(theme=late), now=MONDAY, limit=1)
    rest = await cases.page(CaseFilters(theme=late), now=MONDAY, before=first.next_before, limit=1)
    assert [row.number for row in (*first.rows, *rest.rows)] == [other, one]


async def test_a_joined_case_hands_its_themes_on(alice: Member):
    late, broken = await make("Late", alice), await make("Broken", alice)
    kept, joined = await make_case(alice), await make_case(alice)
    await case_themes.choose(Act(alice, MONDAY), kept, add_to=[late])
    await case_themes.choose(Act(alice, MONDAY), joined, add_to=[late, broken])
    await move(joined, "join", by=alice, duplicate_of=kept)
    assert await names(kept, alice) == ["Broken", "Late"]


async def test_what_cases_with_the_same_words_are_about_is_suggested(alice: Member):
    late, price = await make("Late", alice), await make("Price", alice)
    for text in ("Livraison en retard, encore", "Le retard de la livraison"):
        await case_themes.choose(Act(alice, MONDAY), await make_case(alice, text=text), add_to=[late])
    for text in ("Bien trop cher", "Cher et mauvais"):
        await case_themes.choose(Act(alice, MONDAY), await make_case(alice, text=text), add_to=[price])
    number = await make_case(alice, text="Deux semaines de retard pour ma livraison")
    found = await case_themes.of_case(number, by=alice)
    assert [(one.theme, set(one.words)) for one in found.suggested] == [(late, {"livraison", "retard"})]
    await themes.retire(Act(alice, MONDAY), late)
    assert (await case_themes.of_case(number, by=alice)).suggested == ()


async def test_the_second_case_of_the_first_theme_is_enough_for_a_suggestion(alice: Member):
    late = await make("Late", alice)
    for text in ("The parcel is late again, says the courier", "My parcel is late, where is the courier?"):
        await case_themes.choose(Act(alice, MONDAY), await make_case(alice, text=text), add_to=[late])
    number = await make_case(alice, text="The parcel never came and the courier is rude")
    assert (await case_themes.of_case(number, by=alice)).suggested == ()
    await make_case(alice, text="Lovely shop, too dear")
    found = await case_themes.of_case(number, by=alice)
    assert [(one.theme, set(one.words)) for one in found.suggested] == [(late, {"parcel", "courier"})]


async def test_a_retired_theme_is_given_to_no_case_and_stays_where_it_is(alice: Member):
    late, dear = await make("Late", alice), await make("Too dear", alice)
    number, other = await make_case(alice), await make_case(alice)
    await case_themes.choose(Act(alice, MONDAY), number, add_to=[late])
    await themes.retire(Act(alice, MONDAY), late)
    with pytest.raises(ThemeRetired, match="Late"):
        await case_themes.choose(Act(alice, MONDAY), other, add_to=[late])
    await case_themes.choose(Act(alice, MONDAY), number, add_to=[dear])
    assert await names(number, alice) == ["Late", "Too dear"]
    await move(number, "join", by=alice, duplicate_of=other)
    assert await names(other, alice) == ["Late", "Too dear"]
