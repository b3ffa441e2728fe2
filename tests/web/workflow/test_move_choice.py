"""Does the page behind a card of the board lead to the forms of the legal moves, and to no others?"""

import re

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import lead_to, make_case, make_member


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_the_moves_into_other_stages_are_offered_each_with_its_form(desk: Visitor, alice: Member):
    number = await make_case(alice, title="<b>Late</b>")
    page = (await desk.get(f"/cases/{number}/moves")).text
    offered = re.findall(rf'href="/cases/{number}\?do=(\w+)#next-step"', page)
    assert {"answer", "watch_in_silence", "escalate", "not_ours"} <= set(offered)
    assert "finish_step" not in offered
    assert "&lt;b&gt;Late" in page


async def test_a_stage_with_one_move_opens_its_form_at_once(desk: Visitor, alice: Member):
    number = await make_case(alice)
    answer = await desk.get(f"/cases/{number}/moves?to=acknowledge")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/cases/{number}?do=answer#next-step")
    await lead_to(number, "working", by=alice)
    answer = await desk.get(f"/cases/{number}/moves?to=waiting")
    assert answer.headers["location"] == f"/cases/{number}?do=ask_them#next-step"


async def test_a_stage_that_cannot_be_reached_now_is_refused_in_words(desk: Visitor, alice: Member):
    number = await make_case(alice)
    page = (await desk.get(f"/cases/{number}/moves?to=second_chance")).text
    assert "This case cannot go from" in page
    assert "?do=answer#next-step" in page
    assert "This case cannot go" not in (await desk.get(f"/cases/{number}/moves?to=nonsense")).text
    assert (await desk.get("/cases/4711/moves")).status_code == 404
