"""A reply of our own account that a browser sees below a post is kept once, counted, and moves nothing."""

import pytest

from amends.rules.workflow.move_input import AddressNotUsable
from amends.services.case import timeline
from amends.services.team.members import Act, Member
from amends.services.workflow import replies
from tests.world import MONDAY, case_row, entries, lead_to, make_case, move

OURS = "https://x.com/bakers/status/1"


async def test_it_is_counted_with_its_address_and_the_case_stays_where_it_is(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    for _ in range(2):
        await replies.seen(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
    case = await case_row(number)
    assert (case["stage"], case["public_replies"]) == ("acknowledge", 1)
    last = (await timeline.of_case(case["id"]))[-1].particulars
    assert last == {"direction": "out", "text": "We are sorry.", "url": OURS, "seen": True}


async def test_what_was_seen_before_changes_not_even_the_version_of_the_case(bob: Member):
    number = await make_case(bob)
    await replies.seen(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
    before = (await case_row(number))["version"]
    await replies.seen(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
    assert (await case_row(number))["version"] == before


async def test_what_a_member_marked_as_posted_is_not_told_again_when_it_is_seen(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await replies.posted(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
    before = await entries(number)
    await replies.seen(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
    assert await entries(number) == before


@pytest.mark.parametrize("by_the_page", [True, False])
async def test_marked_as_posted_after_it_was_seen_it_moves_the_case_and_counts_once(
    bob: Member, by_the_page: bool
):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await replies.seen(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
    if by_the_page:
        await move(number, "post_acknowledgement", by=bob, reply_url=OURS)
    else:
        await replies.posted(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
        await replies.posted(Act(bob, MONDAY), number, url=OURS, text="We are sorry.")
    case = await case_row(number)
    assert (case["stage"], case["public_replies"]) == ("contact", 1)


async def test_another_draft_stays_and_one_that_says_the_same_is_posted(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    await move(number, "keep_draft", by=bob, text="We are sorry. Write to us.")
    await replies.seen(Act(bob, MONDAY), number, url=OURS, text="Something else.")
    assert (await case_row(number))["draft"] == "We are sorry. Write to us."
    await replies.seen(Act(bob, MONDAY), number, url=f"{OURS}2", text="We are  sorry.\nWrite to us.")
    assert (await case_row(number))["draft"] == ""


async def test_only_an_address_that_can_be_opened_is_kept(bob: Member):
    number = await make_case(bob)
    with pytest.raises(AddressNotUsable):
        await replies.seen(Act(bob, MONDAY), number, url="javascript:alert(1)")
