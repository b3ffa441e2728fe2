"""Are members reminded of what they asked for, and is a case never called looked after because of it?"""

import pytest

from amends import tables
from amends.rules.vocabulary import Repeats
from amends.services.follow_up import follow_ups
from amends.services.follow_up.follow_ups import (
    DateNotAhead,
    FollowUpSettled,
    FollowUpUnknown,
    ReminderForNobody,
    ReminderWithoutWords,
    reminders,
)
from amends.services.nudge import nudges
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.nudging import BASE_URL, new_desk
from tests.world import DAY, HOUR, MONDAY, case_row, entries, lead_to, make_case, move, owed


async def remind(number: int, by: Member, **given):
    usual = {"words": "Ask the oven maker", "due_at": MONDAY + HOUR, "owner": by.id}
    return await reminders.remind(Act(by, MONDAY), number, **usual | given)


async def rows(number: int) -> list[dict[str, object]]:
    owed = tables.FollowUp
    return await owed.select().where((owed.case.number == number) & (owed.kind == "reminder"))


async def test_a_case_bears_any_number_of_reminders_and_its_own_date_stays(alice: Member, bob: Member):
    number = await make_case(bob)
    before = await case_row(number)
    await remind(number, bob, due_at=MONDAY + HOUR / 4)
    await remind(number, bob, owner=alice.id)
    after = await case_row(number)
    assert (after["due_at"], after["due_kind"]) == (before["due_at"], before["due_kind"])
    assert {row["owner"] for row in await rows(number)} == {alice.id, bob.id}
    assert "follow_up_rescheduled" in await entries(number)


@pytest.mark.parametrize(
    ("wrong", "error", "field"),
    [
        ({"words": " "}, ReminderWithoutWords, "words"),
        ({"due_at": MONDAY}, DateNotAhead, "due_at"),
        ({"owner": MONDAY}, ReminderForNobody, "owner"),
    ],
)
async def test_what_is_missing_is_said_beside_its_field(bob: Member, wrong, error, field: str):
    number = await make_case(bob)
    with pytest.raises(error) as refused:
        await remind(number, bob, **wrong)
    assert list(refused.value.fields) == [field]


async def test_a_reminder_that_repeats_comes_again_and_another_is_done(bob: Member):
    number = await make_case(bob)
    weekly = await remind(number, bob, repeats=Repeats.WEEKLY)
    once = await remind(number, bob)
    for one in (weekly, once):
        assert await reminders.tick(Act(bob, MONDAY + DAY), one) == number
    found = {row["id"]: row for row in await rows(number)}
    assert found[once]["state"] == "done"
    assert (found[weekly]["state"], found[weekly]["generation"]) == ("due", 2)
    assert found[weekly]["due_at"] == MONDAY + HOUR + 7 * DAY
    with pytest.raises(FollowUpSettled):
        await reminders.tick(Act(bob, MONDAY + DAY), once)
    await reminders.forget(Act(bob, MONDAY + DAY), weekly)
    assert {row["state"] for row in await rows(number)} == {"done", "dropped"}


async def test_a_duty_of_the_stage_is_not_ticked_like_a_reminder(bob: Member):
    number = await make_case(bob)
    with pytest.raises(FollowUpUnknown):
        await reminders.tick(Act(bob, MONDAY), (await owed(number))["triage"]["id"])


async def test_a_reminder_outlives_moves_and_owners_and_ends_with_the_case(alice: Member, bob: Member):
    number = await make_case(bob)
    await remind(number, bob)
    await lead_to(number, "working", by=bob)
    await case_commands.assign(Act(bob, MONDAY), number, owner=alice.id)
    assert [(row["state"], row["owner"]) for row in await rows(number)] == [("due", bob.id)]
    await move(number, "concede", by=alice, reason="They are right")
    assert [row["state"] for row in await rows(number)] == ["dropped"]


async def test_a_reminder_moves_to_the_case_that_is_kept(alice: Member, bob: Member):
    number, kept = await make_case(bob), await make_case(alice)
    await remind(number, bob)
    await move(number, "join", by=bob, duplicate_of=kept)
    assert [(row["state"], row["owner"]) for row in await rows(kept)] == [("due", bob.id)]


async def test_a_reminder_is_moved_and_nudged_like_the_rest(bob: Member):
    desk = new_desk()
    await desk.target("bob", bob)
    number = await make_case(bob)
    reminder = await remind(number, bob)
    await follow_ups.reschedule(Act(bob, MONDAY), reminder, due_at=MONDAY + 2 * HOUR, reason="Later")
    await lead_to(number, "acknowledge", by=bob)
    now = MONDAY + 2 * HOUR
    await nudges.sweep(now=now)
    for one in await nudges.ready(now=now, limit=5):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)
    [(_address, message)] = desk.receiver.received
    assert "reminder" in message.title
    assert "Ask the oven maker" in message.body, "what it was about is said with it"
