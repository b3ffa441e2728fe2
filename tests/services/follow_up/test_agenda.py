"""What is due when: spread over days, paged by key, with or without an owner."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from amends.rules.follow_up.agenda import days_of, edges
from amends.services.follow_up import agenda, follow_ups
from amends.services.follow_up.agenda import OverdueCount
from amends.services.follow_up.follow_ups import (
    DateNotAhead,
    FollowUpMoved,
    FollowUpSettled,
    FollowUpUnknown,
    PromiseKeepsItsDate,
)
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands
from tests.world import DAY, HOUR, MONDAY, entries, lead_to, make_case, move, owed

WEEK = edges(days_of("week", MONDAY.date()), "Europe/Paris")


async def remind(number: int, due_at: datetime, *, of: Member, words: str = "Call") -> UUID:
    return await follow_ups.remind(Act(of, MONDAY), number, words=words, due_at=due_at, owner=of.id)


async def test_what_is_due_stands_on_its_day_with_its_case_and_owner(alice: Member, bob: Member):
    number = await make_case(bob)
    reminder = await remind(number, MONDAY + 2 * DAY, of=bob, words="Call Dana")
    days = await agenda.spread(WEEK, whose="mine", by=bob, most=5)
    assert [day.many for day in days] == [0, 0, 1, 0, 0, 0, 0]
    [entry] = days[2].entries
    assert (entry.id, entry.kind, entry.number, entry.words) == (reminder, "reminder", number, "Call Dana")
    assert (entry.title, entry.owner.name) == ("The cake never arrived and nobody answers.", "Bob")
    assert not any(day.many for day in await agenda.spread(WEEK, whose="mine", by=alice, most=5))


async def test_a_filter_is_of_the_member_of_nobody_or_of_everybody(alice: Member, bob: Member):
    number = await make_case(bob)
    await remind(number, MONDAY + 3 * HOUR, of=bob)
    counts = {
        whose: sum(day.many for day in await agenda.spread(WEEK, whose=whose, by=bob, most=5))
        for whose in ("mine", "team", "everybody")
    }
    assert counts == {"mine": 1, "team": 1, "everybody": 2}


async def test_a_day_gives_its_first_entries_and_says_how_many_there_are(bob: Member):
    number = await make_case(bob)
    for minutes in range(7):
        await remind(number, MONDAY + DAY + timedelta(minutes=minutes), of=bob, words=str(minutes))
    day = (await agenda.spread(WEEK, whose="mine", by=bob, most=3))[1]
    assert ([entry.words for entry in day.entries], day.many) == (["0", "1", "2"], 7)


async def test_the_last_instant_of_a_day_is_not_the_first_of_the_next(bob: Member):
    number = await make_case(bob)
    await remind(number, WEEK[1], of=bob, words="midnight")
    await remind(number, WEEK[1] - timedelta(seconds=1), of=bob, words="just before")
    days = await agenda.spread(WEEK, whose="mine", by=bob, most=3)
    assert [[entry.words for entry in day.entries] for day in days[:2]] == [["just before"], ["midnight"]]


async def test_what_is_paused_done_or_of_another_week_is_not_shown(bob: Member):
    number = await make_case(bob)
    now = await lead_to(number, "working", by=bob)
    await move(number, "ask_them", channel="email", by=bob, now=now)
    assert (await owed(number))["resolve_by"]["paused_at"]
    live = await agenda.page(MONDAY, MONDAY + 365 * DAY, whose="everybody", by=bob, limit=50)
    assert "resolve_by" not in {entry.kind for entry in live.entries}
    done = await remind(number, now + DAY, of=bob)
    await follow_ups.tick(Act(bob, now), done)
    await remind(number, MONDAY + 8 * DAY, of=bob)
    days = await agenda.spread(WEEK, whose="mine", by=bob, most=5)
    assert {entry.kind for day in days for entry in day.entries} == {"wait_ping"}


async def test_a_long_list_is_paged_by_key(bob: Member):
    number = await make_case(bob)
    for minutes in (3, 1, 2, 2, 5):
        await remind(number, MONDAY + timedelta(minutes=minutes), of=bob, words=str(minutes))
    seen, after = [], None
    while True:
        found = await agenda.page(MONDAY, MONDAY + HOUR, whose="mine", by=bob, limit=2, after=after)
        seen += [entry.words for entry in found.entries]
        after = found.next_after
        if after is None:
            break
    assert seen == ["1", "2", "2", "3", "5"]


async def test_what_is_late_comes_oldest_first_and_is_counted(bob: Member):
    number = await make_case(bob)
    for hours in (5, 2):
        await remind(number, MONDAY + hours * HOUR, of=bob, words=str(hours))
    later = MONDAY + DAY
    found = await agenda.overdue(Act(bob, later), whose="mine", limit=5)
    assert [entry.words for entry in found.entries] == ["2", "5"]
    assert await agenda.count_overdue(Act(bob, later), whose="mine") == OverdueCount(2, 1)
    assert await agenda.count_overdue(Act(bob, MONDAY), whose="mine") == OverdueCount(0, 0)


async def test_what_sleeps_is_not_late_but_a_promise_does_not_sleep(bob: Member):
    number = await make_case(bob)
    await follow_ups.promise(Act(bob, MONDAY), number, words="A call", due_at=MONDAY + HOUR)
    await case_commands.snooze(Act(bob, MONDAY), number, until=MONDAY + 9 * DAY, wake_on_reply=True)
    found = await agenda.overdue(Act(bob, MONDAY + 7 * DAY), whose="everybody", limit=5)
    assert [entry.kind for entry in found.entries] == ["promise"]
    assert await agenda.count_overdue(Act(bob, MONDAY + 7 * DAY), whose="everybody") == OverdueCount(1, 1)
    assert await agenda.count_overdue(Act(bob, MONDAY + 9 * DAY), whose="everybody") == OverdueCount(2, 1)


async def test_a_moved_date_is_a_new_generation_with_one_entry(bob: Member):
    number = await make_case(bob)
    triage = (await owed(number))["triage"]
    seen = triage["generation"]
    told = await entries(number)
    await follow_ups.reschedule(
        Act(bob, MONDAY), triage["id"], due_at=MONDAY + DAY, reason="", generation=seen
    )
    assert (await owed(number))["triage"]["generation"] == seen + 1
    assert await entries(number) == [*told, "follow_up_rescheduled"]
    assert (await agenda.find(triage["id"], by=bob)).due_at == MONDAY + DAY


async def test_of_two_who_move_the_same_thing_the_second_is_told(alice: Member, bob: Member):
    number = await make_case(bob)
    triage = (await owed(number))["triage"]
    given = {"reason": "", "generation": triage["generation"]}
    await follow_ups.reschedule(Act(alice, MONDAY), triage["id"], due_at=MONDAY + DAY, **given)
    with pytest.raises(FollowUpMoved):
        await follow_ups.reschedule(Act(bob, MONDAY), triage["id"], due_at=MONDAY + 2 * DAY, **given)
    assert (await owed(number))["triage"]["due_at"] == MONDAY + DAY


async def test_a_promise_keeps_its_date_and_says_what_to_do_instead(bob: Member):
    number = await make_case(bob)
    promise = await follow_ups.promise(Act(bob, MONDAY), number, words="A call", due_at=MONDAY + DAY)
    with pytest.raises(PromiseKeepsItsDate) as refused:
        await follow_ups.reschedule(Act(bob, MONDAY), promise, due_at=MONDAY + 2 * DAY, reason="")
    assert "add a new one" in refused.value.detail
    assert (await entries(number))[-1] == "promised"


async def test_what_is_past_done_or_unknown_cannot_be_moved(bob: Member):
    number = await make_case(bob)
    triage = (await owed(number))["triage"]["id"]
    with pytest.raises(DateNotAhead):
        await follow_ups.reschedule(Act(bob, MONDAY), triage, due_at=MONDAY, reason="")
    await move(number, "not_ours", reason="Another bakery", by=bob)
    with pytest.raises(FollowUpSettled):
        await follow_ups.reschedule(Act(bob, MONDAY), triage, due_at=MONDAY + DAY, reason="")
    with pytest.raises(FollowUpUnknown):
        await agenda.find(triage, by=bob)
    with pytest.raises(FollowUpUnknown):
        await agenda.find(uuid4(), by=bob)
