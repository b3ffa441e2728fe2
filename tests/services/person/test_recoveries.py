"""The recovery track of a person: off by default, over all their cases, without what was undone."""

from uuid import UUID

from amends.rules.person.recovery import Touch
from amends.rules.team.reply_rules import ReplyRules
from amends.services.person import recoveries
from amends.services.team import reply_rules
from amends.services.team.members import Act, Member
from amends.services.workflow import moves
from tests.world import MONDAY, case_row, lead_to, make_case, make_member, move


async def switch_on() -> None:
    admin = await make_member("ada", role="admin")
    await reply_rules.change(Act(admin, MONDAY), ReplyRules(recovery_track=True), after=0)


async def author_of(number: int) -> UUID:
    found: UUID = (await case_row(number))["author"]
    return found


async def test_it_is_off_until_the_team_wants_it(alice: Member):
    number = await make_case(alice)
    await lead_to(number, "second_chance", by=alice)
    assert await recoveries.of(await author_of(number)) is None


async def test_it_counts_what_still_stands_of_all_cases_and_waits_while_a_newer_one_is_open(alice: Member):
    await switch_on()
    number = await make_case(alice)
    author = await author_of(number)
    assert await recoveries.of(author) is None
    at = await lead_to(number, "checked_in", by=alice)
    found = await recoveries.of(author)
    assert found is not None
    assert [one.touch for one in found.counted] == [Touch.ASKED_AGAIN]
    assert not found.is_paused
    undo = await move(number, "win_back", by=alice, now=at, reason="Four stars")
    await moves.undo(Act(alice, at), number, undo)
    await make_case(alice, now=at)
    found = await recoveries.of(author)
    assert found is not None
    assert [one.touch for one in found.counted] == [Touch.ASKED_AGAIN]
    assert found.is_paused


async def test_it_waits_for_what_is_open_and_not_for_what_ended_without_a_fix(alice: Member):
    await switch_on()
    number = await make_case(alice)
    author = await author_of(number)
    at = await lead_to(number, "resolved", by=alice)
    newer = await make_case(alice, now=at)
    await move(newer, "not_ours", by=alice, now=at, reason="Another bakery")
    found = await recoveries.of(author)
    assert found is not None
    assert not found.is_paused
    await move(number, "report_not_fixed", by=alice, now=at, text="It broke again")
    found = await recoveries.of(author)
    assert found is not None
    assert found.is_paused
