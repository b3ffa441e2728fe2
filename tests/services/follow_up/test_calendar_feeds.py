"""The link by which a member's follow-ups stand in their own calendar: who has one, and what it tells."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from amends import tables
from amends.rules.vocabulary import FollowUpKind, Role
from amends.services.follow_up import calendar_feeds, follow_ups
from amends.services.follow_up.calendar_feeds import Feed, NoCalendarFeed
from amends.services.team import members
from amends.services.team.members import Act, Member
from amends.services.workflow import public_endings
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, make_member, owed


async def remind(number: int, due_at: datetime, *, of: Member, now: datetime = MONDAY) -> UUID:
    return await follow_ups.remind(Act(of, now), number, words="Call", due_at=due_at, owner=of.id)


async def read(token: str, now: datetime = MONDAY) -> Feed:
    found = await calendar_feeds.read(token, now=now)
    assert found
    return found


async def test_a_feed_tells_what_its_member_owes(alice: Member, bob: Member):
    number = await make_case(bob)
    reminder = await remind(number, MONDAY + DAY, of=bob)
    await remind(number, MONDAY + DAY, of=alice)
    feed = await read(await calendar_feeds.make(Act(bob, MONDAY)))
    assert (feed.member, feed.with_titles) == (bob, False)
    [entry] = feed.entries
    assert (entry.id, entry.number, entry.generation) == (reminder, number, 1)


async def test_only_a_hash_of_the_token_is_kept(bob: Member):
    token = await calendar_feeds.make(Act(bob, MONDAY))
    [row] = await tables.CalendarFeed.select()
    assert len(token) == 43
    assert token not in str(row)


async def test_a_new_link_kills_the_old_one_and_keeps_what_was_chosen(bob: Member):
    old = await calendar_feeds.make(Act(bob, MONDAY))
    await calendar_feeds.change(Act(bob, MONDAY), with_titles=True, with_unowned=False)
    new = await calendar_feeds.make(Act(bob, MONDAY + HOUR))
    assert await calendar_feeds.read(old, now=MONDAY) is None
    assert (await read(new)).with_titles
    shown = await calendar_feeds.of_member(bob.id)
    assert shown
    assert (shown.created_at, shown.with_titles) == (MONDAY + HOUR, True)


async def test_of_two_links_made_at_once_one_is_good(bob: Member):
    tokens = await asyncio.gather(*(calendar_feeds.make(Act(bob, MONDAY)) for _ in range(2)))
    found = [await calendar_feeds.read(token, now=MONDAY) for token in tokens]
    assert found.count(None) == 1


async def test_a_feed_that_is_switched_off_tells_nothing(bob: Member):
    token = await calendar_feeds.make(Act(bob, MONDAY))
    await calendar_feeds.switch_off(Act(bob, MONDAY))
    assert await calendar_feeds.read(token, now=MONDAY) is None
    assert await calendar_feeds.of_member(bob.id) is None
    with pytest.raises(NoCalendarFeed):
        await calendar_feeds.change(Act(bob, MONDAY), with_titles=True, with_unowned=False)


async def test_who_may_not_sign_in_has_no_feed(alice: Member, bob: Member):
    token = await calendar_feeds.make(Act(bob, MONDAY))
    await members.disable(bob.id, by=None, now=MONDAY)
    assert await calendar_feeds.read(token, now=MONDAY) is None


@pytest.mark.parametrize("token", ["", "nothing", "' OR 1=1 --", "\ud800", "x" * 5000])
async def test_a_token_that_nobody_has_tells_nothing(bob: Member, token: str):
    await calendar_feeds.make(Act(bob, MONDAY))
    assert await calendar_feeds.read(token, now=MONDAY) is None


async def test_leads_alone_may_have_what_nobody_owns_and_only_while_they_are_leads(
    alice: Member, bob: Member
):
    number = await make_case(bob)
    await remind(number, MONDAY + DAY, of=alice)
    await remind(number, MONDAY + HOUR / 60, of=alice)
    triage = (await owed(number))["triage"]["id"]
    lead, agent = [await calendar_feeds.make(Act(one, MONDAY)) for one in (alice, bob)]
    for one in (alice, bob):
        await calendar_feeds.change(Act(one, MONDAY), with_titles=False, with_unowned=True)
    seen = [entry.id for entry in (await read(lead)).entries]
    assert len(seen) == 3
    assert seen[1] == triage, "in the order of the dates"
    assert (await read(agent)).entries == []
    await make_member("root", role="admin")
    await members.change_role(alice.id, role=Role.AGENT, by=None, now=MONDAY)
    assert triage not in {entry.id for entry in (await read(lead)).entries}


async def test_a_feed_is_bounded_in_time_and_number(bob: Member, monkeypatch: pytest.MonkeyPatch):
    number = await make_case(bob)
    for days in (1, 100, 179, 181):
        await remind(number, MONDAY + days * DAY, of=bob)
    token = await calendar_feeds.make(Act(bob, MONDAY))
    assert len((await read(token)).entries) == 3
    assert len((await read(token, MONDAY + 100 * DAY)).entries) == 3, "one is 99 days late, one has come near"
    monkeypatch.setattr(calendar_feeds, "MOST", 2)
    assert len((await read(token)).entries) == 2


async def test_the_settings_say_when_a_calendar_last_looked(bob: Member):
    token = await calendar_feeds.make(Act(bob, MONDAY))
    for at in (MONDAY, MONDAY + timedelta(minutes=59), MONDAY + HOUR):
        await read(token, at)
    shown = await calendar_feeds.of_member(bob.id)
    assert shown
    assert shown.read_at == MONDAY + HOUR


async def test_a_public_ending_stands_in_it_until_it_is_skipped(bob: Member):
    number = await make_case(bob)
    await lead_to(number, "second_chance", by=bob)
    token = await calendar_feeds.make(Act(bob, MONDAY))
    ending = FollowUpKind.PUBLIC_ENDING
    assert ending in {one.kind for one in (await read(token)).entries}
    await public_endings.skip(Act(bob, MONDAY), number, "They asked us not to")
    assert ending not in {one.kind for one in (await read(token)).entries}
