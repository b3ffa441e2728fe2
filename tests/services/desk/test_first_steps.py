"""Does a member see which first steps are taken, and does anybody know that nobody can be reminded?"""

from datetime import datetime
from uuid import UUID

from amends import tables
from amends.services.desk import first_steps
from amends.services.desk.first_steps import Reach
from amends.services.team import browsers, codes, tokens
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, make_case, make_target


async def pair(member: Member, *, now: datetime = MONDAY) -> None:
    """A browser of theirs, as its extension is paired."""
    await browsers.pair(await codes.make("pair", member.id, now=now), name="Firefox", now=now)


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
    await pair(alice)
    assert await taken(alice) == {"paired", "captured", "reached", "are_done"}
    assert await taken(bob) == {"captured", "reached"}


async def test_a_browser_that_was_revoked_or_is_over_is_not_paired(alice: Member):
    await pair(alice, now=MONDAY - browsers.LIFETIME - DAY)
    await pair(alice)
    lost: UUID = next(one.id for one in await browsers.of_member(alice.id, now=MONDAY))
    await browsers.revoke(lost, by=alice, now=MONDAY)
    assert await taken(alice) == set()


async def test_a_token_for_a_program_is_no_paired_browser(alice: Member):
    await tokens.make(Act(alice, MONDAY), name="Orders", scopes=tokens.offered(alice), days=30)
    await browsers.create(alice.email, name="Script", now=MONDAY)
    assert await taken(alice) == set()


async def test_a_destination_counts_once_something_was_delivered_there(alice: Member):
    await make_target(alice, succeeded_at=None)
    assert (await first_steps.of(alice.id, now=MONDAY)).reach is await first_steps.reach() is Reach.UNPROVEN
    target = tables.Target
    await target.update({target.succeeded_at: MONDAY}, force=True)
    assert (await first_steps.of(alice.id, now=MONDAY)).reach is await first_steps.reach() is Reach.PROVEN
    await target.update({target.gone_at: MONDAY}, force=True)
    assert (await first_steps.of(alice.id, now=MONDAY)).reach is await first_steps.reach() is Reach.NOWHERE


async def test_the_teams_destination_reaches_everybody(alice: Member, bob: Member):
    assert await first_steps.reach() is Reach.NOWHERE
    await make_target()
    assert await taken(alice) == await taken(bob) == {"reached"}
    assert await first_steps.reach() is Reach.PROVEN


async def test_the_destination_of_who_has_left_reaches_nobody(bob: Member):
    await make_target(bob)
    assert await first_steps.reach() is Reach.PROVEN
    await tables.Member.update({tables.Member.disabled_at: MONDAY}).where(tables.Member.id == bob.id)
    assert await first_steps.reach() is Reach.NOWHERE
