"""What we owe: promised, kept or broken, given another date, handed over, and awake again after a snooze."""

from datetime import timedelta
from uuid import uuid4

import pytest

from amends.services.desk import cases
from amends.services.follow_up import follow_ups
from amends.services.follow_up.follow_ups import (
    DateNotAhead,
    FollowUpSettled,
    FollowUpUnknown,
    PromiseWithoutWords,
)
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import DAY, HOUR, MONDAY, case_row, entries, make_case, owed


async def test_a_promise_is_kept_late_or_broken(bob: Member):
    number = await make_case(bob)
    promise = await follow_ups.promise(Act(bob, MONDAY), number, words="A call", due_at=MONDAY + DAY)
    assert await follow_ups.keep(Act(bob, MONDAY + 2 * DAY), promise) == number
    shown = (await cases.detail(Act(bob, MONDAY), number)).timeline[-1]
    assert shown.particulars == {"words": "A call", "result": "late"}
    with pytest.raises(FollowUpSettled):
        await follow_ups.break_promise(Act(bob, MONDAY), promise)
    with pytest.raises(FollowUpUnknown):
        await follow_ups.keep(Act(bob, MONDAY), uuid4())


async def test_a_promise_needs_words_and_a_date_ahead(bob: Member):
    number = await make_case(bob)
    with pytest.raises(PromiseWithoutWords):
        await follow_ups.promise(Act(bob, MONDAY), number, words=" ", due_at=MONDAY + DAY)
    with pytest.raises(DateNotAhead):
        await follow_ups.promise(Act(bob, MONDAY), number, words="A call", due_at=MONDAY)


async def test_another_date_makes_older_nudges_untrue_and_is_told_on_the_timeline(bob: Member):
    number = await make_case(bob)
    before = (await owed(number))["triage"]
    await follow_ups.reschedule(Act(bob, MONDAY), before["id"], due_at=MONDAY + DAY, reason="Day off")
    after = (await owed(number))["triage"]
    assert (after["due_at"], after["generation"]) == (MONDAY + DAY, before["generation"] + 1)
    assert (await case_row(number))["due_at"] == MONDAY + DAY
    assert (await entries(number))[-1] == "follow_up_rescheduled"


async def test_a_case_repeats_the_earliest_thing_that_is_owed(bob: Member):
    number = await make_case(bob)
    await follow_ups.promise(Act(bob, MONDAY), number, words="A call", due_at=MONDAY + HOUR / 4)
    case = await case_row(number)
    assert (case["due_kind"], case["due_at"]) == ("promise", MONDAY + HOUR / 4)


async def test_who_was_just_handed_a_late_case_is_left_in_peace_for_half_an_hour(alice: Member, bob: Member):
    number = await make_case(bob)
    later = MONDAY + 5 * DAY
    await case_commands.assign(Act(bob, later), number, owner=alice.id)
    triage = (await owed(number))["triage"]
    assert triage["next_at"] == later + timedelta(minutes=30)
    assert (triage["generation"], triage["rung"]) == (2, 0)


async def test_what_fell_due_in_a_snooze_climbs_its_ladder_from_the_waking_and_promises_do_not_sleep(
    bob: Member,
):
    number = await make_case(bob)
    await follow_ups.promise(Act(bob, MONDAY), number, words="A call", due_at=MONDAY + HOUR)
    until = MONDAY + 3 * DAY
    await case_commands.snooze(Act(bob, MONDAY), number, until=until, wake_on_reply=True)
    await case_commands.wake(Act(bob, until), number)
    live = await owed(number)
    assert (live["triage"]["climbs_from"], live["triage"]["generation"]) == (until, 2)
    assert (live["promise"]["climbs_from"], live["promise"]["generation"]) == (None, 1)
    assert live["triage"]["due_at"] < until


async def test_what_is_not_due_yet_keeps_its_ladder_when_a_snooze_ends(bob: Member):
    number = await make_case(bob)
    await case_commands.snooze(Act(bob, MONDAY), number, until=MONDAY + HOUR, wake_on_reply=True)
    await case_commands.wake(Act(bob, MONDAY + HOUR / 2), number)
    triage = (await owed(number))["triage"]
    assert (triage["climbs_from"], triage["generation"], triage["next_at"]) == (None, 1, triage["due_at"])
