"""Public endings: owed from the confirmed fix on, written as any reply, skipped, or no longer possible."""

from datetime import datetime

import pytest

from amends import tables
from amends.rules.follow_up.kinds import of
from amends.rules.person.customer_links import CheckInAnswer, Purpose
from amends.rules.vocabulary import FollowUpKind, IncidentKind, Language
from amends.rules.workflow.public_endings import PROPOSED
from amends.services.desk import incidents, today
from amends.services.desk.incidents import Opening
from amends.services.follow_up import active
from amends.services.person import customer_links
from amends.services.team.members import Act, Member
from amends.services.workflow import answers, customers, moves, public_endings, replies
from amends.services.workflow.answers import NotToBeAnswered
from amends.services.workflow.customers import CheckIn
from amends.services.workflow.public_endings import EndingNotOwed, ReasonIsMissing
from tests.world import DAY, MONDAY, case_row, entries, lead_to, make_case, move, owed, second_chance_day

KIND = FollowUpKind.PUBLIC_ENDING
URL = "https://x.com/bakers/status/99"


async def confirmed(by: Member) -> int:
    """A case that was fixed in private, and whose fix is confirmed."""
    number = await make_case(by)
    await lead_to(number, "second_chance", by=by)
    return number


async def is_owed(number: int) -> bool:
    return KIND in await owed(number)


async def test_once_a_private_fix_is_confirmed_the_ending_is_owed_within_two_working_days(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "resolved", by=alice)
    assert not await is_owed(number)
    await move(number, "confirm_fix", by=alice)
    ending = (await owed(number))[KIND]
    assert ending["due_at"] == datetime.fromisoformat("2026-05-06T08:00:00+00:00")
    assert ending["owner"] == alice.id
    assert (await case_row(number))["due_kind"] == KIND, "its date is the first of what is owed"
    assert of(KIND).title in {"Public ending"}
    assert "public_ending" in active.AWAKE_KINDS


async def test_late_it_stands_on_today(alice: Member):
    number = await confirmed(alice)
    board = await today.lanes(Act(alice, MONDAY + 3 * DAY))
    [late] = [row for lane in board.lanes for row in lane.rows if row.number == number]
    assert late.due_kind is KIND


async def test_what_was_solved_in_public_needs_no_ending(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "acknowledge", by=alice)
    await move(number, "solve_in_public", by=alice, text="Here is your cake.", reply_url=URL)
    await move(number, "confirm_fix", by=alice)
    assert not await is_owed(number)


async def test_no_ending_is_owed_where_an_incident_holds_replies(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "resolved", by=alice)
    opening = Opening(title="Recall", kind=IncidentKind.OTHER, numbers=(number,))
    act = Act(alice, MONDAY)
    await incidents.open_incident(act, opening)
    await move(number, "confirm_fix", by=alice)
    assert not await is_owed(number)


async def test_the_editor_begins_with_words_in_the_language_of_the_post_and_posting_ends_it(alice: Member):
    number = await confirmed(alice)
    writing = await answers.begin(Act(alice, MONDAY), number)
    assert writing.text == PROPOSED[Language.ENGLISH]
    await move(number, "keep_draft", by=alice, text=writing.text, occasion=writing.occasion)
    assert await is_owed(number)
    await replies.posted(Act(alice, MONDAY), number, url=URL, text=writing.text)
    assert not await is_owed(number)
    assert (await owed(number, state="done"))[KIND]
    row = await case_row(number)
    assert (row["stage"], row["draft"], row["public_replies"]) == ("second_chance", "", 2)
    with pytest.raises(NotToBeAnswered):
        await answers.begin(Act(alice, MONDAY), number)


async def test_a_thread_that_was_ended_opens_for_its_ending_alone(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "contact", by=alice)
    await tables.Case.update({tables.Case.plan_given: True, tables.Case.place_given: True}).where(
        tables.Case.number == number
    )
    await move(number, "end_public_thread", by=alice)
    await move(number, "contact_in_private", by=alice, channel="email")
    await move(number, "receive_reply", by=alice, channel="email")
    await move(number, "deliver_remedy", by=alice, remedy="A new cake")
    with pytest.raises(NotToBeAnswered):
        await answers.begin(Act(alice, MONDAY), number)
    await move(number, "confirm_fix", by=alice)
    assert (await answers.begin(Act(alice, MONDAY), number)).text == PROPOSED[Language.ENGLISH]


