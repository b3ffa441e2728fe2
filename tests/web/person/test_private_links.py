"""Can a member make, copy and withdraw the link by which a customer goes on in private?"""

import re

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import case_row, lead_to, make_case, make_member


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def desk(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def in_contact(by: Member) -> int:
    number = await make_case(by)
    await lead_to(number, "contact", by=by)
    return number


async def test_the_case_leads_to_its_links_and_a_link_can_be_made_and_withdrawn(desk: Visitor, bob: Member):
    number = await in_contact(bob)
    page = f"/cases/{number}/private-link"
    assert f'href="{page}"' in (await desk.get(f"/cases/{number}")).text
    assert (await desk.send_form(page, purpose="hand_off")).status_code == 303
    [url] = set(re.findall(r"http://127\.0\.0\.1:8000/h/AM-\w{4}-\w{4}", (await desk.get(page)).text))
    assert (await desk.get(url)).status_code == 200
    await desk.send_form(f"{page}/withdraw", purpose="hand_off")
    assert (await desk.get(url)).status_code == 404
    assert "/h/AM-" not in (await desk.get(page)).text


async def test_a_link_that_no_customer_can_open_is_said_to_be_one(desk: Visitor, bob: Member):
    number = await in_contact(bob)
    assert "AMENDS_BASE_URL" in (await desk.get(f"/cases/{number}/private-link")).text


async def test_a_refusal_is_noted(desk: Visitor, bob: Member):
    number = await in_contact(bob)
    page = f"/cases/{number}/private-link"
    await desk.send_form(page, purpose="hand_off")
    assert (await desk.send_form(f"{page}/refused")).status_code == 303
    assert (await case_row(number))["contact_request"] == "refused"
    assert "refused" in (await desk.get(f"/cases/{number}")).text


async def test_where_no_link_fits_the_page_says_when_one_will(desk: Visitor, bob: Member):
    number = await make_case(bob)
    page = f"/cases/{number}/private-link"
    assert "No link is possible at this stage" in (await desk.get(page)).text
    assert (await desk.send_form(page, purpose="hand_off")).status_code == 409
