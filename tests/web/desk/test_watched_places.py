"""The pages of places to watch: a lead adds them, whose turn it is marks a visit in one press."""

import re
from uuid import UUID

import pytest

from amends import tables
from amends.services.desk import watched_places
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member

REVIEWS = "https://www.trustpilot.com/review/bakers.example"


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def lead(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def agent(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def added(lead: Visitor, *members: Member, **given: str) -> UUID:
    form = {"name": "Our reviews", "address": REVIEWS, "every": "1", **given}
    await lead.get("/places/new")
    answer = await lead.send_form("/places", **form, member=[str(one.id) for one in members])
    assert answer.status_code == 303, answer.text
    [row] = await tables.WatchedPlace.select(tables.WatchedPlace.id)
    return row["id"]


async def test_before_there_is_one_the_page_says_what_places_are_for(agent: Visitor):
    page = (await agent.get("/places")).text
    assert "No place is watched yet." in page
    assert "A lead adds them." in page
    assert (await agent.get("/places/new")).status_code == 403


async def test_whose_turn_it_is_sees_the_place_on_today_and_marks_it_with_one_press(
    lead: Visitor, agent: Visitor, bob: Member
):
    await make_case(bob)  # before the first case Today shows the first steps alone
    place = await added(lead, bob)
    today = (await agent.get("/")).text
    assert "A place to visit today" in today
    assert f'href="{REVIEWS}" rel="noopener noreferrer nofollow ugc" target="_blank"' in today
    assert "A place to visit today" not in (await lead.get("/")).text
    answer = await agent.send_form(f"/places/{place}/visits", found="0", today="on")
    assert answer.headers["location"] == "/?notice=visited"
    assert "A place to visit today" not in (await agent.get("/")).text
    assert "nothing new" in (await agent.get("/places")).text


async def test_a_visit_of_today_can_be_undone_on_the_list(lead: Visitor, agent: Visitor, bob: Member):
    place = await added(lead, bob)
    await agent.get("/places")
    await agent.send_form(f"/places/{place}/visits", found="3")
    page = (await agent.get("/places")).text
    assert "3 cases" in page
    [undo] = re.findall(r'action="(/places/[^"]+/undo)"', page)
    await agent.send_form(undo)
    assert "Your turn" in (await agent.get("/places")).text


async def test_what_a_browser_marked_asks_what_was_found(lead: Visitor, agent: Visitor, bob: Member):
    place = await added(lead, bob)
    await watched_places.visit(Act(bob, MONDAY), place, found=None, by_browser=True)
    page = (await agent.get("/places")).text
    assert "opened, nothing said yet" in page
    [action] = set(re.findall(r'action="(/places/[^"]+/found)"', page))
    await agent.send_form(action, found="2")
    shown = (await agent.get(f"/places/{place}")).text
    assert "2 cases" in shown
    assert "(marked by the browser)" in shown


async def test_a_refused_form_keeps_what_was_typed_and_names_the_field(lead: Visitor, bob: Member):
    await lead.get("/places/new")
    answer = await lead.send_form(
        "/places", name="Forum", address="javascript:alert(1)", every="1", member=[str(bob.id)]
    )
    assert answer.status_code == 422
    assert 'value="Forum"' in answer.text
    assert 'id="place-address-error"' in answer.text
    assert f'value="{bob.id}" checked' in answer.text


async def test_a_count_that_is_none_is_refused_on_the_list(lead: Visitor, agent: Visitor, bob: Member):
    place = await added(lead, bob)
    await agent.get("/places")
    answer = await agent.send_form(f"/places/{place}/visits", found="100")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


async def test_a_lead_changes_and_removes_a_place_and_an_agent_may_not(
    lead: Visitor, agent: Visitor, bob: Member
):
    place = await added(lead, bob)
    page = (await lead.get(f"/places/{place}")).text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    form = {"name": "Reviews", "address": REVIEWS, "every": "7", "member": [str(bob.id)]}
    assert (await lead.send_form(f"/places/{place}", **form, version=version)).status_code == 303
    stale = await lead.send_form(f"/places/{place}", **{**form, "name": "Mine"}, version=version)
    assert stale.status_code == 409
    assert 'value="Mine"' in stale.text
    await agent.get("/places")
    assert (await agent.send_form(f"/places/{place}/remove")).status_code == 403
    assert (await lead.send_form(f"/places/{place}/remove")).status_code == 303
    assert (await lead.get(f"/places/{place}")).status_code == 404


async def test_a_suggestion_fills_in_the_form(lead: Visitor, bob: Member):
    for _number in range(2):
        await make_case(bob, page={"url": REVIEWS, "title": "Bakers on Trustpilot"})
    [href] = re.findall(r'href="(/places/new\?name=Bakers[^"]+)"', (await lead.get("/places")).text)
    page = (await lead.get(href.replace("&amp;", "&"))).text
    assert 'value="Bakers on Trustpilot"' in page
    assert f'value="{REVIEWS}"' in page
