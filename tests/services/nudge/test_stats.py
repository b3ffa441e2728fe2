"""Statistics of nudges on the worker page: the queue, the outcomes, what nobody was told of."""

from datetime import timedelta

import pytest

from amends import tables
from amends.gateways.notifier import Outcome, Result
from amends.rules.vocabulary import FollowUpKind, NudgeState
from amends.services.nudge import nudges
from amends.services.nudge.nudges import Settled, Why
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk

desk = nudging.desk

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LATER = NOON + HOUR


async def send_all(desk: Desk, now=NOON) -> None:
    for one in await nudges.ready(now=now, limit=10):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)


async def why(now=LATER) -> list[Why]:
    return [one.why for one in await nudges.untold(now=now)]


async def test_an_empty_queue_has_no_oldest_and_no_next(desk: Desk):
    found = await nudges.queue(now=NOON)
    assert (found.ready, found.sending, found.held, found.retrying) == (0, 0, 0, 0)
    assert (found.oldest_at, found.next_at) == (None, None)


async def test_the_queue_tells_what_is_ready_sending_held_and_to_be_tried_again(desk: Desk):
    nudge = tables.Nudge
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    for _ in range(5):
        await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    ids = [row["id"] for row in await nudge.select(nudge.id)]
    for one, change in zip(
        ids,
        (
            {"state": "sending", "run_at": NOON + MINUTE},
            {"run_at": NOON + HOUR},
            {"run_at": NOON + DAY, "attempts": 2},
            {"run_at": NOON - HOUR},
        ),
        strict=False,
    ):
        await nudge.update(change).where(nudge.id == one)
    found = await nudges.queue(now=NOON)
    assert (found.ready, found.sending, found.held, found.retrying) == (2, 1, 1, 1)
    assert (found.oldest_at, found.next_at) == (NOON - HOUR, NOON + HOUR)


async def test_ends_are_counted_for_a_day_and_for_a_week(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    for _ in range(3):
        await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    await send_all(desk)
    nudge = tables.Nudge
    for row, age in zip(await nudge.select(nudge.id), (HOUR, 2 * DAY, 8 * DAY), strict=True):
        await nudge.update({nudge.settled_at: NOON - age}).where(nudge.id == row["id"])
    assert await nudges.settled(now=NOON) == {
        NudgeState.SENT: Settled(1, 2),
        NudgeState.DEAD: Settled(0, 0),
        NudgeState.VOID: Settled(0, 0),
    }


async def test_what_was_told_to_somebody_is_not_listed(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    await send_all(desk)
    assert await nudges.untold(now=LATER) == []


async def test_what_nobody_was_told_of_says_why(desk: Desk):
    await desk.follow_up(None, due_at=NOON)
    assert await why(now=NOON + MINUTE) == [], "the worker has a few minutes"
    assert await why() == [Why.NOT_PLANNED]
    await nudges.sweep(now=NOON)
    assert await why() == [Why.NOWHERE]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Why.ON_ITS_WAY),
        ({"run_at": LATER + HOUR}, Why.HELD),
        ({"state": "dead", "settled_at": NOON}, Why.GIVEN_UP),
        ({"state": "void", "failure": "member disabled", "settled_at": NOON}, Why.NOWHERE),
    ],
)
async def test_a_nudge_that_did_not_arrive_says_what_became_of_it(desk: Desk, change, expected: Why):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    await tables.Nudge.update(change or {"attempts": 1}, force=True)
    [found] = await nudges.untold(now=LATER)
    assert (found.why, found.held_until) == (expected, LATER + HOUR if expected is Why.HELD else None)
    assert (found.number, found.kind, found.due_at) == (1, FollowUpKind.ACKNOWLEDGE, NOON)


async def test_what_the_digest_tells_and_what_is_left_in_peace_is_not_listed(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    owed, case = tables.FollowUp, tables.Case
    await desk.follow_up(ada)
    await nudges.sweep(now=NOON)
    told = {"state": "void", "failure": "left to the digest", "settled_at": NOON}
    await tables.Nudge.update(told, force=True)
    quiet = await desk.follow_up(ada)
    await owed.update({owed.next_at: None}).where(owed.id == quiet)
    paused = await desk.follow_up(ada)
    await owed.update({owed.paused_at: NOON}).where(owed.id == paused)
    await desk.follow_up(ada, snoozed_until=NOON + DAY)
    assert await nudges.untold(now=LATER) == []
    await case.update({case.snoozed_until: None}, force=True)
    assert await why() == [Why.NOT_PLANNED]


async def test_whoever_was_just_handed_a_case_is_left_in_peace_until_then(desk: Desk):
    ada = await desk.member("ada")
    owed = await desk.follow_up(ada)
    await tables.FollowUp.update({"next_at": LATER + HOUR}).where(tables.FollowUp.id == owed)
    [found] = await nudges.untold(now=LATER)
    assert (found.why, found.held_until) == (Why.HELD, LATER + HOUR)


async def test_the_longest_overdue_comes_first_and_the_list_ends(desk: Desk):
    for hours in range(1, 9):
        await desk.follow_up(None, due_at=NOON - hours * HOUR)
    found = await nudges.untold(now=NOON, most=3)
    assert [one.due_at for one in found] == [NOON - hours * HOUR for hours in (8, 7, 6)]


async def test_overdue_is_counted_by_kind_and_by_whether_somebody_owns_it(desk: Desk):
    ada = await desk.member("ada")
    for owner, kind in ((ada, "contact"), (None, "contact"), (None, "contact"), (ada, "triage")):
        await desk.follow_up(owner, kind=FollowUpKind(kind))
    await desk.follow_up(ada, due_at=NOON + HOUR)
    await desk.follow_up(ada, snoozed_until=NOON + DAY)
    assert await nudges.overdue(now=NOON) == {
        (FollowUpKind.CONTACT, False): 1,
        (FollowUpKind.CONTACT, True): 2,
        (FollowUpKind.TRIAGE, False): 1,
    }


async def test_dead_letters_of_what_still_needs_somebody_are_counted(desk: Desk):
    ada = await desk.member("ada")
    await desk.target("ada", ada)
    owed = await desk.follow_up(ada)
    desk.receiver.answers["json://ada.example.org/"] = [Result(Outcome.refused, "not allowed")]
    await nudges.sweep(now=NOON)
    await send_all(desk)
    assert await nudges.count_dead() == 1
    await desk.settle(owed)
    assert await nudges.count_dead() == 0
