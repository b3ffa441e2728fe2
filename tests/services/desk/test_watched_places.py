"""Places to watch: who is asked to visit which one, and when, and who hears of a late visit."""

import asyncio
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from amends import tables
from amends.rules.team.reply_rules import OwnAccount, ReplyRules
from amends.services.desk import watched_places
from amends.services.desk.watched_places import (
    FoundSaid,
    Given,
    PlaceChanged,
    PlaceUnknown,
    VisitIsPast,
    VisitUnknown,
    WrongCount,
    WrongPlace,
)
from amends.services.team import absences, reply_rules
from amends.services.team.members import Act, Member, MemberIsDisabled
from tests.world import DAY, HOUR, MONDAY, make_case, make_member

REVIEWS = "https://www.trustpilot.com/review/bakers.example"
TODAY = date(2026, 5, 4)


async def watched(by: Member, *members: Member, **given: object) -> UUID:
    """A place that these members visit in turns, every day."""
    values = {"name": "Our reviews", "address": REVIEWS, "every": 1, **given}
    return await watched_places.add_place(Act(by, MONDAY), Given(members=[m.id for m in members], **values))


async def due(member: Member, now=MONDAY) -> list[str]:
    return [one.place.name for one in (await watched_places.due_for(member.id, now=now)).places]


async def whose(place: UUID, now=MONDAY) -> str:
    return (await watched_places.find(place, now=now)).whose_name


async def test_a_new_place_is_due_today_for_the_first_in_turn(alice: Member, bob: Member):
    await watched(alice, bob, alice)
    assert await due(bob) == ["Our reviews"]
    assert await due(alice) == []


async def test_a_visit_ends_the_turn_and_sets_the_next_day(alice: Member, bob: Member):
    place = await watched(alice, bob, alice)
    await watched_places.visit(Act(bob, MONDAY), place, found=0)
    assert await due(bob) == await due(alice) == []
    assert await due(alice, MONDAY + DAY) == ["Our reviews"]
    found = (await watched_places.find(place, now=MONDAY)).place
    assert (found.due_on, found.visited_by, found.found) == (TODAY + timedelta(days=1), "Bob", 0)


async def test_a_second_visit_of_the_day_takes_nobodys_turn(alice: Member, bob: Member):
    place = await watched(alice, bob, alice)
    for hour in range(3):
        await watched_places.visit(Act(bob, MONDAY + hour * HOUR), place, found=hour)
    assert await whose(place) == "Alice"
    assert [one.found for one in await watched_places.visits_of(place)] == [2, 1, 0]


async def test_while_somebody_is_away_it_is_the_turn_of_the_deputy_or_the_next(alice: Member, bob: Member):
    carol = await make_member("carol")
    place = await watched(alice, bob, alice)
    span = {"begins_at": MONDAY - HOUR, "ends_at": MONDAY + DAY}
    await absences.plan(Act(bob, MONDAY), bob.id, deputy=None, **span)
    assert await whose(place) == "Alice"
    await absences.plan(Act(bob, MONDAY), bob.id, deputy=carol.id, **span)
    assert await whose(place) == "Carol"
    assert await whose(place, MONDAY + 2 * DAY) == "Bob"


async def test_a_browser_counts_a_due_visit_once_and_what_was_found_is_said_later(bob: Member, alice: Member):
    place = await watched(alice, bob)
    first = await watched_places.visit(Act(bob, MONDAY), place, found=None, by_browser=True)
    again = await watched_places.visit(Act(bob, MONDAY + HOUR), place, found=None, by_browser=True)
    assert first
    assert again is None
    await watched_places.say_found(Act(bob, MONDAY), place, first, 2)
    [visit] = await watched_places.visits_of(place)
    assert (visit.found, visit.by_browser, visit.by) == (2, True, "Bob")
    await watched_places.say_found(Act(bob, MONDAY), place, first, 2)
    with pytest.raises(FoundSaid):
        await watched_places.say_found(Act(alice, MONDAY), place, first, 0)
    [visit] = await watched_places.visits_of(place)
    assert visit.found == 2


async def test_a_visit_can_be_undone_until_another_follows(alice: Member, bob: Member):
    place = await watched(alice, bob, alice)
    first = await watched_places.visit(Act(bob, MONDAY), place, found=0)
    await watched_places.undo(Act(bob, MONDAY), place, first)
    assert await due(bob) == ["Our reviews"]
    with pytest.raises(VisitUnknown):
        await watched_places.undo(Act(bob, MONDAY), place, first)
    first = await watched_places.visit(Act(bob, MONDAY), place, found=0)
    await watched_places.visit(Act(bob, MONDAY + HOUR), place, found=0)
    with pytest.raises(VisitUnknown):
        await watched_places.undo(Act(bob, MONDAY), place, first)


async def test_a_visit_of_another_day_stays(alice: Member, bob: Member):
    place = await watched(alice, bob, alice)
    first = await watched_places.visit(Act(bob, MONDAY), place, found=0)
    with pytest.raises(VisitIsPast):
        await watched_places.undo(Act(alice, MONDAY + DAY), place, first)
    assert len(await watched_places.visits_of(place)) == 1


