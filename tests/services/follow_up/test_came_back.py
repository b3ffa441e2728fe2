"""Does a post that is seen again on a closed case get a look from somebody?"""

from uuid import uuid4

import pytest

from amends.rules.vocabulary import NudgeState
from amends.services.capture import captures
from amends.services.desk import today
from amends.services.follow_up import follow_ups
from amends.services.nudge import nudges
from amends.services.team.members import Act, Member
from tests import nudging
from tests.nudging import Desk
from tests.services.nudge.test_nudges import send_all
from tests.world import HOUR, MONDAY, case_row, entries, make_case, move, owed, post

desk = nudging.desk
POST = "1700000000000099999"


@pytest.fixture
async def closed(bob: Member) -> int:
    """Bob's case of a post, closed."""
    number = await make_case(bob, id=POST)
    await move(number, "not_ours", by=bob, reason="Another bakery")
    return number


async def see_again(by: Member, *, at=MONDAY + HOUR) -> None:
    await captures.receive(Act(by, at), uuid4(), post(id=POST, capturedAt=at.isoformat()))


async def test_somebody_owes_it_a_look_as_soon_as_to_a_new_case(bob: Member, closed: int):
    await see_again(bob)
    look = (await owed(closed))["came_back"]
    assert MONDAY + HOUR < look["due_at"] <= MONDAY + 4 * HOUR
    assert look["owner"] == bob.id
    await see_again(bob, at=MONDAY + 2 * HOUR)
    assert (await owed(closed))["came_back"]["id"] == look["id"], "one look for all of it"


async def test_today_shows_it_when_it_is_late(bob: Member, closed: int):
    await see_again(bob)
    late = (await owed(closed))["came_back"]["due_at"] + HOUR
    shown = await today.lanes(Act(bob, late))
    assert closed in {row.number for lane in shown.lanes for row in lane.rows}


@pytest.mark.parametrize("settle", [follow_ups.tick, follow_ups.forget])
async def test_a_look_that_is_ticked_or_removed_is_shown_on_its_case_no_more(
    bob: Member, closed: int, settle
):
    await see_again(bob)
    await settle(Act(bob, MONDAY + 2 * HOUR), (await owed(closed))["came_back"]["id"])
    assert await owed(closed) == {}
    case = await case_row(closed)
    assert (case["came_back_at"], case["stage"]) == (None, "closed")
    assert (await entries(closed))[-2:] == ["seen_again", "follow_up_completed"]


async def test_opening_the_case_again_is_the_look(bob: Member, closed: int):
    await see_again(bob)
    await move(closed, "reopen_to_answer", by=bob, now=MONDAY + 2 * HOUR, reason="They are right")
    assert "came_back" not in await owed(closed)
    assert "came_back" in await owed(closed, state="done")


async def test_an_open_case_owes_what_its_stage_owes(bob: Member):
    number = await make_case(bob, id=POST)
    await see_again(bob)
    assert set(await owed(number)) == {"triage"}


async def test_its_owner_is_told_at_once(desk: Desk):
    bob = await desk.member("bob", new_cases="never")
    await desk.target("bob", bob)
    number = await make_case(bob, id=POST)
    await move(number, "not_ours", by=bob, reason="Another bakery")
    await see_again(bob)
    at = MONDAY + HOUR
    assert await nudges.announce(now=at) == 1
    assert await send_all(desk, at) == [NudgeState.SENT]
    [(_address, message)] = desk.receiver.received
    assert message.title == f"#{number} · the post came back · check the post that came back"
