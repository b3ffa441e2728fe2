"""The page of capacity: for leads, in plain words below twelve cases a week, each silence with a way back."""

import re

from amends.tables.insight.capacity import CapacityPlan
from tests.services.insight.test_capacity import open_cases
from tests.services.insight.test_silence import rant
from tests.web.site import Site, Visitor
from tests.world import DAY, make_member

PAGE, MINUTES = "/insights/capacity", "/settings/capacity"
TYPED = {"decide": "4", "answer": "12", "contact": "12", "step": "15", "check": "5", "second_chance": "8"}


async def test_agents_neither_see_it_nor_change_it_and_leads_do_not_set_minutes(site: Site):
    agent, lead = await site.signed_in("agent"), await site.signed_in("lead")
    for page in (PAGE, MINUTES):
        assert (await agent.get(page)).status_code == 403
        assert (await lead.get(page)).status_code == 200
    assert (await agent.send_form(f"{PAGE}/week", version="0", hours="14")).status_code == 403
    assert (await lead.send_form(MINUTES, version="0", share="50", **TYPED)).status_code == 403
    assert (
        PAGE in (await lead.get("/insights")).text
        or "Nothing to count yet" in (await lead.get("/insights")).text
    )


async def test_a_small_team_reads_a_plain_sentence_and_no_form(site: Site):
    lead = await site.signed_in("lead")
    page = (await lead.get(PAGE)).text
    assert "Nothing is due in the next seven days." in page
    assert "Hours needed and available are shown from twelve new cases a week on." in page
    assert "left in silence on purpose" not in page


async def short_of_hours(site: Site) -> Visitor:
    """An admin of a team that owes more hours than it has."""
    await open_cases(40, at=site.clock() - DAY)
    admin = await site.signed_in("admin", name="ada")
    answer = await admin.send_form(MINUTES, version="0", share="1", **TYPED)
    assert answer.status_code == 303
    return admin


async def test_when_hours_are_short_a_lead_leaves_a_rant_in_silence_and_takes_it_back(site: Site):
    admin = await short_of_hours(site)
    number = await rant(await make_member("olga"), text="<b>Typical.</b> What a bakery.")
    page = (await admin.get(PAGE)).text
    assert "More hours are needed in the next seven days than are available." in page
    assert re.search(r"<b>\d+ h</b> .*It could be \d+ hours\.", page)
    assert "%(" not in page
    assert "&lt;b&gt;Typical" in page
    assert "<b>Typical" not in page
    version = re.findall(rf'/silence/{number}".*?name="version" value="(\d+)"', page, re.DOTALL)[0]
    left = await admin.send_form(f"{PAGE}/silence/{number}", version=version)
    assert left.headers["location"] == f"{PAGE}?notice=left-in-silence#silence"
    page = (await admin.get(PAGE)).text
    assert "Left in silence" in page
    undo = re.findall(rf'action="({PAGE}/silence/{number}/undo/[^"]+)"', page)[0]
    assert (await admin.send_form(undo)).status_code == 303
    assert f'action="{PAGE}/silence/{number}"' in (await admin.get(PAGE)).text


async def test_a_case_that_is_no_longer_fit_is_refused_in_words_on_the_page(site: Site):
    admin = await short_of_hours(site)
    refused = await admin.send_form(f"{PAGE}/silence/1", version="0")
    assert refused.status_code == 409
    assert "Something has happened on case #1." in refused.text


async def test_once_there_are_enough_hours_again_nothing_is_left_in_silence_for_want_of_them(site: Site):
    lead = await site.signed_in("lead")
    number = await rant(await make_member("olga"))
    refused = await lead.send_form(f"{PAGE}/silence/{number}", version="1")
    assert refused.status_code == 409
    assert "There are enough hours again." in refused.text


async def test_what_was_typed_wrongly_stays_with_a_sentence_beside_it(site: Site):
    admin = await short_of_hours(site)
    refused = await admin.send_form(MINUTES, version="1", share="101", **{**TYPED, "step": "999"})
    assert refused.status_code == 422
    assert 'value="999"' in refused.text
    assert "Enter whole minutes from 0 to 240." in refused.text
    week = await admin.send_form(f"{PAGE}/week", version="1", hours="3000")
    assert week.status_code == 422
    assert 'value="3000"' in week.text
    assert await CapacityPlan.count() == 1


async def test_nothing_is_said_of_a_single_member(site: Site):
    admin = await short_of_hours(site)
    await make_member("zoe")
    page = (await admin.get(PAGE)).text
    assert "Zoe" not in page
