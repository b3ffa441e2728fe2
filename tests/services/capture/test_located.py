"""Does a new case belong to the location that was chosen, whose page it stands on, or the default?"""

from typing import Any
from uuid import UUID, uuid4

import pytest

from amends.rules.capture.cleaning import cleaned
from amends.services.capture import captures
from amends.services.case import timeline
from amends.services.team import locations
from amends.services.team.locations import LocationNotOffered, NewLocation
from amends.services.team.members import Act, Member
from tests.world import MONDAY, case_row, make_case, post

PAGE = "https://bean.example/rennes"


async def make(by: Member, name: str, **given: Any) -> UUID:
    return await locations.make(Act(by, MONDAY), NewLocation(name=name, **given))


async def of(number: int) -> UUID | None:
    location: UUID | None = (await case_row(number))["location"]
    return location


async def first(number: int) -> dict[str, Any]:
    return (await timeline.of_case((await case_row(number))["id"]))[0].particulars


async def test_a_team_without_locations_has_cases_without_and_hears_nothing_of_it(bob: Member):
    number = await make_case(bob)
    assert await of(number) is None
    assert not {"location", "located_by"} & set(await first(number))


@pytest.mark.parametrize(
    "given",
    [
        {"url": f"{PAGE}/7", "id": ""},
        {"url": "https://x.com/a/status/1", "page": {"url": PAGE}},
        {"context": {"businessUrl": PAGE}},
    ],
)
async def test_a_post_on_a_page_of_a_location_belongs_to_it_and_the_timeline_says_why(
    bob: Member, given: dict[str, Any]
):
    rennes = await make(bob, "Rennes", pages=PAGE)
    await make(bob, "Nantes", is_default=True)
    number = await make_case(bob, **given)
    assert await of(number) == rennes
    told = await first(number)
    assert (told["location"], told["located_by"]) == ("Rennes", "page")


async def test_else_it_belongs_to_the_default_and_to_none_without_one(bob: Member):
    await make(bob, "Rennes", pages=PAGE)
    assert await of(await make_case(bob)) is None
    nantes = await make(bob, "Nantes", is_default=True)
    number = await make_case(bob)
    assert await of(number) == nantes
    assert (await first(number))["located_by"] == "default"


async def test_a_retired_location_gets_no_case(bob: Member):
    rennes = await make(bob, "Rennes", pages=PAGE)
    await locations.retire(Act(bob, MONDAY), rennes)
    assert await of(await make_case(bob, url=f"{PAGE}/7", id="")) is None
    with pytest.raises(LocationNotOffered):
        await captures.receive(Act(bob, MONDAY), uuid4(), post(location=rennes))


async def test_who_captures_may_choose(bob: Member):
    await make(bob, "Rennes", pages=PAGE)
    nantes = await make(bob, "Nantes")
    number = await make_case(bob, url=f"{PAGE}/7", id="", location=nantes)
    assert await of(number) == nantes
    assert (await first(number))["located_by"] == "chosen"


async def test_a_capture_from_before_locations_is_the_same_capture(bob: Member):
    assert cleaned(post(id="7", location=None)).body_hash == cleaned(post(id="7")).body_hash
