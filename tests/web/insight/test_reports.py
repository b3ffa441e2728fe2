"""Insights: figures whose numbers lead to their cases, for every member; as a file for leads."""

import re
from html import unescape

import pytest

from amends.gateways import pdf_sandbox
from amends.services.team import locations
from amends.services.team.locations import NewLocation
from amends.services.team.members import Act, Member
from tests.services.insight.test_counting import count
from tests.web.site import Site, Visitor
from tests.world import HOUR, MONDAY, lead_to, make_case, make_member, move

WEEK = "from=2026-05-04&to=2026-05-10"


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_before_the_first_case_the_page_says_what_will_be_there(desk: Visitor):
    page = (await desk.get("/insights")).text
    assert "Nothing to count yet." in page
    assert "export.csv" not in page


async def test_every_number_leads_to_as_many_cases(site: Site, desk: Visitor, alice: Member):
    for day in range(4):
        number = await make_case(alice, now=MONDAY + day * HOUR, lang="fr" if day else "en")
        if day < 2:
            await lead_to(number, "contact", by=alice, now=MONDAY + 4 * HOUR)
    await move(number, "not_ours", by=alice, now=MONDAY + 5 * HOUR, reason="It is the shop next door")
    await count()
    page = (await desk.get(f"/insights?{WEEK}")).text
    links = re.findall(r'<a href="(/cases\?[^"]*counted=[^"]*)">([\d,]+)</a>', page)
    assert {href.partition("counted=")[2].partition("&")[0] for href, _n in links} >= {
        "captured",
        "answered",
        "silent",
        "unanswered",
        "not_ours",
    }
    for href, shown in links:
        listed = (await desk.get(unescape(href))).text
        total = re.search(r'role="status">([\d,]+) cases?<', listed)
        assert total is not None
        assert total[1] == shown, href


async def test_a_list_behind_a_number_keeps_it_when_it_is_narrowed(desk: Visitor, alice: Member):
    await make_case(alice)
    await count()
    address = f"/cases?stage=all&counted=captured&counted_{WEEK.replace('&to', '&counted_to')}"
    page = (await desk.get(address)).text
    assert "Captured · 4–10 May 2026" in page
    assert '<input type="hidden" name="counted" value="captured">' in page
    assert "No matching case." in (await desk.get(address.replace("captured", "won_back"))).text
    assert 'value="nonsense"' not in (await desk.get("/cases?counted=nonsense")).text


async def test_a_value_of_a_dimension_has_its_own_report(site: Site, desk: Visitor, alice: Member):
    await make_case(alice, lang="fr")
    await make_case(alice, lang="en")
    await count()
    page = (await desk.get(f"/insights?{WEEK}&by=lang:fr")).text
    assert "French" in page
    assert "counted=captured&amp;" in page
    assert "language=fr" in page
    assert "remove this filter" in page


async def test_a_location_has_its_own_report_and_a_table_of_all(site: Site, desk: Visitor, alice: Member):
    rennes = await locations.make(Act(alice, MONDAY), NewLocation(name="Rennes"))
    await make_case(alice, location=rennes)
    await make_case(alice)
    await count()
    page = (await desk.get(f"/insights?{WEEK}")).text
    assert "Location or brand" in page
    assert f"by=location%3A{rennes}" in page
    alone = (await desk.get(f"/insights?{WEEK}&by=location:{rennes}")).text
    assert "Rennes" in alone
    assert f"location={rennes}" in alone


async def test_a_team_without_locations_has_no_figures_of_them(desk: Visitor, alice: Member):
    await make_case(alice)
    await count()
    assert "ocation" not in (await desk.get(f"/insights?{WEEK}")).text.split("<main")[1]


async def test_days_that_make_no_sense_give_the_usual_period(desk: Visitor, alice: Member):
    await make_case(alice)
    await count()
    for asked in ("period=never", "from=x&to=y", "from=9999-01-01&to=9999-01-01", "by=owner:1", "by=theme:"):
        answer = await desk.get(f"/insights?{asked}")
        assert answer.status_code == 200, asked
        assert 'href="/insights?period=12w" aria-current="page"' in answer.text, asked


async def test_leads_take_the_figures_out_as_csv(site: Site, alice: Member):
    await make_case(alice)
    await count()
    lead = await site.signed_in(role="lead", name="lena")
    assert "/insights/export.csv?from=2026-05-04" in (await lead.get(f"/insights?{WEEK}")).text
    answer = await lead.get(f"/insights/export.csv?{WEEK}")
    assert "amends-insights-2026-05-04-2026-05-04.csv" in answer.headers["content-disposition"]
    assert '"all","","2026-05-04","2026-05-04","captured","1",""' in answer.text
    agent = await site.signed_in(role="agent", name="gus")
    assert (await agent.get(f"/insights/export.csv?{WEEK}")).status_code == 403
    assert "export.csv" not in (await agent.get(f"/insights?{WEEK}")).text


async def test_leads_take_the_report_as_a_pdf(site: Site, alice: Member):
    await make_case(alice)
    await count()
    lead = await site.signed_in(role="lead", name="lena", language="fr")
    assert "/insights.pdf?from=2026-05-04" in (await lead.get(f"/insights?{WEEK}")).text
    answer = await lead.get(f"/insights.pdf?{WEEK}")
    assert answer.content.startswith(b"%PDF-")
    assert "amends-insights-2026-05-04-2026-05-04.pdf" in answer.headers["content-disposition"]
    agent = await site.signed_in(role="agent", name="gus")
    assert (await agent.get(f"/insights.pdf?{WEEK}")).status_code == 403


async def test_where_no_pdf_can_be_made_the_page_says_how_a_browser_makes_one(
    site: Site, alice: Member, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(pdf_sandbox, "find_spec", lambda _name: None)
    await make_case(alice)
    await count()
    desk = await site.visit_as(alice)
    page = (await desk.get(f"/insights?{WEEK}")).text
    assert "insights.pdf" not in page
    assert "choose “Save as PDF”" in page
    answer = await desk.get(f"/insights.pdf?{WEEK}")
    assert answer.status_code == 409
    assert "Save as PDF" in answer.text


async def test_any_member_types_how_many_orders_there_were_and_sees_the_share(site: Site, alice: Member):
    await make_case(alice)
    await count()
    agent = await site.signed_in(role="agent", name="gus")
    path = f"/insights/total?{WEEK}"
    saved = await agent.send_form(path, unit="orders", number="12 000")
    shown = (await agent.get(saved.headers["location"])).text
    assert "Threats or harassment: 0 of 1." in shown
    assert "Captured: less than 0.01% of 12,000 orders." in shown
    assert "Typed by Gus," in shown
    refused = await agent.send_form(path, unit="orders", number="about 12")
    assert refused.status_code == 422
    assert 'value="about 12"' in refused.text
    await agent.send_form(path, unit="orders", number="")
    assert "Typed by" not in (await agent.get(f"/insights?{WEEK}")).text
