"""A draft is looked over, held while it is hot, read where the rules say so, and counted when it is out."""

from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest

from amends import tables
from amends.rules.team.reply_rules import ApprovalRule, ReplyRules
from amends.rules.vocabulary import Channel, Language, Role, Severity
from amends.services.desk import cases
from amends.services.reply import drafts, reply_templates
from amends.services.reply.drafts import DraftIncomplete, DraftQuestioned
from amends.services.reply.reply_templates import Written
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, moves, replies
from amends.services.workflow.moves import MoveRefused
from tests.world import HOUR, MONDAY, case_row, lead_to, make_case, make_member, move, owed

REPLY = "https://x.com/bakers/status/1"
CALM = "We are sorry, Dana. Please write to us at care@bakers.example."
HOT = "Oh please. You can write to us."
COLD_ERROR = "Your order 4711-22 left on Friday. Write to us."
TEN_MINUTES = timedelta(minutes=10)


async def to_answer(by: Member, stage: str = "acknowledge") -> int:
    number = await make_case(by)
    await lead_to(number, stage, by=by)
    return number


async def last_entry(number: int, by: Member) -> dict[str, object]:
    return (await cases.detail(Act(by, MONDAY), number)).timeline[-1].particulars


async def offered(number: int, by: Member, *, now=MONDAY) -> list[str]:
    return [one.text for one in (await replies.prepared(Act(by, now), number)).prepared]


async def test_a_calm_draft_may_be_posted_at_once_and_is_gone_then(bob: Member):
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=CALM)
    case = await case_row(number)
    assert (case["approval"], case["draft"], case["draft_held_until"]) == ("ready", CALM, None)
    assert await offered(number, bob) == [CALM]
    assert set(await owed(number)) == {"acknowledge"}
    await replies.posted(Act(bob, MONDAY), number, url=REPLY)
    case = await case_row(number)
    assert (case["approval"], case["draft"], case["draft_by"], case["stage"]) == (None, "", None, "contact")


async def test_a_hot_draft_is_held_for_ten_minutes_and_then_free(bob: Member):
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=HOT)
    assert (await case_row(number))["draft_held_until"] == MONDAY + TEN_MINUTES
    told = await last_entry(number, bob)
    assert told["findings"] == ["sarcasm"]
    assert told["held_until"] == (MONDAY + TEN_MINUTES).isoformat()
    assert await offered(number, bob) == []
    for post in ("post_acknowledgement", "solve_in_public"):
        with pytest.raises(MoveRefused, match="held for ten minutes"):
            await move(number, post, by=bob, reply_url=REPLY, text=HOT)
    with pytest.raises(MoveRefused, match="held for ten minutes"):
        await replies.posted(Act(bob, MONDAY), number, url=REPLY, text=HOT)
    later = MONDAY + TEN_MINUTES
    assert await offered(number, bob, now=later) == [HOT]
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY, now=later)


async def test_a_hold_is_overridden_with_a_reason_that_the_timeline_keeps(bob: Member):
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=HOT)
    with pytest.raises(moves.MoveIncomplete):
        await move(number, "release_draft", by=bob)
    await move(number, "release_draft", by=bob, reason="They like it dry.")
    assert (await last_entry(number, bob))["reason"] == "They like it dry."
    assert await offered(number, bob) == [HOT]


async def test_a_hot_draft_with_a_reason_is_not_held_at_all(bob: Member):
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=HOT, reason="An old joke between us.")
    assert (await case_row(number))["draft_held_until"] is None
    told = await last_entry(number, bob)
    assert (told["reason"], told["findings"]) == ("An old joke between us.", ["sarcasm"])


async def test_a_hot_draft_goes_to_a_colleague_instead(bob: Member):
    eve = await make_member("eve")
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=HOT)
    await move(number, "submit_draft", by=bob, text=HOT, reader=eve.id)
    case = await case_row(number)
    assert (case["approval"], case["draft_held_until"], case["draft_reader"]) == ("pending", None, eve.id)
    assert (await owed(number))["approval"]["owner"] == eve.id
    await move(number, "approve", by=eve, text=CALM)
    assert await offered(number, bob) == [CALM]


