"""Does a member see which first steps are taken, and does anybody know that nobody can be reminded?"""

from uuid import UUID

from amends import tables
from amends.services.desk import first_steps
from amends.services.team import browsers
from amends.services.team.members import Member
from tests.world import DAY, MONDAY, make_case, make_target


async def taken(member: Member) -> set[str]:
    found = await first_steps.of(member.id, now=MONDAY)
    names = ("paired", "captured", "reached", "are_done")
    return {name for name in names if getattr(found, name)}


async def test_each_step_is_ticked_by_what_was_done(alice: Member, bob: Member):
    assert await taken(alice) == set()
    await make_case(bob)
    assert await taken(alice) == {"captured"}, "whoever captured it"
    await make_target(bob)
    assert await taken(alice) == {"captured"}, "somebody else is reached"
    await make_target(alice)
    token = await browsers.create(alice.email, name="Test", now=MONDAY)
    assert token
    assert await taken(alice) == {"paired", "captured", "reached", "are_done"}
    assert await taken(bob) == {"captured", "reached"}


async def test_a_browser_that_was_revoked_or_is_over_is_not_paired(alice: Member):
    await browsers.create(alice.email, name="Old", now=MONDAY - browsers.LIFETIME - DAY)
    await browsers.create(alice.email, name="Lost", now=MONDAY)
    lost: UUID = next(one.id for one in await browsers.of_member(alice.id, now=MONDAY))
    await browsers.revoke(lost, by=alice, now=MONDAY)
    assert await taken(alice) == set()


async def test_the_teams_destination_reaches_everybody(alice: Member, bob: Member):
    assert not await first_steps.anybody_is_reached()
    await make_target()
    assert await taken(alice) == await taken(bob) == {"reached"}
    assert await first_steps.anybody_is_reached()


async def test_the_destination_of_who_has_left_reaches_nobody(bob: Member):
    await make_target(bob)
    assert await first_steps.anybody_is_reached()
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == bob.id)
    assert not await first_steps.anybody_is_reached()
