"""Is a campaign prepared, decided and looked back on with plain forms?"""

import re

import pytest

from amends.services.team.members import Member
from tests.web.site import Site, Visitor
from tests.world import entries, make_case, make_member

SPRING = {
    "name": "Spring <b>",
    "first": "2026-05-04",
    "last": "2026-05-08",
    "places": "Shops",
    "kept": "Critics",
}


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def lead(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


@pytest.fixture
async def agent(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(await make_member("bob"))


async def test_a_campaign_is_checked_and_decided(lead: Visitor, agent: Visitor):
    assert "No campaign yet" in (await agent.get("/campaigns")).text
    answer = await agent.send_form("/campaigns", **SPRING)
    assert answer.headers["location"] == "/campaigns/1?notice=saved"
    page = (await agent.get("/campaigns/1")).text
    for words in (
        "Spring &lt;b&gt;",
        "News: nothing is going on",
        "To be decided",
        "A lead decides.",
        "Critics",
    ):
        assert words in page
    assert "It can go ahead once everything is checked." in (await lead.get("/campaigns/1")).text
    for check in re.findall(r'action="(/campaigns/1/checks/[0-9a-f-]{36})"', page):
        await agent.send_form(check, done="on", note="Looked at <i>")
    assert "Looked at &lt;i&gt;" in (await agent.get("/campaigns/1")).text
    assert (await agent.send_form("/campaigns/1/decision", verdict="go", reason="Fine")).status_code == 403
    refused = await lead.send_form("/campaigns/1/decision", verdict="go", reason="")
    assert refused.status_code == 422
    assert "Say why, so that it can be understood later." in refused.text
    await lead.send_form("/campaigns/1/decision", verdict="go", reason="All is well")
    assert "All is well" in (await agent.get("/campaigns/1")).text
    listed = (await agent.get("/campaigns")).text
    assert "Spring &lt;b&gt;" in listed
    assert "check open" not in listed
    await agent.send_form(check, note="")
    assert "1 check open" in (await agent.get("/campaigns")).text


async def test_what_is_wrong_stands_beside_what_was_typed(agent: Visitor):
    answer = await agent.send_form("/campaigns", **{**SPRING, "last": "2026-05-01"})
    assert answer.status_code == 422
    assert "The last day comes before the first one." in answer.text
    assert 'value="Shops"' in answer.text
    await agent.send_form("/campaigns", **SPRING)
    answer = await agent.send_form("/campaigns/1", **{**SPRING, "name": "Summer", "version": "7"})
    assert answer.status_code == 409
    assert 'value="Summer"' in answer.text


async def test_cases_are_tied_and_listed(agent: Visitor, alice: Member):
    number = await make_case(alice)
    await agent.send_form("/campaigns", **SPRING)
    assert f'value="{number}"' in (await agent.get("/campaigns/1")).text
    assert (await agent.send_form("/campaigns/1/cases", cases="")).status_code == 422
    await agent.send_form("/campaigns/1/cases", cases=f"#{number}")
    assert await entries(number) == ["captured", "linked"]
    assert "tied the case to campaign 1" in (await agent.get(f"/cases/{number}")).text
    listed = (await agent.get("/cases?campaign=1&stage=all")).text
    assert "Campaign 1" in listed
    assert f"/cases/{number}" in listed
    await agent.send_form(f"/campaigns/1/cases/{number}/remove")
    assert "No case belongs to it yet." in (await agent.get("/campaigns/1")).text
