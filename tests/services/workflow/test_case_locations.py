"""Can a case be given to another location, once, seen by everybody, and back again?"""

from uuid import UUID

import pytest

from amends import tables
from amends.services.case import timeline
from amends.services.case.access import CaseChanged
from amends.services.desk import cases
from amends.services.desk.cases import CaseFilters
from amends.services.team import locations
from amends.services.team.locations import LocationNotOffered, NewLocation
from amends.services.team.members import Act, Member
from amends.services.workflow import case_locations, moves
from tests.world import MONDAY, case_row, entries, make_case, move


async def make(by: Member, name: str) -> UUID:
    return await locations.make(Act(by, MONDAY), NewLocation(name=name))


async def test_the_timeline_says_from_where_to_where(bob: Member):
    act, number = Act(bob, MONDAY), await make_case(bob)
    for one in (await make(bob, "Rennes"), await make(bob, "Nantes"), None, None):
        await case_locations.locate(act, number, one)
    told = [one.particulars for one in await timeline.of_case((await case_row(number))["id"])][1:]
    assert [(one.get("before", ""), one.get("after", "")) for one in told] == [
        ("", "Rennes"),
        ("Rennes", "Nantes"),
        ("Nantes", ""),
    ]


async def test_the_second_of_two_who_choose_sees_the_first(bob: Member):
    act, number = Act(bob, MONDAY), await make_case(bob)
    version = (await case_row(number))["version"]
    await case_locations.locate(act, number, await make(bob, "Rennes"), version=version)
    with pytest.raises(CaseChanged):
        await case_locations.locate(act, number, None, version=version)


async def test_it_can_be_undone_and_everything_else_stays(bob: Member):
    act, number = Act(bob, MONDAY), await make_case(bob)
    await case_locations.locate(act, number, await make(bob, "Rennes"))
    [undo] = await tables.Undo.select(tables.Undo.id)
    await moves.undo(act, number, undo["id"])
    assert (await case_row(number))["location"] is None
    assert await entries(number) == ["captured", "located", "undone"]


async def test_a_retired_location_is_refused_and_stays_where_it_is(bob: Member):
    act, number, rennes = Act(bob, MONDAY), await make_case(bob), await make(bob, "Rennes")
    await case_locations.locate(act, number, rennes)
    await locations.retire(act, rennes)
    await case_locations.locate(act, number, rennes)
    with pytest.raises(LocationNotOffered):
        await case_locations.locate(act, await make_case(bob), rennes)
    assert (await cases.detail(act, number)).locations == ()


async def test_a_closed_case_can_be_put_right(bob: Member):
    act, number, rennes = Act(bob, MONDAY), await make_case(bob), await make(bob, "Rennes")
    await move(number, "not_ours", by=bob, reason="Spam")
    await case_locations.locate(act, number, rennes)
    assert (await case_row(number))["location"] == rennes


async def test_lists_narrow_to_a_location(bob: Member):
    act, rennes = Act(bob, MONDAY), await make(bob, "Rennes")
    here, _elsewhere = await make_case(bob), await make_case(bob)
    await case_locations.locate(act, here, rennes)
    for wanted in (CaseFilters(location=rennes), CaseFilters(location=rennes, stage="all", sort="due")):
        found = await cases.page(wanted, now=MONDAY)
        assert [(row.number, row.location and row.location.name) for row in found.rows] == [(here, "Rennes")]
        assert await cases.count(wanted, now=MONDAY) == 1
