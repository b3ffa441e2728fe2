"""Can a member say how often they are nudged, when they are away, and see what they would get?"""

from datetime import timedelta

import pytest

from amends.services.team import absences, members
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_case, make_member

PAGE = "/settings/reminders"


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_digest_and_budget_are_saved_and_an_empty_hour_means_no_digest(desk: Visitor, alice: Member):
    answer = await desk.send_form(PAGE, digest_at="07:15", daily_budget="3", hears_urgent="on")
    assert answer.headers["location"] == f"{PAGE}?notice=saved#reminders"
    found = await members.find(alice.id)
    assert (found.digest_at, found.daily_budget, found.hears_urgent) == (435, 3, True)
    assert not found.digest_weekly, "a box that is not ticked"
    await desk.send_form(PAGE, digest_at="", daily_budget="3")
    assert (await members.find(alice.id)).digest_at is None


async def test_a_member_says_which_new_cases_they_are_told_of(desk: Visitor, alice: Member):
    assert "Default: all, while you are the only member" in (await desk.get(PAGE)).text
    await make_member("bob")
    assert "Default: critical and serious ones, while you are on duty" in (await desk.get(PAGE)).text
    await desk.send_form(PAGE, daily_budget="3", new_cases="severe")
    assert (await members.find(alice.id)).new_cases == "severe"
    assert '<option value="severe" selected>' in (await desk.get(PAGE)).text
    await desk.send_form(PAGE, daily_budget="3", new_cases="")
    assert (await members.find(alice.id)).new_cases is None


async def test_a_budget_of_nothing_is_refused_beside_its_field(desk: Visitor):
    answer = await desk.send_form(PAGE, digest_at="07:15", daily_budget="0")
    assert answer.status_code == 422
    assert 'id="reminders-daily_budget-error"' in answer.text
    assert 'value="07:15"' in answer.text


async def test_an_absence_is_written_down_shown_and_removed(desk: Visitor, alice: Member):
    bob = await make_member("bob")
    begin, end = "2026-05-11T09:00", "2026-05-15T18:00"
    answer = await desk.send_form(
        "/settings/absences", member=str(alice.id), begins_at=begin, ends_at=end, deputy=str(bob.id)
    )
    assert answer.status_code == 303
    page = (await desk.get(PAGE)).text
    assert "deputy: Bob" in page
    [planned] = await absences.absences_ahead(now=MONDAY)
    await desk.send_form(f"/settings/absences/{planned.id}/cancel")
    assert await absences.absences_ahead(now=MONDAY) == []


async def test_an_absence_that_ends_before_it_begins_keeps_what_was_typed(desk: Visitor, alice: Member):
    answer = await desk.send_form(
        "/settings/absences",
        member=str(alice.id),
        begins_at="2026-05-15T18:00",
        ends_at="2026-05-11T09:00",
        deputy="",
    )
    assert answer.status_code == 422
    assert 'id="absences-ends_at-error"' in answer.text
    assert 'value="2026-05-15T18:00"' in answer.text


async def test_one_sees_what_one_would_get_at_a_moment(desk: Visitor, alice: Member):
    number = await make_case(alice)
    await case_commands.assign(Act(alice, MONDAY), number, owner=alice.id)
    later = (MONDAY + timedelta(days=3)).strftime("%Y-%m-%d")
    page = (await desk.get(f"{PAGE}?at={later}T22:40")).text
    assert f'href="/cases/{number}"' in page
    assert "Nothing arrives then: these are your quiet hours." in page
    assert "Mon 08:30</time>" in page
    assert "The digest of that day" in page
    assert "Nothing of yours will be late then." in (await desk.get(f"{PAGE}?at=2020-01-01T09:00")).text


async def test_a_moment_that_is_none_is_refused_beside_its_field(desk: Visitor):
    page = (await desk.get(f"{PAGE}?at=tomorrow")).text
    assert 'id="preview-at-error"' in page
