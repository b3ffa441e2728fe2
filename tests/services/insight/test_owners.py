"""By owner: off until a lead switches it on; others are seen by leads alone, and oneself by oneself."""

from datetime import date
from uuid import uuid4

from amends import tables
from amends.database import add
from amends.rules.insight.case_facts import Flag
from amends.rules.insight.owners import Compared
from amends.rules.insight.periods import Period
from amends.services.insight import owners
from amends.services.insight.kept_facts import bits
from amends.services.insight.owners import ByOwner
from amends.services.team.members import Act, Member
from tests.world import DAY, MONDAY, make_member

MAY = Period(date(2026, 5, 1), date(2026, 5, 31))
MAY_4 = MONDAY.date()
HOSTILE = (Flag.CAPTURED, Flag.HOSTILE)


async def own(member: Member, cases: int, *flags: Flag, day: date = MAY_4) -> None:
    """So many counted cases that the member owns."""
    taken = await tables.Case.count()
    for number in range(taken + 1, taken + cases + 1):
        values = {"title": "x", "platform": "x", "lang": "en", "opened_at": MONDAY, "moved_at": MONDAY}
        await add(tables.Case, id=uuid4(), number=number, owner=member.id, stage="working", **values)
        kept = {"platform": "x", "severity": "s3", "lang": "en", "flags": bits(flags)}
        await add(tables.CaseFact, number=number, day=day, **kept)


async def team(alice: Member) -> list[Member]:
    """Alice and three others with ten answered cases each, of which 10, 8, 6 and 4 were on time."""
    everyone = [alice, *[await make_member(name) for name in ("bob", "carol", "dan")]]
    for place, member in enumerate(everyone):
        await own(member, 10 - 2 * place, Flag.CAPTURED, Flag.ANSWERED, Flag.IN_TERM)
        await own(member, 2 * place, Flag.CAPTURED, Flag.ANSWERED)
    return everyone


async def seen(reader: Member) -> ByOwner:
    return await owners.seen_by(reader, MAY, now=MONDAY + DAY)


async def test_nothing_is_shown_until_a_lead_switches_it_on_and_nothing_after(alice: Member):
    lead = await make_member("lena", role="lead")
    await team(alice)
    assert (await seen(lead)).owners == []
    assert (await seen(alice)).mine is None
    await owners.switch(Act(lead, MONDAY), on=True)
    await owners.switch(Act(alice, MONDAY + DAY), on=True)
    assert await owners.switched() == owners.Switched("Lena", MONDAY)
    assert [one.name for one in (await seen(lead)).owners] == ["Alice", "Bob", "Carol", "Dan"]
    await owners.switch(Act(lead, MONDAY), on=False)
    assert (await seen(lead)).owners == []


async def test_a_member_sees_themselves_beside_the_median_and_nobody_else(alice: Member):
    everyone = await team(alice)
    await owners.switch(Act(alice, MONDAY), on=True)
    mine = await seen(everyone[3])
    assert mine.mine is not None
    assert (mine.mine.name, mine.mine.cases, mine.mine.in_term) == ("Dan", 10, 4)
    assert mine.compared == Compared(40, 70)
    assert (mine.owners, mine.burdened) == ([], [])


async def test_much_abuse_is_named_to_leads_and_ones_own_number_to_oneself(alice: Member):
    lead, bob = await make_member("lena", role="lead"), await make_member("bob")
    await own(alice, 9, *HOSTILE)
    await own(bob, 8, *HOSTILE)
    await own(bob, 5, *HOSTILE, day=(MONDAY - 20 * DAY).date())
    assert [(one.name, one.hostile) for one in (await seen(lead)).burdened] == [("Alice", 9)]
    mine = await seen(bob)
    assert (mine.my_hostile, mine.burdened) == (8, [])
