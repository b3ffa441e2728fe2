"""The one page of contacts: for the steps of playbooks, and for the threat plan."""

import pytest

from amends.services.follow_up import outside_contacts
from tests.web.site import Site, Visitor
from tests.world import make_member

PAGE = "/settings/contacts"


@pytest.fixture
async def lead(site: Site) -> Visitor:
    return await site.visit_as(await make_member("alice", role="lead"))


async def test_a_contact_is_added_changed_and_removed(lead: Visitor):
    assert "No contacts yet." in (await lead.get(PAGE)).text
    answer = await lead.send_form(PAGE, name="Legal <b>", phone="+33 1 23", role="legal")
    assert answer.headers["location"] == f"{PAGE}?notice=saved"
    [found] = await outside_contacts.for_threats()
    page = (await lead.get(PAGE)).text
    assert "Legal &lt;b&gt;" in page
    answer = await lead.send_form(f"{PAGE}/{found.id}", name="", reach="13", phone="call me")
    assert answer.status_code == 422
    for words in ("Say who it is.", "Use digits", 'value="13"', 'value="call me"'):
        assert words in answer.text
    await lead.send_form(f"{PAGE}/{found.id}", name="Legal", reach="13", hours="mornings", role="no role")
    [found] = await outside_contacts.everyone()
    assert (found.ways, found.hours, found.role) == ("13", "mornings", None)
    await lead.send_form(f"{PAGE}/{found.id}/remove")
    assert await outside_contacts.everyone() == []


async def test_only_leads_keep_contacts(site: Site):
    agent = await site.visit_as(await make_member("bob"))
    assert (await agent.get(PAGE)).status_code == 403
    assert (await agent.send_form(PAGE, name="Legal", reach="1")).status_code == 403
