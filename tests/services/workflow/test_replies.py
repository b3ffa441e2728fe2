"""A prepared reply is offered once it may be posted, and that it was posted is told once."""

import pytest

from amends.rules.vocabulary import Channel
from amends.rules.workflow.move_input import AddressNotUsable
from amends.services.desk import cases
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, replies, severities
from amends.services.workflow.moves import MoveRefused
from tests.world import MONDAY, case_row, entries, lead_to, make_case, move

ANSWER = "https://x.com/bakers/status/1"


async def test_a_draft_is_offered_once_a_lead_has_approved_it(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.")
    assert (await replies.prepared(Act(bob, MONDAY), number)).prepared == []
    await move(number, "approve", by=alice, text="We are very sorry. Write to us.")
    [draft] = (await replies.prepared(Act(bob, MONDAY), number)).prepared
    assert (draft.text, draft.approved, draft.lang) == ("We are very sorry. Write to us.", True, "en")
    await move(number, "post_acknowledgement", by=bob, reply_url=ANSWER)
    assert (await replies.prepared(Act(bob, MONDAY), number)).prepared == []


async def test_a_rejected_draft_is_not_offered(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="Write to us.")
    await move(number, "reject", by=alice, reason="Be kind.")
    assert (await replies.prepared(Act(bob, MONDAY), number)).prepared == []


async def test_a_draft_that_was_sent_back_is_posted_only_after_another_reading(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="Write to us.")
    await move(number, "reject", by=alice, reason="Be kind.")
    for text in ("Write to us.", "We are sorry. Write to us."):
        with pytest.raises(MoveRefused, match=r"sent back.*submit it for review again"):
            await move(number, "keep_draft", by=bob, text=text)
        with pytest.raises(MoveRefused, match=r"sent back.*submit it for review again"):
            await replies.posted(Act(bob, MONDAY), number, url=ANSWER, text=text)
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.")
    await move(number, "approve", by=alice)
    case = await replies.posted(Act(bob, MONDAY), number, url=ANSWER)
    assert (case.stage, (await case_row(number))["draft"]) == ("contact", "")


async def test_another_reply_that_was_posted_leaves_a_draft_to_be_rewritten(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="Write to us.")
    await move(number, "reject", by=alice, reason="Be kind.")
    reply = {"channel": Channel.PUBLIC_REPLY, "direction": "out", "text": "Sorry!", "url": ANSWER}
    await case_commands.record_touchpoint(Act(alice, MONDAY), number, **reply)
    case = await case_row(number)
    assert (case["approval"], case["draft"], case["public_replies"]) == ("rejected", "Write to us.", 1)


async def test_a_posted_reply_is_the_move_of_a_case_that_is_to_be_acknowledged(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    case = await replies.posted(Act(bob, MONDAY), number, url=ANSWER, text="We are sorry.")
    assert (case.stage, (await case_row(number))["public_replies"]) == ("contact", 1)
    assert await entries(number) == ["captured", "moved", "moved"]


async def test_told_twice_is_once(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    for _ in range(2):
        await replies.posted(Act(bob, MONDAY), number, url=ANSWER, text="We are sorry.")
    assert (await case_row(number))["public_replies"] == 1


async def test_two_replies_without_an_address_of_their_own_are_told_apart_by_their_words(bob: Member):
    number = await make_case(bob, id="17")
    await lead_to(number, "contact", by=bob)
    for words in ("First", "Second", "Second"):
        await replies.posted(Act(bob, MONDAY), number, url="https://x.com/dana/status/17", text=words)
    assert (await case_row(number))["public_replies"] == 3


async def test_where_no_move_fits_it_is_a_public_touchpoint(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "working", by=bob)
    case = await replies.posted(Act(bob, MONDAY), number, url=ANSWER + "0")
    assert (case.stage, (await case_row(number))["public_replies"]) == ("working", 2)
    last = (await cases.detail(Act(bob, MONDAY), number)).timeline[-1]
    assert (last.kind, last.channel, last.particulars["url"]) == ("touchpoint", "public_reply", ANSWER + "0")


async def test_a_new_case_that_nobody_has_weighed_stays_to_be_looked_at(bob: Member):
    number = await make_case(bob)
    assert (await replies.posted(Act(bob, MONDAY), number, url=ANSWER)).stage == "new"
    weighed = await make_case(bob)
    await severities.weigh(Act(bob, MONDAY), weighed, severity="s3")
    assert (await replies.posted(Act(bob, MONDAY), weighed, url=ANSWER)).stage == "contact"


async def test_a_draft_that_waits_for_approval_is_not_posted(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.")
    with pytest.raises(MoveRefused):
        await replies.posted(Act(bob, MONDAY), number, url=ANSWER)
    assert (await case_row(number))["public_replies"] == 0


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "mailto:x@example.org", "x.com/bakers"])
async def test_an_address_that_cannot_be_opened_is_refused(bob: Member, url: str):
    number = await make_case(bob)
    with pytest.raises(AddressNotUsable):
        await replies.posted(Act(bob, MONDAY), number, url=url)
    assert await entries(number) == ["captured"]
