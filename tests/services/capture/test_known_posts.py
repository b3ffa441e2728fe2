"""A browser learns which posts are cases, what is next for them, and nothing that costs a scan."""

from uuid import uuid4

from amends.services.capture import captures, known_posts, rechecks
from amends.services.capture.known_posts import MarkedPost
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, move, post


async def only(by: Member, *, now=MONDAY) -> MarkedPost:
    [marked] = await known_posts.posts(Act(by, now))
    return marked


async def test_a_post_is_marked_with_its_case(alice: Member, bob: Member):
    number = await make_case(bob, id="17")
    marked = await only(bob)
    assert marked.keys == ("x:17", "x.com/dana/status/17")
    assert (marked.number, marked.stage, marked.owner, marked.mine) == (number, "new", None, False)
    assert (marked.next, marked.public_replies, marked.prepared, marked.revisit) == (
        "decide",
        0,
        False,
        False,
    )
    await move(number, "answer", by=bob, severity="s3", stance="fix")
    assert (await only(bob)).owner == "Bob"
    assert (await only(bob)).mine
    assert not (await only(alice)).mine


async def test_every_post_of_a_case_is_marked(bob: Member):
    first = uuid4()
    await captures.receive(Act(bob, MONDAY), first, post(id="17"))
    await captures.receive(Act(bob, MONDAY), uuid4(), post(id="18", sameCaseAs=str(first)))
    assert {one.keys[0] for one in await known_posts.posts(Act(bob, MONDAY))} == {"x:17", "x:18"}


async def test_a_case_that_was_closed_is_marked_for_ninety_days_after_the_open_ones(alice: Member):
    closed, opened = await make_case(alice), await make_case(alice)
    await move(closed, "not_ours", by=alice, reason="Spam")
    newest = await make_case(alice)
    assert [one.number for one in await known_posts.posts(Act(alice, MONDAY))] == [newest, opened, closed]
    later = await known_posts.posts(Act(alice, MONDAY + 91 * DAY))
    assert [one.number for one in later] == [newest, opened]


async def test_a_draft_is_prepared_once_it_is_approved_until_it_is_posted(alice: Member, bob: Member):
    number = await make_case(bob)
    await lead_to(number, "acknowledge", by=bob)
    await move(number, "submit_draft", by=bob, text="We are sorry. Write to us.")
    assert not (await only(bob)).prepared
    await move(number, "approve", by=alice)
    assert (await only(bob)).prepared
    await move(number, "post_acknowledgement", by=bob, reply_url="https://x.com/bakers/status/1")
    assert not (await only(bob)).prepared


async def test_a_look_is_asked_for_on_the_day_of_confirming_and_for_a_week_after_a_members_wish(bob: Member):
    number = await make_case(bob, id="17")
    await rechecks.ask(Act(bob, MONDAY), number)
    assert (await only(bob, now=MONDAY + 6 * DAY)).revisit
    assert not (await only(bob, now=MONDAY + 8 * DAY)).revisit
    await lead_to(number, "resolved", by=bob)
    assert (await only(bob, now=MONDAY + 20 * DAY)).revisit
    seen = post(id="17", revisit={"caseNumber": number})
    await captures.receive(Act(bob, MONDAY + 20 * DAY), uuid4(), seen)
    assert not (await only(bob, now=MONDAY + 20 * DAY + HOUR)).revisit


async def test_a_promise_that_is_due_first_is_the_next_step(bob: Member):
    number = await make_case(bob)
    await follow_ups.promise(Act(bob, MONDAY), number, words="Call", due_at=MONDAY + HOUR)
    assert (await only(bob)).next == "keep_promise"
