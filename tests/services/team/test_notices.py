"""What members are to be told of is written down with what they were given, and never of themselves."""

from uuid import UUID

from amends import tables
from amends.services.team import absences, notices, rotas
from amends.services.team.members import Act, Member
from amends.services.workflow import leaving
from amends.services.workflow.leaving import Belonging
from tests.world import DAY, MONDAY, make_member

SPAN = {"begins_at": MONDAY + DAY, "ends_at": MONDAY + 2 * DAY}


async def about(member: Member) -> set[UUID]:
    notice = tables.Notice
    return {row["about"] for row in await notice.select(notice.about).where(notice.member == member.id)}


async def test_what_a_lead_gives_is_written_down_and_what_one_takes_oneself_is_not(
    alice: Member, bob: Member
):
    single = await absences.take_duty(Act(alice, MONDAY), bob.id, **SPAN)
    weekly = {"days": [0], "begins": 540, "ends": 600, "first": MONDAY.date()}
    again = await rotas.repeat(Act(alice, MONDAY), bob.id, **weekly)
    away = await absences.plan(Act(alice, MONDAY), alice.id, deputy=bob.id, **SPAN)
    await absences.take_duty(Act(bob, MONDAY), bob.id, **SPAN)
    await rotas.repeat(Act(bob, MONDAY), bob.id, **weekly)
    await absences.plan(Act(alice, MONDAY), bob.id, deputy=alice.id, **SPAN)
    await absences.plan(Act(alice, MONDAY), bob.id, deputy=None, **SPAN)
    assert (await about(bob), await about(alice)) == ({single, again, away}, set())


async def test_of_turns_only_who_is_new_to_them_is_told(alice: Member, bob: Member):
    carol, turns = await make_member("carol"), {"weekday": 0, "minute": 540, "first": MONDAY.date()}
    await rotas.rotate(Act(alice, MONDAY), [alice.id, bob.id], **turns)
    await rotas.rotate(Act(alice, MONDAY), [bob.id, carol.id], **turns)
    assert [len(await about(member)) for member in (alice, bob, carol)] == [0, 1, 1]
    assert await tables.Notice.count() == 2


async def test_an_heir_is_told_unless_they_let_the_other_go_themselves(alice: Member, bob: Member):
    admin, carol = await make_member("adele", role="admin"), await make_member("carol")
    single = await absences.take_duty(Act(bob, MONDAY), bob.id, **SPAN)
    away = await absences.plan(Act(alice, MONDAY), alice.id, deputy=bob.id, **SPAN)
    heirs = {Belonging.DUTIES: carol.id, Belonging.DEPUTIES: admin.id}
    await leaving.disable(bob.id, heirs, by=admin, now=MONDAY)
    assert (await about(carol), await about(admin)) == ({single}, set())
    assert away in await about(bob)


async def test_nobody_is_given_nothing(alice: Member, bob: Member):
    await notices.give(None, [bob.id], by=alice, now=MONDAY)
    await notices.give(bob.id, [], by=alice, now=MONDAY)
    assert await tables.Notice.count() == 0
