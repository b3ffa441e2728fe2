"""Can a member choose several cases, see what would happen, do it and take it back, without a script?"""

import re

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import case_row, make_case, make_member, move


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_many_are_handed_over_after_a_look_and_taken_back(desk: Visitor, alice: Member):
    bob = await make_member("bob")
    first, second, closed = [await make_case(alice, text=f"<b>No. {place}</b>") for place in range(3)]
    await move(closed, "not_ours", by=alice, reason="Spam")
    listed = (await desk.get("/cases?stage=all")).text
    assert all(f'name="number" value="{number}" form="chosen"' in listed for number in (first, second))
    chosen = await desk.get(f"/cases/several?number={first}&number={second}&number={closed}&number=x")
    assert chosen.text.count('name="number"') == 3
    assert "&lt;b&gt;No. 0&lt;/b&gt;" in chosen.text
    wish = {"number": [str(first), str(second), str(closed)], "deed": "assign", "owner": str(bob.id)}
    looked = (await desk.send_form("/cases/several", **wish)).text
    assert looked.count("will be changed") == 2
    assert "Closed. Reopen it first." in looked
    assert "Change 2 cases" in looked
    assert (await case_row(first))["owner"] is None
    done = await desk.send_form("/cases/several", **wish, sure="1")
    assert done.status_code == 303
    page = (await desk.get(done.headers["location"])).text
    assert "2 cases were changed. 1 was not." in page
    assert (await case_row(second))["owner"] == bob.id
    [undo] = re.findall(r'action="(/cases/several/[^"]+/undo)"', page)
    await desk.send_form(undo)
    assert (await case_row(second))["owner"] is None
    assert "Undone." in (await desk.get(done.headers["location"])).text


async def test_what_is_missing_is_said_beside_it_and_the_choice_stays(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.send_form("/cases/several", number=str(number), deed="let_go", reason=" ")
    assert answer.status_code == 422
    assert "Give a reason; it is shown on each case." in answer.text
    assert f'value="{number}" form="several" checked' in answer.text
    assert 'value="let_go" required checked' in answer.text
    nothing = await desk.send_form("/cases/several", deed="let_go", reason="Old")
    assert (nothing.status_code, "Choose at least one case." in nothing.text) == (422, True)
    nowhere = await desk.send_form("/cases/several", number=str(number))
    assert "Choose what to do." in nowhere.text
    assert "No case is selected." in (await desk.get("/cases/several")).text