async def test_another_error_asks_for_a_reason_and_does_not_block(bob: Member):
    number = await to_answer(bob)
    for verb in ("keep_draft", "submit_draft"):
        with pytest.raises(DraftQuestioned) as told:
            await move(number, verb, by=bob, text=COLD_ERROR)
        assert "reason" in told.value.fields
    assert (await case_row(number))["approval"] is None
    await move(number, "keep_draft", by=bob, text=COLD_ERROR, reason="They posted it themselves.")
    assert (await last_entry(number, bob))["findings"] == ["private_detail"]


async def test_a_variable_that_nobody_filled_does_not_go_out(bob: Member):
    number = await to_answer(bob)
    with pytest.raises(DraftIncomplete) as told:
        await move(number, "keep_draft", by=bob, text="Write to us at {private_place}.", reason="x")
    assert "{private_place}" in told.value.fields["text"]


async def test_nobody_and_the_author_are_no_readers(bob: Member):
    number = await to_answer(bob)
    with pytest.raises(DraftIncomplete):
        await move(number, "submit_draft", by=bob, text=CALM, reader=bob.id)


async def test_who_approves_with_words_of_their_own_says_why_for_new_errors_alone(alice: Member, bob: Member):
    number = await to_answer(bob)
    await move(number, "submit_draft", by=bob, text=COLD_ERROR, reason="They posted it themselves.")
    with pytest.raises(DraftQuestioned):
        await move(number, "approve", by=alice, text="You should have read it. Order 4711-22. Write to us.")
    await move(number, "approve", by=alice, text="Order 4711-22 left on Friday. Write to us.")
    assert (await case_row(number))["approval"] == "approved"


async def test_the_rules_ask_for_a_lead_after_the_first_answer_of_a_severe_case(alice: Member, bob: Member):
    eve = await make_member("eve")
    number = await make_case(bob)
    await move(number, "answer", by=bob, severity="s2", stance="fix")
    await move(number, "keep_draft", by=bob, text=CALM)  # the acknowledgement needs nobody (P23)
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY)
    with pytest.raises(MoveRefused, match="Submit it"):
        await move(number, "keep_draft", by=bob, text=CALM)
    with pytest.raises(MoveRefused, match="must approve"):
        await move(number, "ask_in_public", by=bob, reply_url=REPLY)
    with pytest.raises(DraftIncomplete):
        await move(number, "submit_draft", by=bob, text=CALM, reader=eve.id)
    await move(number, "submit_draft", by=bob, text=CALM)
    with pytest.raises(MoveRefused):
        await move(number, "approve", by=eve)
    await move(number, "approve", by=alice)
    await move(number, "ask_in_public", by=bob, reply_url=REPLY)
    assert (await case_row(number))["public_replies"] == 2


async def test_a_team_may_have_everything_read(alice: Member, bob: Member):
    admin = await make_member("ada", role="admin")
    strict = ApprovalRule(severities=frozenset(Severity), roles=frozenset(Role), first_too=True)
    await reply_rules.change(Act(admin, MONDAY), ReplyRules(approval=strict), after=0)
    number = await to_answer(bob)
    for member in (bob, alice):
        with pytest.raises(MoveRefused):
            await move(number, "keep_draft", by=member, text=CALM)
        with pytest.raises(MoveRefused):
            await move(number, "post_acknowledgement", by=member, reply_url=REPLY)


async def test_a_case_that_moves_on_leaves_nothing_waiting(bob: Member):
    number = await to_answer(bob)
    await move(number, "submit_draft", by=bob, text=CALM)
    await move(number, "escalate", by=bob, reason="A threat")
    case = await case_row(number)
    assert (case["approval"], case["draft"]) == (None, CALM)
    assert "approval" not in await owed(number)


