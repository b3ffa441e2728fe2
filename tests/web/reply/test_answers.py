"""Can a member write a public reply with care: choose words, have them looked over, keep them?"""

import re

import pytest

from amends.rules.person.customer_links import Purpose
from amends.rules.team.reply_rules import ApprovalRule, ReplyRules
from amends.rules.vocabulary import Language, Role, Severity
from amends.services.person import customer_links
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import Written
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, case_row, lead_to, make_case, make_member, move, owed

CALM = "We are sorry, Dana. Please write to us at care@bakers.example."
HOT = "Oh please. You can write to us."
BLAMING = "Your order 4711-22 left on Friday. Write to us."


@pytest.fixture
async def bob() -> Member:
    return await make_member("bob")


@pytest.fixture
async def desk(site: Site, bob: Member) -> Visitor:
    return await site.visit_as(bob)


async def to_answer(by: Member) -> int:
    number = await make_case(by)
    await lead_to(number, "acknowledge", by=by)
    return number


async def version(number: int) -> str:
    return str((await case_row(number))["version"])


async def read_by_leads() -> None:
    rules = ReplyRules(
        approval=ApprovalRule(severities=frozenset(Severity), roles=frozenset({Role.AGENT}), first_too=True)
    )
    root = await make_member("root", role="admin")
    await reply_rules.change(Act(root, MONDAY), rules, after=0)


async def test_the_case_leads_to_the_page_and_the_page_shows_the_post(desk: Visitor, bob: Member) -> None:
    number = await to_answer(bob)
    assert f'action="/cases/{number}/answer"' in (await desk.get(f"/cases/{number}")).text
    page = (await desk.get(f"/cases/{number}/answer")).text
    assert "The cake never arrived" in page or "letter-text" in page
    assert "2 of 2 public replies are left." in page
    assert "None matches this language, site and moment yet." in page
    assert "Amends never posts: you do." in page


async def test_a_lead_adds_the_starter_set_where_the_first_reply_is_written(site: Site, bob: Member) -> None:
    number = await to_answer(bob)
    assert "Add the starter set" not in (await (await site.visit_as(bob)).get(f"/cases/{number}/answer")).text
    lead = await site.signed_in("lead")
    assert "Add the starter set" in (await lead.get(f"/cases/{number}/answer")).text
    case = (await lead.get(f"/cases/{number}")).text
    assert '<details class="writing-variants" open>' in case, "what is missing invites, and is no 0"
    assert 'href="/replies/new">Write one<' in case
    page = await lead.send_form(f"/cases/{number}/answer/starters", text="Half a sentence")
    assert "Half a sentence" in page.text
    assert 'class="variant-text"' in page.text
    assert "Add the starter set" not in page.text
    refused = await (await site.visit_as(bob)).send_form(f"/cases/{number}/answer/starters", text="x")
    assert refused.status_code == 403


async def test_a_calm_reply_is_kept_and_stands_on_its_case(desk: Visitor, bob: Member) -> None:
    number = await to_answer(bob)
    kept = await desk.send_form(
        f"/cases/{number}/answer", text=CALM, do="keep", version=await version(number)
    )
    assert kept.headers["location"] == f"/cases/{number}?notice=drafted"
    page = (await desk.get(kept.headers["location"])).text
    assert "Reply by Bob, ready to post" in page
    assert CALM in page
    assert f">{CALM}</textarea>" in (await desk.get(f"/cases/{number}/answer")).text


async def test_looking_it_over_keeps_nothing_and_says_what_is_wrong(desk: Visitor, bob: Member) -> None:
    number = await to_answer(bob)
    page = (await desk.send_form(f"/cases/{number}/answer/look", text=HOT)).text
    assert 'data-rule="sarcasm"' in page or "sarcas" in page.lower()
    assert f">{HOT}</textarea>" in page
    assert (await case_row(number))["draft"] == ""


async def test_a_private_link_tells_the_page_the_version_that_it_made_unless_others_changed_the_case(
    desk: Visitor, bob: Member
) -> None:
    number = await to_answer(bob)
    link, seen = f"/cases/{number}/answer/link", await version(number)
    page = await desk.send_form(link, text="Hello", version=seen)
    made = await version(number)
    assert f'data-own-change="{seen} {made}"' in page.text
    page = await desk.send_form(link, text="Hello", version=made)
    assert "data-own-change" not in page.text
    await customer_links.withdraw(Act(bob, MONDAY), number, Purpose.HAND_OFF)
    page = await desk.send_form(link, text="Hello", version=made)
    assert "data-own-change" not in page.text


async def test_no_form_of_a_case_changes_it_and_leaves_the_page_with_its_version(
    desk: Visitor, bob: Member
) -> None:
    number = await to_answer(bob)
    page = (await desk.get(f"/cases/{number}")).text
    parts = re.findall(r'hx-post="([^"]+)" hx-target="#(\w+)"', page)
    assert len(parts) == page.count("hx-post=")
    changing = {path.rpartition("/")[2] for path, target in parts if target != "case"}
    assert changing <= {"link", "look", "starters"}  # a private link tells it; the others change no case


