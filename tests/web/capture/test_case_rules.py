"""Does a lead make a rule, see what it would have done, and switch it on?"""

import re

from amends.services.capture import case_rules
from tests.web.site import Site
from tests.world import make_case, make_member


async def test_a_rule_is_previewed_and_then_switched_on(site: Site):
    alice = await make_member("alice", role="lead")
    desk, number = await site.visit_as(alice), await make_case(alice, text="I want a <b>refund</b>")
    assert "No rules yet" in (await desk.get("/settings/rules")).text
    answer = await desk.send_form("/settings/rules", name="Refunds", words="refund", owner=str(alice.id))
    page = (await desk.get(answer.headers["location"])).text
    assert "When a case comes in (says “refund”) → owner Alice" in page
    assert f'href="/cases/{number}"' in page
    [address] = re.findall(r'action="(/settings/rules/[0-9a-f-]{36})/on"', page)
    await desk.send_form(f"{address}/on")
    [rule] = await case_rules.everything()
    assert rule.is_on
    later = await make_case(alice, text="Refund me")
    page = (await desk.get(f"/cases/{later}")).text
    assert "applied the rule “Refunds”: owner Alice" in page
    assert f'href="/settings/rules#rule-{rule.id}"' in page
    await desk.send_form(f"{address}/off")
    assert not (await case_rules.everything())[0].is_on
    await desk.send_form(f"{address}/remove")
    assert "No rules yet" in (await desk.get("/settings/rules")).text


async def test_a_proposed_severity_stands_in_triage_with_its_rule_and_is_not_chosen(site: Site):
    alice = await make_member("alice", role="lead")
    desk, before = await site.visit_as(alice), await make_case(alice, text="They leak my address")
    answer = await desk.send_form("/settings/rules", name="Leaks", words="leak", severity="s1")
    page = (await desk.get(answer.headers["location"])).text
    assert re.search(rf'href="/cases/{before}".*?Severity: <span dir="auto">–</span> → <b dir="auto">', page)
    await desk.send_form(f"{answer.headers['location'].partition('?')[0]}/on")
    number = await make_case(alice, text="You leak everything")
    page = (await desk.get(f"/triage?case={number}")).text
    assert "The rule “Leaks” proposes" in page
    assert not re.search(r'name="severity"[^>]*checked', page)


async def test_a_sentence_says_that_one_of_its_words_is_enough(site: Site):
    alice = await make_member("alice", role="lead")
    desk = await site.visit_as(alice)
    await desk.send_form(
        "/settings/rules", name="Broken", words="broken, arrived late,", stars="2", owner=str(alice.id)
    )
    page = (await desk.get("/settings/rules")).text
    assert "at most 2 of 5 stars, says “broken” or “arrived late”) → owner Alice" in page


async def test_ratings_are_offered_with_their_number_of_stars(site: Site):
    page = (await (await site.visit_as(await make_member("alice", role="lead"))).get("/settings/rules")).text
    assert re.findall(r"<option[^>]*>([^<]* at most)</option>", page) == [
        "1 star at most",
        "2 stars at most",
        "3 stars at most",
        "4 stars at most",
    ]


async def test_what_is_wrong_stands_beside_what_was_typed(site: Site):
    desk = await site.visit_as(await make_member("alice", role="lead"))
    answer = await desk.send_form("/settings/rules", name="Refunds", words="refund")
    assert answer.status_code == 422
    assert "Choose at least one thing that the rule does." in answer.text
    assert 'value="Refunds"' in answer.text


async def test_an_agent_reads_the_rules_and_changes_none(site: Site):
    alice, bob = await make_member("alice", role="lead"), await make_member("bob")
    lead, agent = await site.visit_as(alice), await site.visit_as(bob)
    await lead.send_form("/settings/rules", name="Refunds", words="refund", owner=str(bob.id))
    page = (await agent.get("/settings/rules")).text
    assert "owner Bob" in page
    assert "Save and preview" not in page
    assert (await agent.send_form("/settings/rules", name="Mine", owner=str(bob.id))).status_code == 403