async def test_after_the_budget_only_the_last_word_goes_out_without_a_reason(bob: Member):
    number = await to_answer(bob, "contact")
    await move(number, "ask_in_public", by=bob, reply_url=REPLY)
    assert (await case_row(number))["public_replies"] == 2
    with pytest.raises(DraftQuestioned) as told:
        await move(number, "keep_draft", by=bob, text=CALM, occasion="following")
    assert "No public reply is left" in told.value.fields["reason"]
    await move(number, "keep_draft", by=bob, text=CALM)
    assert (await case_row(number))["draft_occasion"] == "closing"
    await tables.Case.update({tables.Case.public_replies: 3, tables.Case.approval: None}).where(
        tables.Case.number == number
    )
    with pytest.raises(DraftQuestioned):
        await move(number, "keep_draft", by=bob, text=CALM)
    await move(number, "keep_draft", by=bob, text=CALM, reason="They asked a new question")


async def test_at_the_end_of_the_budget_the_last_word_is_offered_with_its_place(bob: Member):
    admin = await make_member("ada", role="admin")
    places = {Language.ENGLISH: "care@bakers.example"}
    await reply_rules.change(Act(admin, MONDAY), ReplyRules(places=places, budget=1), after=0)
    await reply_templates.install(by=None, now=MONDAY)
    number = await to_answer(bob)
    assert await offered(number, bob) == []
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY, text=CALM)
    answer = await replies.prepared(Act(bob, MONDAY), number)
    assert (answer.public_replies, answer.budget) == (1, 1)
    [last] = answer.prepared
    assert "care@bakers.example" in last.text
    assert not last.approved
    await move(number, "keep_draft", by=bob, text=CALM)
    assert await offered(number, bob) == [CALM]
    await move(number, "contact_in_private", by=bob, channel="email")
    severe = {tables.Case.severity: "s1"}
    await tables.Case.update({**severe, tables.Case.approval: None}).where(tables.Case.number == number)
    assert await offered(number, bob) == []


async def test_a_thread_is_ended_once_a_plan_and_a_place_were_given(bob: Member):
    number = await to_answer(bob)
    plan = "We will refund you by Friday."
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY, text=plan)
    case = await case_row(number)
    assert (case["plan_given"], case["place_given"]) == (True, False)
    with pytest.raises(MoveRefused, match="where the conversation continues"):
        await move(number, "end_public_thread", by=bob)
    await case_commands.record_touchpoint(
        Act(bob, MONDAY), number, channel=Channel.PUBLIC_REPLY, direction="out", text=CALM
    )
    await move(number, "end_public_thread", by=bob)
    assert (await case_row(number))["thread_ended_at"] == MONDAY
    with pytest.raises(MoveRefused, match="was closed"):
        await move(number, "keep_draft", by=bob, text=CALM)
    await move(number, "resume_public_thread", by=bob, reason="They asked something new.")
    assert (await case_row(number))["thread_ended_at"] is None


async def test_what_the_lint_did_not_see_a_member_says(bob: Member):
    number = await to_answer(bob)
    said = {"text": "The rest is at the counter.", "plan_given": True, "place_given": True}
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY, **said)
    await move(number, "end_public_thread", by=bob)


async def test_a_template_counts_once_a_case_when_its_reply_is_out_and_not_when_that_is_undone(bob: Member):
    template = await reply_templates.add(
        Written(title="Sorry", text=CALM, language="en", stance="fix"), by=bob, now=MONDAY
    )
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=CALM, template=template)

    async def used() -> int:
        return (await reply_templates.find(template)).uses.cases

    assert await used() == 0
    undo = await move(number, "post_acknowledgement", by=bob, reply_url=REPLY)
    assert await used() == 1
    await moves.undo(Act(bob, MONDAY), number, undo)
    assert await used() == 0
    assert (await case_row(number))["draft_template"] == template
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY, now=MONDAY + HOUR)
    await move(number, "keep_draft", by=bob, text=CALM, template=template, now=MONDAY + HOUR)
    await replies.posted(Act(bob, MONDAY + 2 * HOUR), number, url=REPLY + "2", text=CALM)
    assert (await used(), (await case_row(number))["public_replies"]) == (1, 2)


