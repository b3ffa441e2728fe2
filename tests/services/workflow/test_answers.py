"""Has whoever writes a public reply, or reads a colleague's, before their eyes what they need?"""

from uuid import UUID, uuid4

import pytest

from amends.rules.team.reply_rules import ApprovalRule, ReplyRules
from amends.rules.vocabulary import Language, Occasion, Role, Severity
from amends.services.reply import reply_templates
from amends.services.reply.reply_templates import TemplateUnknown, Written
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import answers, public_endings
from amends.services.workflow.answers import NotToBeAnswered, SoFar
from tests.world import HOUR, MONDAY, lead_to, make_case, make_member, move

CALM = "We are sorry, Dana. Please write to us at care@bakers.example."
PLACES = {Language.ENGLISH: "care@bakers.example", Language.FRENCH: ""}


async def to_answer(by: Member, stage: str = "acknowledge") -> int:
    number = await make_case(by)
    await lead_to(number, stage, by=by)
    return number


async def prepared() -> UUID:
    """A reply of the library, with a place to go on."""
    by = await make_member("root", role="admin")
    await reply_rules.change(Act(by, MONDAY), ReplyRules(places=PLACES), after=0)
    text = "Sorry, {author}. Write to {private_place}."
    written = Written(title="It came late", text=text, language="en", stance="fix")
    return await reply_templates.add(written, by=by, now=MONDAY)


async def test_a_fresh_reply_is_empty_and_nothing_was_looked_over_yet(alice: Member, bob: Member):
    writing = await answers.begin(Act(bob, MONDAY), await to_answer(bob))
    assert (writing.text, writing.findings, writing.occasion) == ("", None, Occasion.FIRST)
    assert (writing.budget, writing.must_be_read) == (2, False)
    assert [one.name for one in writing.readers] == ["Alice"]


async def test_what_was_drafted_is_there_again_and_what_was_typed_comes_before_it(bob: Member):
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=CALM)
    assert (await answers.begin(Act(bob, MONDAY), number)).text == CALM
    typed = await answers.begin(Act(bob, MONDAY), number, SoFar(text="Oh please."))
    assert typed.text == "Oh please."
    assert "sarcasm" in [one.rule for one in typed.findings or ()]


async def test_what_fits_is_offered_filled_in_and_taken_with_its_template(alice: Member, bob: Member):
    template, number = await prepared(), await to_answer(bob)
    [variant] = (await answers.begin(Act(bob, MONDAY), number)).variants
    assert (variant.id, variant.text) == (template, "Sorry, Dana. Write to care@bakers.example.")
    taken = await answers.begin(Act(bob, MONDAY), number, SoFar(use=template))
    assert (taken.text, taken.template, taken.findings) == (variant.text, template, ())
    await move(number, "submit_draft", by=bob, text=CALM, template=template)
    began_as = (await answers.read(Act(alice, MONDAY), number)).template
    assert began_as is not None
    assert began_as.text == variant.text


async def test_where_the_rules_ask_for_a_lead_only_those_who_may_read_it_are_offered(bob: Member):
    await make_member("eve")
    lea = await make_member("lea", role="lead")
    rules = ReplyRules(
        approval=ApprovalRule(severities=frozenset(Severity), roles=frozenset({Role.AGENT}), first_too=True)
    )
    await reply_rules.change(Act(await make_member("root", role="admin"), MONDAY), rules, after=0)
    writing = await answers.begin(Act(bob, MONDAY), await to_answer(bob))
    assert writing.must_be_read
    assert {one.name for one in writing.readers} == {lea.name, "Root"}


async def test_where_no_reply_can_be_written_it_says_why(bob: Member):
    number = await to_answer(bob, "new")
    with pytest.raises(NotToBeAnswered, match="not possible at this stage"):
        await answers.begin(Act(bob, MONDAY), number)
    number = await to_answer(bob, "checked_in")
    await public_endings.skip(Act(bob, MONDAY), number, "They asked us not to")
    with pytest.raises(NotToBeAnswered, match="nothing left to say in public"):
        await answers.begin(Act(bob, MONDAY), number)


async def test_whoever_may_not_read_a_draft_is_told_so(alice: Member, bob: Member):
    eve, number = await make_member("eve"), await to_answer(bob)
    with pytest.raises(NotToBeAnswered, match="No draft is waiting"):
        await answers.read(Act(alice, MONDAY), number)
    await move(number, "submit_draft", by=bob, text=CALM)
    for by, sentence in ((eve, "Only a lead"), (bob, "Only a lead")):
        with pytest.raises(NotToBeAnswered, match=sentence):
            await answers.read(Act(by, MONDAY + HOUR), number)
    reading = await answers.read(Act(alice, MONDAY + HOUR), number)
    assert (reading.detail.draft, reading.template) == (CALM, None)


async def test_a_template_that_is_gone_is_refused(bob: Member):
    with pytest.raises(TemplateUnknown):
        await answers.begin(Act(bob, MONDAY), await to_answer(bob), SoFar(use=uuid4()))
