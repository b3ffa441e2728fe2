"""Return to the pool: a case that nobody moved is given back once, and its people are told."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from amends import tables
from amends.database import transaction
from amends.rules.team.policies import SMALL_SHOP
from amends.rules.vocabulary import Role, Severity
from amends.services.nudge import nudges
from amends.services.team import absences, policies
from amends.services.team.members import Act, Member
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk

desk = nudging.desk

DAY = timedelta(days=1)
END = NOON + DAY
"""The last rung of four hours' work: a working day after the date (9 to 18, weekdays, UTC)."""


async def adopt(by: Member, least: Severity | None = Severity.S3) -> None:
    async with transaction():
        await policies.write(Act(by, NOON), replace(SMALL_SHOP, back_to_pool=least), after=0)


async def climbed(desk: Desk, ada: Member, **particulars: object) -> UUID:
    """A follow-up of Ada's on which everybody has been told, the leads too."""
    for name, member in (("ada", ada), ("team", None)):
        await desk.target(name, member)
    owed = await desk.follow_up(ada, **particulars)
    for late in (0, 2, 4):
        await nudges.sweep(now=NOON + timedelta(hours=late))
    return owed


async def owner_of(number: int = 1) -> UUID | None:
    [row] = await tables.Case.select(tables.Case.owner).where(tables.Case.number == number)
    return row["owner"]


async def told(desk: Desk, now) -> list[tuple[str, str]]:
    before = len(desk.receiver.received)
    for one in await nudges.ready(now=now, limit=100):
        await nudges.deliver(one, desk.receiver, desk.secrets, now=now, base_url=BASE_URL)
    return [(address, message.body) for address, message in desk.receiver.received[before:]]


async def test_at_the_end_of_the_ladder_it_is_nobodys_and_both_sides_are_told(desk: Desk):
    ada = await desk.member("ada")
    await adopt(ada)
    await climbed(desk, ada)
    await told(desk, NOON + timedelta(hours=4))
    await nudges.sweep(now=END - timedelta(minutes=1))
    assert await owner_of() == ada.id
    await nudges.sweep(now=END)
    assert await owner_of() is None
    heard = dict(await told(desk, END))
    assert "You owned this case, but it did not move" in heard["json://ada.example.org/"]
    assert "Anyone can take it" in heard["json://team.example.org/"]
    entries = await tables.Entry.select(tables.Entry.kind, tables.Entry.member).order_by(
        tables.Entry.position
    )
    assert {"kind": "assigned", "member": None} in entries


async def test_what_nobody_owns_then_climbs_a_ladder_of_its_own(desk: Desk):
    ada, lea = await desk.member("ada"), await desk.member("lea", Role.LEAD)
    await adopt(ada)
    await climbed(desk, ada)
    await desk.target("lea", lea)
    await nudges.sweep(now=END)
    await told(desk, END)
    assert await nudges.sweep(now=END) == 0
    await nudges.sweep(now=END + DAY)
    assert [address for address, _body in await told(desk, END + DAY)] == ["json://lea.example.org/"]


async def test_without_such_a_policy_it_stays_with_its_owner(desk: Desk):
    ada = await desk.member("ada")
    await climbed(desk, ada)
    await nudges.sweep(now=END)
    assert await owner_of() == ada.id


async def test_a_milder_case_than_the_policy_names_stays(desk: Desk):
    ada = await desk.member("ada")
    await adopt(ada, Severity.S2)
    await climbed(desk, ada)
    await nudges.sweep(now=END)
    assert await owner_of() == ada.id


async def test_nothing_is_taken_from_whoever_is_away_while_a_deputy_stands_in(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    await adopt(ada)
    await climbed(desk, ada)
    span = {"begins_at": NOON + timedelta(hours=5), "ends_at": NOON + 9 * DAY}
    await absences.plan(Act(ada, NOON), ada.id, deputy=bob.id, **span)
    await nudges.sweep(now=END)
    assert await owner_of() == ada.id


async def test_an_owner_who_was_told_of_nothing_hears_first_and_has_a_day(desk: Desk):
    ada = await desk.member("ada")
    await adopt(ada)
    await desk.target("ada", ada)
    await desk.follow_up(ada)
    await nudges.sweep(now=END)
    assert await owner_of() == ada.id
    assert [address for address, _body in await told(desk, END)] == ["json://ada.example.org/"]
    await nudges.sweep(now=END + DAY)
    assert await owner_of() is None


async def test_of_several_workers_one_gives_it_back(desk: Desk):
    ada = await desk.member("ada")
    await adopt(ada)
    await climbed(desk, ada)
    await told(desk, NOON + timedelta(hours=4))
    await asyncio.gather(*(nudges.sweep(now=END) for _ in range(4)))
    assert await tables.Entry.count().where(tables.Entry.kind == "assigned") == 1
    assert len(await told(desk, END)) == 2


async def test_what_was_settled_at_the_last_moment_stays(desk: Desk):
    ada = await desk.member("ada")
    await adopt(ada)
    owed = await climbed(desk, ada)
    await desk.settle(owed)
    await nudges.sweep(now=END)
    assert await owner_of() == ada.id