async def test_an_unknown_template_is_refused(bob: Member):
    number = await to_answer(bob)
    with pytest.raises(reply_templates.TemplateUnknown):
        await move(number, "keep_draft", by=bob, text=CALM, template=uuid4())


async def test_undoing_a_draft_puts_the_one_before_back(bob: Member):
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=CALM)
    undo = await move(number, "keep_draft", by=bob, text=HOT)
    await moves.undo(Act(bob, MONDAY), number, undo)
    case = await case_row(number)
    assert (case["draft"], case["draft_held_until"], case["approval"]) == (CALM, None, "ready")


async def test_the_words_of_the_lint_are_weighed_against_the_post_and_the_teams_places(bob: Member):
    admin = await make_member("ada", role="admin")
    rules = ReplyRules(places={Language.FRENCH: "020 7946 0958"}, product="CROQUEMBOUCHE")
    await reply_rules.change(Act(admin, MONDAY), rules, after=0)
    french = "Le gâteau est arrivé en retard et personne ne répond au téléphone, c’est une honte."
    number = await make_case(bob, text=french)
    case = await tables.Case.objects().get(tables.Case.number == number)
    said = "Our CROQUEMBOUCHE was late, and we are sorry for that: 020 7946 0958."
    found = await drafts.findings(Act(bob, MONDAY), case, said, occasion="first")
    assert drafts.told(found) == ["wrong_language"]


def test_nothing_of_a_draft_is_forgotten_when_it_is_gone():
    columns = {column._meta.name for column in tables.Case.all_columns()}
    assert {name for name in columns if name.startswith("draft")} <= drafts.GONE.keys()
    assert msgspec.structs.asdict(drafts.Weighed()) == {"changes": {}, "told": {}}


@pytest.mark.parametrize("name", ["keep_draft", "submit_draft"])
async def test_a_link_without_a_word_is_no_reply_whatever_the_reason(bob: Member, name: str):
    number = await to_answer(bob)
    with pytest.raises(DraftIncomplete) as refused:
        await move(number, name, by=bob, text="https://amends.example/h/AM-7K3Q-ZH2P\n", reason="In a hurry")
    assert refused.value.fields == {"text": "Write some words first: there is only a link."}
    assert (await case_row(number))["approval"] is None
    await move(number, name, by=bob, text="Please go on here: https://amends.example/h/AM-7K3Q-ZH2P")


@pytest.mark.parametrize("approval", ["ready", "approved"])
async def test_a_draft_from_before_that_rule_is_not_posted_either(bob: Member, approval: str):
    number = await to_answer(bob)
    await move(number, "keep_draft", by=bob, text=CALM)
    case, link = tables.Case, "https://amends.example/h/AM-7K3Q-ZH2P"
    await case.update({case.draft: link, case.approval: approval}).where(case.number == number)
    for typed in ({}, {"text": f"{link}\n"}):
        with pytest.raises(DraftIncomplete) as refused:
            await move(number, "post_acknowledgement", by=bob, reply_url=REPLY, **typed)
        assert refused.value.fields == {"text": "Write some words first: there is only a link."}
    assert (await case_row(number))["draft"] == link
    await move(number, "post_acknowledgement", by=bob, reply_url=REPLY, text=CALM)


async def test_a_draft_from_before_that_rule_is_not_approved_as_it_is(alice: Member, bob: Member):
    number = await to_answer(bob)
    await move(number, "submit_draft", by=bob, text=CALM, reader=alice.id)
    case = tables.Case
    await case.update({case.draft: "https://amends.example/h/AM-7K3Q-ZH2P"}).where(case.number == number)
    with pytest.raises(DraftIncomplete):
        await move(number, "approve", by=alice)
    await move(number, "approve", by=alice, text=CALM)
