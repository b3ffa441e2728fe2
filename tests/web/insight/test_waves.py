"""More complaints than usual: said on Today and on Problems, with the member's own verdict beside."""

import pytest

from amends.services.desk import waves
from amends.services.insight.waves import look
from amends.services.team.members import Member
from tests.services.insight.test_concerns import author
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member


@pytest.fixture
async def agent(site: Site) -> Visitor:
    bob = await make_member("bob")
    await five_people(bob)
    return await site.visit_as(bob)


async def five_people(by: Member) -> None:
    for one in range(5):
        await make_case(by, author=author(f"who{one}"), text="", postedAt=MONDAY.isoformat())
    await look(now=MONDAY)


async def test_today_and_problems_say_that_more_people_than_usual_write(agent: Visitor):
    assert "More complaints than usual" in (await agent.get("/")).text
    page = (await agent.get("/problems")).text
    assert "Overall: 5 people in 3 hours; usual: 0; we warn from 5." in page
    assert "There is no earlier week to compare with yet." in page
    assert "0 of 5 wrote nearly the same text" in page
    for words in ("0 of 5 name one and the same address", "how old their accounts are: not known", "reach:"):
        assert words in page


async def test_a_verdict_is_saved_with_its_member_and_taken_back(agent: Visitor):
    one = (await waves.current())[0]
    answer = await agent.send_form(f"/problems/waves/{one.id}", verdict="coordinated")
    assert answer.status_code == 303
    assert "Bob says: Coordinated" in (await agent.get("/problems")).text
    await agent.send_form(f"/problems/waves/{one.id}", verdict="")
    assert "Bob says" not in (await agent.get("/problems")).text


async def test_another_word_than_the_four_is_no_verdict(agent: Visitor):
    one = (await waves.current())[0]
    answer = await agent.send_form(f"/problems/waves/{one.id}", verdict="bots")
    assert answer.status_code == 422
