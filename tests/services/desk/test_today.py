"""What the first page shows: each case in the lane where it needs somebody, and nothing forgotten."""

from uuid import uuid4

import pytest

from amends import tables
from amends.rules.vocabulary import Severity
from amends.services.capture import captures
from amends.services.desk import cases, today
from amends.services.desk.lanes import LANE_LIMIT
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member
from amends.services.workflow import case_commands, public_endings, severities
from tests.world import DAY, HOUR, MONDAY, lead_to, make_case, move, post, second_chance_day


async def lanes(by: Member, now=MONDAY, *, mine: bool = False) -> dict[str, list[int]]:
    shown = await today.lanes(Act(by, now), mine=mine)
    assert shown.forgotten == 0
    return {lane.name: [row.number for row in lane.rows] for lane in shown.lanes if lane.rows}


async def test_a_case_moves_through_the_lanes_as_time_passes(bob: Member):
    number = await make_case(bob)
    assert await lanes(bob) == {"due_today": [number]}
    assert await lanes(bob, MONDAY + 3 * HOUR) == {"overdue": [number]}
    assert await lanes(bob, MONDAY - 2 * DAY) == {"our_move": [number]}


async def test_whose_move_it_is_decides_the_lane(alice: Member, bob: Member):
    ours, theirs, later = [await make_case(bob) for _ in range(3)]
    await lead_to(ours, "working", by=bob)
    await lead_to(theirs, "waiting", by=bob)
    await lead_to(later, "second_chance", by=bob)
    await public_endings.skip(Act(bob, MONDAY), later, "They asked us not to")
    assert await lanes(bob) == {"our_move": [ours], "their_move": [theirs]}
    soon = (await cases.detail(Act(bob, MONDAY), later)).row.due_at
    assert (await lanes(bob, soon - 5 * DAY))["second_chances"] == [later]


async def test_what_is_ours_to_do_is_our_move_although_its_stage_waits(bob: Member):
    ending, promised = [await make_case(bob) for _ in range(2)]
    await lead_to(ending, "second_chance", by=bob)
    await lead_to(promised, "waiting", by=bob)
    await follow_ups.promise(Act(bob, MONDAY), promised, words="A new one", due_at=MONDAY + 30 * HOUR)
    for mine in (False, True):
        assert await lanes(bob, mine=mine) == {"our_move": [promised, ending]}
    await public_endings.skip(Act(bob, MONDAY), ending, "They asked us not to")
    soon = (await cases.detail(Act(bob, MONDAY), ending)).row.due_at
    assert (await lanes(bob, soon - 5 * DAY))["second_chances"] == [ending]


async def test_snoozed_cases_wait_outside_the_lanes_and_are_counted(bob: Member):
    number = await make_case(bob)
    await case_commands.snooze(Act(bob, MONDAY), number, until=MONDAY + DAY, wake_on_reply=True)
    assert await lanes(bob, MONDAY + 5 * HOUR) == {}
    assert (await today.lanes(Act(bob, MONDAY + HOUR))).snoozed == 1
    assert (await lanes(bob, MONDAY + DAY))["overdue"] == [number]


async def test_mine_shows_my_cases_and_those_that_nobody_owns(alice: Member, bob: Member):
    mine, free, others = [await make_case(bob) for _ in range(3)]
    await case_commands.assign(Act(bob, MONDAY), mine, owner=bob.id)
    await case_commands.assign(Act(bob, MONDAY), others, owner=alice.id)
    assert sorted((await lanes(bob, mine=True))["due_today"]) == [mine, free]
    assert sorted((await lanes(bob))["due_today"]) == [mine, free, others]


@pytest.mark.parametrize(
    ("lane", "days"),
    [("overdue", 5), ("due_today", 0), ("our_move", -2)],
    ids=["late", "today", "later"],
)
async def test_a_full_lane_says_its_true_total(bob: Member, lane: str, days: int):
    for _ in range(today.LANE_ROWS + 3):
        await make_case(bob)
    shown = (await today.lanes(Act(bob, MONDAY + days * DAY))).lanes
    [found] = [one for one in shown if one.rows]
    assert (found.name, len(found.rows), found.total) == (lane, today.LANE_ROWS, today.LANE_ROWS + 3)


async def test_what_is_not_due_today_is_counted_to_ninety_nine(bob: Member):
    for _ in range(LANE_LIMIT + 2):
        await make_case(bob)
    [lane] = [one for one in (await today.lanes(Act(bob, MONDAY - 2 * DAY))).lanes if one.rows]
    assert (lane.name, lane.limit, lane.total) == ("our_move", LANE_LIMIT, LANE_LIMIT + 1)
    [late] = [one for one in (await today.lanes(Act(bob, MONDAY + 5 * DAY))).lanes if one.rows]
    assert (late.name, late.total) == ("overdue", LANE_LIMIT + 2), "what is late is counted on"


async def test_what_is_dangerous_has_a_lane_of_its_own_before_what_is_late_longest(bob: Member):
    plain, back, angry, severe, escalated = [
        await make_case(bob, id=f"17000000000000000{n}") for n in range(5)
    ]
    await captures.receive(Act(bob, MONDAY), uuid4(), post(id="170000000000000001"))
    row = tables.Case
    await row.update({row.check_in_answer: "badly"}).where(row.number == angry)
    await severities.weigh(Act(bob, MONDAY), severe, severity=Severity.S1)
    await move(escalated, "escalate", by=bob, reason="A lawyer", severity="s2")
    assert (await lanes(bob, MONDAY - 2 * DAY))["first"] == [angry, back], "what they said has no date"
    for mine in (False, True):
        shown = await lanes(bob, MONDAY + 5 * DAY, mine=mine)
        assert shown == {"first": [escalated, severe, angry, back], "overdue": [plain]}


async def test_the_summary_counts_overdue_and_due_today(bob: Member):
    await make_case(bob)
    await make_case(bob, now=MONDAY + 3 * HOUR)
    counts = await today.summary(Act(bob, MONDAY + 3 * HOUR))
    assert (counts.overdue, counts.due) == (1, 1)


async def test_with_nothing_due_the_next_date_is_named(bob: Member):
    shown = await today.lanes(Act(bob, MONDAY))
    assert (shown.next_due, shown.empty) == (None, True)
    number = await make_case(bob)
    await lead_to(number, "waiting", by=bob)
    shown = await today.lanes(Act(bob, MONDAY))
    assert shown.next_due is not None
    assert (shown.next_due.number, shown.empty) == (number, False)


async def test_a_card_shows_the_duty_of_the_case_before_an_older_mention_and_how_much_else_is_due(
    alice: Member, bob: Member
):
    number = await make_case(bob)
    await lead_to(number, "second_chance", by=bob)
    await public_endings.skip(Act(bob, MONDAY), number, "They asked us not to")
    day = await second_chance_day(number)
    await case_commands.note(Act(bob, MONDAY), number, text="@alice look at this")
    await case_commands.note(Act(bob, MONDAY), number, text="@alice and at that")
    shown = await today.lanes(Act(bob, day + HOUR))
    [card] = [row for lane in shown.lanes for row in lane.rows if lane.name == "overdue"]
    assert (card.due_kind, card.due_at, card.due_more) == ("second_chance", day, 2)
    before = await today.lanes(Act(bob, MONDAY + HOUR))
    [card] = [row for lane in before.lanes for row in lane.rows if lane.name == "due_today"]
    assert (card.due_kind, card.due_whose, card.due_more) == ("mention", "Alice", 1)