async def test_two_presses_at_once_are_one_visit_and_one_turn(alice: Member, bob: Member):
    place = await watched(alice, bob, alice)
    first, second = await asyncio.gather(
        watched_places.visit(Act(bob, MONDAY), place, found=None),
        watched_places.visit(Act(alice, MONDAY), place, found=3),
    )
    assert first == second
    [one] = await watched_places.visits_of(place)
    assert one.found == 3
    later = await watched_places.visit(Act(bob, MONDAY + timedelta(minutes=2)), place, found=0)
    assert later != first


async def test_what_cannot_be_a_place_is_refused_field_by_field(alice: Member, bob: Member):
    given = Given(name=" ", address="javascript:alert(1)", every=5, members=[])
    with pytest.raises(WrongPlace) as refused:
        await watched_places.add_place(Act(alice, MONDAY), given)
    assert set(refused.value.fields) == {"name", "address", "every", "members"}
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == bob.id)
    with pytest.raises(MemberIsDisabled):
        await watched(alice, bob)


@pytest.mark.parametrize("count", [-1, 100])
async def test_a_count_that_cannot_be_is_refused(alice: Member, bob: Member, count: int):
    place = await watched(alice, bob)
    with pytest.raises(WrongCount):
        await watched_places.visit(Act(bob, MONDAY), place, found=count)


async def test_other_members_begin_anew_and_another_interval_counts_from_the_last_visit(
    alice: Member, bob: Member
):
    place = await watched(alice, bob, alice)
    await watched_places.visit(Act(bob, MONDAY), place, found=0)
    given = Given(name="Reviews", address=REVIEWS, every=7, members=[alice.id, bob.id])
    version = (await watched_places.find(place, now=MONDAY)).place.version
    await watched_places.change(Act(alice, MONDAY), place, given, version=version)
    shown = await watched_places.find(place, now=MONDAY)
    assert (shown.place.due_on, shown.whose_name) == (TODAY + timedelta(days=7), "Alice")
    with pytest.raises(PlaceChanged):
        await watched_places.change(Act(alice, MONDAY), place, given, version=version)


async def test_what_was_removed_is_gone_with_its_visits(alice: Member, bob: Member):
    place = await watched(alice, bob)
    await watched_places.visit(Act(bob, MONDAY), place, found=1)
    await watched_places.remove(Act(alice, MONDAY), place)
    assert await watched_places.listed(now=MONDAY) == await watched_places.visits_of(place) == []
    for gone in (place, uuid4()):
        with pytest.raises(PlaceUnknown):
            await watched_places.visit(Act(bob, MONDAY), gone, found=0)


async def notices_of(member: Member) -> int:
    return int(await tables.Notice.count().where(tables.Notice.member == member.id))


async def test_of_a_late_visit_whose_turn_it_is_hears_once_in_working_time(alice: Member, bob: Member):
    await watched(alice, bob)
    await watched(alice, bob, name="Search on X", address="https://x.com/search?q=bakers")
    assert await watched_places.remind_of_late_visits(now=MONDAY) == 0  # due today, not late
    assert await watched_places.remind_of_late_visits(now=MONDAY + DAY - 3 * HOUR) == 0  # before nine
    assert await watched_places.remind_of_late_visits(now=MONDAY + DAY) == 2
    assert await watched_places.remind_of_late_visits(now=MONDAY + 2 * DAY) == 0
    assert await notices_of(bob) == 2


async def test_where_all_are_away_the_reminder_waits_for_whoever_is_back(alice: Member, bob: Member):
    await watched(alice, bob)
    away = {"begins_at": MONDAY - HOUR, "ends_at": MONDAY + DAY + HOUR}
    await absences.plan(Act(bob, MONDAY), bob.id, deputy=None, **away)
    assert await watched_places.remind_of_late_visits(now=MONDAY + DAY) == 0
    assert await watched_places.remind_of_late_visits(now=MONDAY + DAY + 2 * HOUR) == 1


async def test_proposed_are_own_accounts_pages_of_several_captures_and_searches(alice: Member, bob: Member):
    accounts = (OwnAccount(platform="x", handle="@bakers"),)
    admin = await make_member("carol", role="admin")
    await reply_rules.change(Act(admin, MONDAY), ReplyRules(own_accounts=accounts), after=0)
    for _number in range(2):
        await make_case(bob, page={"url": REVIEWS, "title": "Bakers on Trustpilot"})
    found = await watched_places.suggested()
    assert [(one.why, one.address) for one in found] == [
        ("account", "https://x.com/bakers"),
        ("page", REVIEWS),
        ("search", "https://x.com/search?q=Bakers&f=live"),
    ]
    await watched(alice, bob, address="https://www.trustpilot.com/review/bakers.example/")
    assert REVIEWS not in [one.address for one in await watched_places.suggested()]