async def test_an_error_asks_for_a_reason_and_what_was_typed_stays(desk: Visitor, bob: Member) -> None:
    number = await to_answer(bob)
    form = {"text": BLAMING, "do": "keep", "version": await version(number)}
    refused = await desk.send_form(f"/cases/{number}/answer", **form)
    assert refused.status_code == 422
    assert re.search(r'id="answer-reason-error">[^<]+', refused.text)
    assert f">{BLAMING}</textarea>" in refused.text
    kept = await desk.send_form(f"/cases/{number}/answer", **form, reason="They asked for it")
    assert kept.status_code == 303


async def test_a_heated_reply_is_held_and_the_case_says_until_when(desk: Visitor, bob: Member) -> None:
    number = await to_answer(bob)
    held = await desk.send_form(f"/cases/{number}/answer", text=HOT, do="keep", version=await version(number))
    assert held.headers["location"] == f"/cases/{number}?notice=held"
    page = (await desk.get(held.headers["location"])).text
    assert "The reply is on hold" in page
    assert "Reply by Bob, held for ten minutes" in page


async def test_where_a_lead_reads_first_there_is_no_other_way(site: Site, desk: Visitor, bob: Member) -> None:
    await read_by_leads()
    lea, number = await make_member("lea", role="lead"), await to_answer(bob)
    page = (await desk.get(f"/cases/{number}/answer")).text
    assert "Your team’s rules require a lead to approve this reply first." in page
    assert 'value="keep"' not in page
    form = {"text": CALM, "do": "submit", "reader": str(lea.id), "version": await version(number)}
    sent = await desk.send_form(f"/cases/{number}/answer", **form)
    assert sent.headers["location"] == f"/cases/{number}?notice=submitted"
    assert (await owed(number))["approval"]["owner"] == lea.id
    assert "The reply is waiting for review" in (await desk.get(f"/cases/{number}")).text


async def test_a_prepared_reply_is_taken_with_names_filled_in(desk: Visitor, bob: Member) -> None:
    root = await make_member("root", role="admin")
    places = {Language.ENGLISH: "care@bakers.example"}
    await reply_rules.change(Act(root, MONDAY), ReplyRules(places=places), after=0)
    written = Written(
        title="<b>Late</b>", text="Sorry, {author}. Write to {private_place}.", language="en", stance="fix"
    )
    template = await reply_templates.add(written, by=root, now=MONDAY)
    number = await to_answer(bob)
    page = (await desk.get(f"/cases/{number}/answer")).text
    assert "&lt;b&gt;Late&lt;/b&gt;" in page
    taken = (await desk.send_form(f"/cases/{number}/answer/look", text="", use=str(template))).text
    assert ">Sorry, Dana. Write to care@bakers.example.</textarea>" in taken
    assert f'name="template" value="{template}"' in taken


async def test_who_saves_after_somebody_else_is_told_and_loses_nothing(desk: Visitor, bob: Member) -> None:
    number = await to_answer(bob)
    seen = await version(number)
    await desk.send_form(f"/cases/{number}/answer", text=CALM, do="keep", version=seen)
    second = await desk.send_form(
        f"/cases/{number}/answer", text="Sorry. Write to us.", do="keep", version=seen
    )
    assert second.status_code == 409
    assert ">Sorry. Write to us.</textarea>" in second.text


async def test_a_case_that_cannot_be_answered_says_why(desk: Visitor, bob: Member) -> None:
    number = await make_case(bob)
    page = await desk.get(f"/cases/{number}/answer")
    assert page.status_code == 409
    assert "Not now" in page.text
    assert f'href="/cases/{number}"' in page.text


async def test_whatever_is_typed_stays_text(desk: Visitor, bob: Member) -> None:
    number = await to_answer(bob)
    page = (await desk.send_form(f"/cases/{number}/answer/look", text="</textarea><script>1</script>")).text
    assert "<script>1" not in page
    assert "&lt;/textarea&gt;" in page


async def test_a_reply_that_was_sent_back_is_offered_for_reading_and_kept_words_are_not_lost(
    desk: Visitor, bob: Member
) -> None:
    number = await to_answer(bob)
    lea = await make_member("lea", role="lead")
    await move(number, "submit_draft", by=bob, text=CALM)
    await move(number, "reject", by=lea, reason="Too cold")
    page = (await desk.get(f"/cases/{number}/answer")).text
    assert 'value="submit"' in page
    assert 'value="keep"' not in page
    assert "This draft was sent back: the new one is reviewed before it is posted." in page
    again = {"text": "We are so sorry.", "do": "keep", "version": await version(number)}
    refused = await desk.send_form(f"/cases/{number}/answer", **again)
    assert refused.status_code == 409
    assert "This draft was sent back. Rewrite it and submit it for review again." in refused.text
    assert "We are so sorry." in refused.text
    assert (await case_row(number))["approval"] == "rejected"