async def test_it_is_skipped_for_a_reason_that_stands_on_the_timeline(alice: Member):
    number = await confirmed(alice)
    with pytest.raises(ReasonIsMissing):
        await public_endings.skip(Act(alice, MONDAY), number, "  ")
    await public_endings.skip(Act(alice, MONDAY), number, "They asked us not to")
    assert not await is_owed(number)
    assert (await entries(number))[-1] == "follow_up_completed"
    with pytest.raises(EndingNotOwed):
        await public_endings.skip(Act(alice, MONDAY), number, "Again")


async def test_it_goes_on_through_the_check_in_and_ends_with_the_case_or_a_new_complaint(alice: Member):
    number = await confirmed(alice)
    day = await second_chance_day(number)
    await move(number, "check_in", by=alice, now=day, channel="email")
    assert await is_owed(number)
    await move(number, "hear_new_problem", by=alice, now=day, text="It broke again")
    assert not await is_owed(number)
    other = await confirmed(alice)
    await move(other, "skip_second_chance", by=alice, reason="Asked not to")
    assert (await owed(other, state="dropped"))[KIND]


async def test_undoing_the_confirmation_takes_the_ending_back_and_undoing_the_end_brings_it_again(
    alice: Member,
):
    number = await make_case(alice)
    await lead_to(number, "resolved", by=alice)
    undo = await move(number, "confirm_fix", by=alice)
    await moves.undo(Act(alice, MONDAY), number, undo)
    assert not await is_owed(number)
    await move(number, "confirm_fix", by=alice)
    undo = await move(number, "skip_second_chance", by=alice, reason="x")
    await moves.undo(Act(alice, MONDAY), number, undo)
    assert await is_owed(number)


async def test_who_asks_for_no_more_contact_is_owed_no_ending(alice: Member):
    number = await confirmed(alice)
    code = await customer_links.make(Act(alice, MONDAY), number, Purpose.CHECK_IN)
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.WELL, stop=True), now=MONDAY + DAY)
    assert (await owed(number, state="dropped"))[KIND]


async def test_who_asks_for_no_more_contact_on_one_case_is_owed_nothing_on_another(alice: Member):
    first, other = await confirmed(alice), await confirmed(alice)
    code = await customer_links.make(Act(alice, MONDAY), first, Purpose.CHECK_IN)
    await customers.check_in(code, CheckIn(answer=CheckInAnswer.WELL, stop=True), now=MONDAY + DAY)
    assert not await is_owed(other)
    day = await second_chance_day(other)
    with pytest.raises(moves.MoveRefused, match="no more contact"):
        await move(other, "check_in", by=alice, now=day, channel="email")


async def test_the_ending_of_a_merged_case_is_owed_on_the_case_that_keeps_its_post(
    alice: Member, bob: Member
):
    number, kept = await confirmed(alice), await confirmed(bob)
    await public_endings.skip(Act(bob, MONDAY), kept, "Written by phone.")
    due_at = (await owed(number))[KIND]["due_at"]
    undo = await move(number, "join", by=alice, duplicate_of=kept)
    passed_on = (await owed(kept))[KIND]
    assert (passed_on["due_at"], passed_on["owner"], await is_owed(number)) == (due_at, bob.id, False)
    await moves.undo(Act(alice, MONDAY), number, undo)
    assert (await is_owed(number), await is_owed(kept)) == (True, False)


async def test_of_two_endings_one_is_owed_after_merging_and_none_on_a_case_that_is_worked_on(alice: Member):
    number, kept, open_case = await confirmed(alice), await confirmed(alice), await make_case(alice)
    await move(number, "join", by=alice, duplicate_of=kept)
    assert await is_owed(kept)
    await move(kept, "join", by=alice, duplicate_of=open_case)
    assert not await is_owed(open_case)
