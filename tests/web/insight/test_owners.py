"""The page by owner: what a lead switches on, with their name for every member to see."""

from tests.web.site import Site

PAGE = "/insights/owners"


async def test_only_leads_switch_it_on_and_every_member_sees_who_did(site: Site):
    lead = await site.signed_in(role="lead", name="lena")
    agent = await site.signed_in(role="agent", name="gus")
    page = (await agent.get(PAGE)).text
    assert "Figures by owner are switched off." in page
    assert "A lot of abuse" not in page
    assert "/switch" not in page
    assert (await agent.send_form(f"{PAGE}/switch", shown="on")).status_code == 403
    assert "works council" in (await lead.get(PAGE)).text
    await lead.send_form(f"{PAGE}/switch", shown="on")
    assert "Switched on by Lena" in (await agent.get(PAGE)).text
    assert "Shown from 10 cases on, in teams of at least 4." in (await agent.get(PAGE)).text
    await lead.send_form(f"{PAGE}/switch")
    assert "Switched on by" not in (await agent.get(PAGE)).text
