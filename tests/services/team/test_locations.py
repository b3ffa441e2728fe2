"""Does the team's list of locations stay in order?"""

from typing import Any
from uuid import UUID, uuid4

import pytest

from amends.rules.case.locations import MOST
from amends.rules.vocabulary import LocationKind
from amends.services.team import locations
from amends.services.team.locations import (
    LocationInUse,
    LocationNameless,
    LocationNotOffered,
    LocationThere,
    LocationUnknown,
    NewLocation,
    TooManyLocations,
    WrongLocationPage,
)
from amends.services.team.members import Act, Member
from amends.services.team.seen import ChangedMeanwhile, fingerprint
from amends.services.workflow import case_locations
from tests.world import MONDAY, make_case

PAGE = "https://bean.example/rennes"


async def make(by: Member, name: str, **given: Any) -> UUID:
    return await locations.make(Act(by, MONDAY), NewLocation(name=name, **given))


async def test_a_team_has_none_at_first(alice: Member):
    assert await locations.everything() == ()


async def test_they_stand_by_name_and_retired_ones_last(alice: Member):
    vannes = await make(alice, "Vannes")
    await make(alice, "nantes", kind=LocationKind.BRAND)
    await make(alice, "Brest")
    await locations.retire(Act(alice, MONDAY), vannes)
    assert [one.name for one in await locations.everything()] == ["Brest", "nantes", "Vannes"]
    assert [one.name for one in await locations.offered()] == ["Brest", "nantes"]
    await locations.bring_back(vannes, by=alice)
    assert len(await locations.offered()) == 3


@pytest.mark.parametrize("name", ["", " ", "\u202e"])
async def test_a_location_has_a_name(alice: Member, name: str):
    with pytest.raises(LocationNameless):
        await make(alice, name)


async def test_a_name_is_there_once(alice: Member):
    rennes = await make(alice, "Rennes")
    with pytest.raises(LocationThere):
        await make(alice, " RENNES")
    await locations.change(rennes, NewLocation(name="RENNES"), by=alice)
    assert [one.name for one in await locations.everything()] == ["RENNES"]


async def test_pages_are_kept_one_a_line_and_each_once(alice: Member):
    await make(alice, "Rennes", pages=f"\n {PAGE} \n{PAGE}\r\n\nhttps://www.facebook.com/bean.rennes\n")
    [one] = await locations.everything()
    assert one.addresses == [PAGE, "https://www.facebook.com/bean.rennes"]
    assert set(locations.page_keys((one,))) == {"bean.example/rennes", "facebook/bean.rennes"}


@pytest.mark.parametrize(
    "pages", ["rennes", "https://maps.app.goo.gl/x", "\n".join(f"https://b.example/{n}" for n in range(21))]
)
async def test_what_names_no_page_is_refused_with_the_reason(alice: Member, pages: str):
    with pytest.raises(WrongLocationPage) as refused:
        await make(alice, "Rennes", pages=pages)
    assert set(refused.value.fields or ()) == {"pages"}


async def test_a_page_belongs_to_one_location(alice: Member):
    rennes = await make(alice, "Rennes", pages=PAGE)
    with pytest.raises(WrongLocationPage, match="Rennes"):
        await make(alice, "Nantes", pages="https://www.bean.example/Rennes/")
    await locations.change(rennes, NewLocation(name="Rennes", pages=PAGE), by=alice)


async def test_at_most_one_is_the_default_and_a_retired_one_is_not(alice: Member):
    rennes = await make(alice, "Rennes", is_default=True)
    nantes = await make(alice, "Nantes", is_default=True)
    assert [one.name for one in await locations.everything() if one.is_default] == ["Nantes"]
    await locations.retire(Act(alice, MONDAY), nantes)
    assert not [one for one in await locations.everything() if one.is_default]
    assert rennes != nantes


async def test_one_that_cases_belong_to_is_retired_and_not_removed(alice: Member):
    rennes = await make(alice, "Rennes")
    await case_locations.locate(Act(alice, MONDAY), await make_case(alice), rennes)
    assert await locations.used() == {rennes}
    with pytest.raises(LocationInUse):
        await locations.remove(rennes, by=alice)
    nantes = await make(alice, "Nantes")
    await locations.remove(nantes, by=alice)
    assert [one.id for one in await locations.everything()] == [rennes]


async def test_who_saves_second_sees_what_stands_there_now(alice: Member):
    rennes = await make(alice, "Rennes")
    [one] = await locations.everything()
    seen = fingerprint(locations.values_of(one))
    await locations.change(rennes, NewLocation(name="Rennes Centre"), by=alice, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        await locations.change(rennes, NewLocation(name="Rennes Sud"), by=alice, seen=seen)


async def test_there_are_at_most_two_hundred(alice: Member):
    for count in range(MOST):
        await make(alice, f"Shop {count}")
    with pytest.raises(TooManyLocations):
        await make(alice, "One more")


async def test_what_is_gone_or_retired_cannot_be_chosen(alice: Member):
    rennes = await make(alice, "Rennes")
    assert (await locations.choosable(rennes)).name == "Rennes"
    await locations.retire(Act(alice, MONDAY), rennes)
    for one in (rennes, uuid4()):
        with pytest.raises(LocationNotOffered):
            await locations.choosable(one)
    with pytest.raises(LocationUnknown):
        await locations.retire(Act(alice, MONDAY), uuid4())
