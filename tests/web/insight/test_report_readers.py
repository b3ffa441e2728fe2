"""Reports by mail: leads choose addresses; the page never says more of a report than is known."""

import re

import pytest

from amends.gateways.secrets import Secrets
from amends.rules.insight.report_letters import Rhythm
from amends.rules.vocabulary import Language
from amends.services.insight import report_readers
from amends.services.insight.report_readers import Wanted
from amends.services.nudge import targets
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act, Member
from tests.services.insight.test_report_letters import SERVER
from tests.web.site import Site, Visitor
from tests.world import make_member

PAGE = "/settings/reports"


@pytest.fixture
async def lena(site: Site) -> Member:
    return await make_member("lena", role="lead")


@pytest.fixture
async def lead(site: Site, lena: Member) -> Visitor:
    return await site.visit_as(lena)


async def through(site: Site, *, name: str = "Team mail") -> str:
    target = await targets.add(
        targets.CheckedAddress(SERVER),
        member=None,
        name=name,
        position=1,
        by=None,
        now=site.clock(),
        secrets=Secrets(site.settings.encryption_keys),
    )
    return str(target)


async def test_without_an_email_destination_the_page_leads_to_where_one_is_added(lead: Visitor):
    page = (await lead.get(PAGE)).text
    assert "there is none yet" in page
    assert 'href="/settings/reminders#targets"' in page


async def test_only_leads_see_it_and_insights_leads_them_there(site: Site, lead: Visitor):
    agent = await site.signed_in(role="agent", name="gus")
    assert (await agent.get(PAGE)).status_code == 403
    assert PAGE not in (await agent.get("/settings")).text
    assert f'href="{PAGE}"' in (await lead.get("/settings")).text


async def test_an_address_is_added_sent_to_paused_and_removed(site: Site, lead: Visitor):
    given = {"rhythm": "month", "language": "fr", "through": await through(site)}
    await lead.send_form(PAGE, address="boss@example.org", **given)
    page = (await lead.get(PAGE)).text
    assert "boss@example.org" in page
    assert "every month" in page
    assert "No report yet." in page
    [path] = set(re.findall(rf"{PAGE}/[0-9a-f-]+", page))
    planned = await lead.send_form(f"{path}/send")
    assert planned.headers["location"] == f"{PAGE}?notice=report-planned"
    assert "is waiting to be sent." in (await lead.get(PAGE)).text
    await lead.send_form(f"{path}/pause")
    page = (await lead.get(PAGE)).text
    assert "was not sent: it was paused before." in page
    assert f"{path}/go-on" in page
    await lead.send_form(f"{path}/go-on")
    await lead.send_form(f"{path}/remove")
    assert "No address gets reports yet." in (await lead.get(PAGE)).text


async def test_what_is_no_address_is_refused_beside_its_field_and_stays_typed(site: Site, lead: Visitor):
    given = {"rhythm": "week", "language": "en", "through": await through(site)}
    answer = await lead.send_form(PAGE, address="boss at example.org", **given)
    assert answer.status_code == 422
    assert "is not an email address." in answer.text
    assert 'value="boss at example.org"' in answer.text
    assert '<option value="week" selected>' in answer.text


async def test_a_name_of_a_destination_is_never_markup(site: Site, lena: Member, lead: Visitor):
    target = await through(site, name="<b>Mail</b>")
    [server] = await report_readers.servers(Act(lena, site.clock()))
    assert str(server.id) == target
    await report_readers.join(
        Act(lena, site.clock()),
        "boss@example.org",
        Wanted(rhythm=Rhythm.WEEKLY, language=Language.ENGLISH),
        through=server.id,
    )
    assert "<b>Mail" not in (await lead.get(PAGE)).text


async def test_a_report_of_one_location_is_chosen_where_the_team_has_locations(
    site: Site, lena: Member, lead: Visitor
):
    target = await through(site)
    assert "Of which cases" not in (await lead.get(PAGE)).text
    rennes = await locations.make(Act(lena, site.clock()), NewLocation(name="Rennes <1>"))
    page = (await lead.get(PAGE)).text
    assert f'<option value="{rennes}">Rennes &lt;1&gt;</option>' in page
    given = {"rhythm": "week", "language": "en", "through": target, "location": str(rennes)}
    await lead.send_form(PAGE, address="boss@example.org", **given)
    assert '<b dir="auto" hx-ignore>Rennes &lt;1&gt;</b>' in (await lead.get(PAGE)).text
