"""Does whoever is put on duty, or stands in for somebody, hear of it, once, while it is true?"""

from datetime import timedelta
from uuid import UUID

import pytest

from amends import tables
from amends.rules.vocabulary import NudgeState, Role
from amends.services.nudge import nudges
from amends.services.team import absences, rotas
from amends.services.team.members import Act, Member
from amends.services.workflow import leaving
from amends.services.workflow.leaving import Belonging
from tests import nudging
from tests.nudging import BASE_URL, NOON, Desk
from tests.services.nudge.test_nudges import send_all
from tests.world import make_team

desk = nudging.desk
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPAN = {"begins_at": NOON + DAY, "ends_at": NOON + 2 * DAY}


@pytest.fixture
async def lea(desk: Desk) -> Member:
    await make_team(zone="UTC")
    return await desk.member("Lea", Role.LEAD)


async def told_member(desk: Desk, name: str, **columns: object) -> Member:
    member = await desk.member(name, **columns)
    await desk.target(name, member)
    return member


async def told(desk: Desk, at=NOON) -> list[tuple[str, str]]:
    before = len(desk.receiver.received)
    await send_all(desk, at)
    return [(message.title, message.body) for _address, message in desk.receiver.received[before:]]


async def test_a_deputy_hears_once_for_whom_and_until_when(desk: Desk, lea: Member):
    ana, bob = await desk.member("Ana"), await told_member(desk, "bob")
    await absences.plan(Act(ana, NOON), ana.id, deputy=bob.id, **SPAN)
    assert await nudges.tell_members(now=NOON) == 1
    assert await nudges.tell_members(now=NOON) == 0
    [(title, body)] = await told(desk)
    assert title == "You are deputy for Ana"
    assert (
        "You are deputy for Ana from Wednesday 4 March, 12:00 (UTC) to Thursday 5 March, 12:00 (UTC)" in body
    )
    assert f"{BASE_URL}/settings/reminders#absences" in body
    assert await told(desk) == []


async def test_who_is_put_on_duty_hears_of_it_in_their_language_and_zone(desk: Desk, lea: Member):
    bob = await told_member(desk, "bob", language="fr", zone="Europe/Paris")
    await absences.take_duty(Act(lea, NOON), bob.id, **SPAN)
    await nudges.tell_members(now=NOON)
    [(title, body)] = await told(desk)
    assert title == "Vous êtes d’astreinte"
    assert "du mercredi 4 mars, 13:00 (Europe/Paris) au jeudi 5 mars, 13:00 (Europe/Paris)" in body


async def test_everything_that_was_given_together_is_one_message(desk: Desk, lea: Member):
    ana, bob = await desk.member("Ana"), await told_member(desk, "bob")
    await absences.take_duty(Act(lea, NOON), bob.id, **SPAN)
    await rotas.repeat(Act(lea, NOON), bob.id, days=[0], begins=540, ends=600, first=NOON.date())
    await rotas.rotate(Act(lea, NOON), [lea.id, bob.id], weekday=0, minute=540, first=NOON.date())
    await absences.plan(Act(ana, NOON), ana.id, deputy=bob.id, **SPAN)
    assert await nudges.tell_members(now=NOON) == 1
    [(title, body)] = await told(desk)
    assert title == "You are on duty · You are deputy for Ana"
    assert (
        "You are on duty every week, next from Monday 9 March, 09:00 (UTC) to Monday 9 March, 10:00" in body
    )
    assert "You are in the duty rotation, next from Monday 16 March, 09:00 (UTC) to Monday 23 March" in body


async def test_who_takes_something_themselves_hears_nothing(desk: Desk, lea: Member):
    bob = await told_member(desk, "bob")
    await desk.target("lea", lea)
    await absences.take_duty(Act(bob, NOON), bob.id, **SPAN)
    await absences.plan(Act(lea, NOON), bob.id, deputy=lea.id, **SPAN)
    await rotas.rotate(Act(lea, NOON), [lea.id], weekday=0, minute=540, first=NOON.date())
    assert await nudges.tell_members(now=NOON) == 0


async def test_who_took_turns_before_is_not_told_that_somebody_else_does_too(desk: Desk, lea: Member):
    ana, bob = await told_member(desk, "ana"), await told_member(desk, "bob")
    turns = {"weekday": 0, "minute": 540, "first": NOON.date()}
    await rotas.rotate(Act(lea, NOON), [ana.id], **turns)
    await nudges.tell_members(now=NOON)
    await rotas.rotate(Act(lea, NOON), [ana.id, bob.id], **turns)
    await nudges.tell_members(now=NOON)
    await told(desk)
    assert [address for address, _message in desk.receiver.received] == [
        "json://ana.example.org/",
        "json://bob.example.org/",
    ]


async def test_what_was_taken_away_or_is_over_before_it_is_told_is_not_told(desk: Desk, lea: Member):
    bob = await told_member(desk, "bob")
    gone = await absences.take_duty(Act(lea, NOON), bob.id, **SPAN)
    await nudges.tell_members(now=NOON)
    await absences.cancel(Act(lea, NOON), gone)
    assert await send_all(desk, NOON) == [NudgeState.VOID]
    await absences.take_duty(Act(lea, NOON), bob.id, **SPAN)
    await nudges.tell_members(now=NOON)
    assert await send_all(desk, NOON + 3 * DAY) == [NudgeState.VOID]
    assert desk.receiver.received == []


async def test_quiet_hours_hold_it(desk: Desk, lea: Member):
    bob = await told_member(desk, "bob", quiet_from=11 * 60, quiet_until=13 * 60)
    await absences.take_duty(Act(lea, NOON), bob.id, **SPAN)
    assert await nudges.tell_members(now=NOON) == 1
    assert await told(desk, NOON) == []
    await tables.Nudge.update({tables.Nudge.run_at: NOON}, force=True)
    assert await told(desk, NOON) == [], "also where it was decided before they began"
    assert len(await told(desk, NOON + HOUR)) == 1


async def test_nothing_waits_for_who_has_no_target_or_is_gone(desk: Desk, lea: Member):
    ana, bob = await desk.member("ana"), await told_member(desk, "bob")
    await absences.take_duty(Act(lea, NOON), ana.id, **SPAN)
    await absences.take_duty(Act(lea, NOON), bob.id, **SPAN)
    await tables.Member.update({tables.Member.disabled_at: NOON}).where(tables.Member.id == bob.id)
    assert await nudges.tell_members(now=NOON) == 0
    assert await tables.Notice.count() == 0


async def test_the_heirs_of_who_leaves_hear_of_duties_and_of_whom_they_stand_in_for(desk: Desk, lea: Member):
    ana, bob, cem = await desk.member("Ana"), await desk.member("Bob"), await told_member(desk, "cem")
    await absences.take_duty(Act(bob, NOON), bob.id, **SPAN)
    await rotas.repeat(Act(bob, NOON), bob.id, days=[0], begins=540, ends=600, first=NOON.date())
    await rotas.rotate(Act(lea, NOON), [bob.id], weekday=0, minute=540, first=NOON.date())
    await absences.plan(Act(ana, NOON), ana.id, deputy=bob.id, **SPAN)
    heirs: dict[Belonging, UUID | None] = {Belonging.DUTIES: cem.id, Belonging.DEPUTIES: cem.id}
    await leaving.disable(bob.id, heirs, by=None, now=NOON)
    assert await nudges.tell_members(now=NOON) == 1
    [(title, body)] = await told(desk)
    assert title == "You are on duty · You are deputy for Ana"
    assert body.count(" from ") == 4
