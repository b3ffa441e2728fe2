"""Can a remedy be offered, agreed to and answered on the pages, without a script?"""

import re

import pytest

from amends.rules.team.reply_rules import ReplyRules
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, lead_to, make_case, make_member, move


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def number(bob: Member) -> int:
    admin = await make_member("root", role="admin")
    await reply_rules.change(Act(admin, MONDAY), ReplyRules(remedy_ceiling=5_000), after=0)
    made = await make_case(bob)
    await lead_to(made, "working", by=bob)
    return made


async def test_a_remedy_goes_its_way_from_the_agent_over_the_lead_to_the_person(
    site: Site, number: int, bob: Member
):
    agent, lead = await site.visit_as(bob), await site.visit_as(await make_member("alice", role="lead"))
    sent = {"kind": "refund", "words": "All of it <b>", "cost": "1 200,50"}
    answer = await agent.send_form(f"/cases/{number}/remedies", **sent)
    assert answer.headers["location"] == f"/cases/{number}?notice=lead-asked"
    page = (await agent.get(f"/cases/{number}")).text
    assert "awaiting approval" in page
    assert "€1,200.50" in page
    assert "All of it &lt;b&gt;" in page
    assert 'value="yes">Agree' not in page
    waiting = (await lead.get("/approvals")).text
    assert "Remedies above the limit" in waiting
    [decide] = re.findall(r'action="(/approvals/remedies/[^"]+)"', waiting)
    assert (await agent.send_form(decide, agree="yes")).status_code == 403
    await lead.send_form(decide, agree="yes")
    offered = (await agent.get(f"/cases/{number}")).text
    assert "approved a remedy: refund €1,200.50" in offered
    assert "offered a remedy" not in offered
    [accept, _decline] = re.findall(r'method="post" action="(/cases/[^"]+/remedies/[^"]+/answer)"', offered)
    await agent.send_form(accept, accepted="yes")
    assert "recorded the acceptance of: refund €1,200.50" in (await agent.get(f"/cases/{number}")).text


async def test_a_remedy_that_waits_is_listed_once_however_many_leads_were_asked(
    site: Site, number: int, bob: Member
):
    await make_member("carol", role="lead")
    agent, lead = await site.visit_as(bob), await site.visit_as(await make_member("alice", role="lead"))
    await agent.send_form(f"/cases/{number}/remedies", kind="refund", words="All of it", cost="1200")
    asks = re.compile('duty-words"><span dir="auto">Bob asks a lead to approve')
    assert len(asks.findall((await lead.get(f"/cases/{number}")).text)) == 1, "what alice is asked"
    page = (await agent.get(f"/cases/{number}")).text
    assert not asks.findall(page)
    assert "awaiting approval" in page


@pytest.mark.parametrize(
    ("address", "action"),
    [
        ("/approvals", r'action="(/approvals/remedies/[^"]+)"'),
        ("/cases/{number}", r'action="(/cases/\d+/remedies/[^"]+/decide)"'),
    ],
)
async def test_a_lead_who_refuses_without_a_word_is_asked_for_one_on_the_same_page(
    site: Site, number: int, bob: Member, address: str, action: str
):
    agent, lead = await site.visit_as(bob), await site.visit_as(await make_member("alice", role="lead"))
    await agent.send_form(f"/cases/{number}/remedies", kind="refund", words="All of it", cost="1200")
    shown = (await lead.get(address.format(number=number))).text
    [decide] = re.findall(action, shown)
    [form] = re.findall(r'name="form" value="(remedy-[^"]+)"', shown)
    refused = await lead.send_form(decide, agree="no", reason=" ", form=form)
    assert refused.status_code == 422
    assert re.search(r'class="field-error" id="why-[^"]+-error"', refused.text)
    assert 'id="problem"' not in refused.text
    assert decide in refused.text, "the form is there again"
    done = await lead.send_form(decide, agree="no", reason="Too much", form=form)
    assert done.status_code == 303


async def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(
    site: Site, number: int, bob: Member
):
    agent = await site.visit_as(bob)
    sent = {"kind": "voucher", "words": "Ten off", "cost": "much"}
    answer = await agent.send_form(f"/cases/{number}/remedies", **sent)
    assert answer.status_code == 422
    assert "Enter an amount such as 12.50." in answer.text
    assert 'value="Ten off"' in answer.text


async def test_the_ceiling_is_set_where_the_rules_of_answering_are(site: Site):
    admin: Visitor = await site.signed_in("admin")
    sent = {"version": "0", "budget": "2", "remedy_ceiling": "80,00", "currency": "chf"}
    assert (await admin.send_form("/settings/replies", **sent)).status_code == 303
    rules = await reply_rules.current()
    assert (rules.remedy_ceiling, rules.currency) == (8_000, "CHF")
    assert 'value="80.00"' in (await admin.get("/settings/replies")).text
    wrong = await admin.send_form("/settings/replies", **sent | {"version": "1", "remedy_ceiling": "x"})
    assert "Enter an amount such as 12.50." in wrong.text


async def test_when_a_second_fix_may_fail_the_case_says_that_it_is_time_to_decide(
    site: Site, number: int, bob: Member
):
    agent = await site.visit_as(bob)
    await move(number, "deliver_remedy", by=bob, remedy="A new cake")
    assert "One fix has already failed." not in (await agent.get(f"/cases/{number}")).text
    await move(number, "report_not_fixed", by=bob, text="It is stale, too")
    await move(number, "deliver_remedy", by=bob, remedy="Another cake")
    page = (await agent.get(f"/cases/{number}")).text
    assert "One fix has already failed." in page
    assert 'value="report_not_fixed"' not in page
    assert 'value="concede"' in page
