"""Who may write down an absence or a duty, and what is refused?"""

from datetime import timedelta
from uuid import uuid4

import pytest

from amends import tables
from amends.rules.vocabulary import Role, Severity
from amends.services.nudge import nudges
from amends.services.team import absences, rotas
from amends.services.team.members import Act, MemberIsDisabled
from tests import nudging
from tests.nudging import NOON, Desk

desk = nudging.desk
DAY = timedelta(days=1)
AHEAD = {"begins_at": NOON + DAY, "ends_at": NOON + 3 * DAY}


async def test_an_absence_is_shown_until_it_is_over(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    await absences.plan(Act(ada, NOON), ada.id, deputy=bob.id, **AHEAD)
    [shown] = await absences.absences_ahead(now=NOON)
    assert (shown.member_name, shown.deputy_name, shown.ends_at) == ("ada", "bob", NOON + 3 * DAY)
    assert await absences.away(now=NOON) == {}
    assert await absences.away(now=NOON + 2 * DAY) == {ada.id: bob.id}
    assert await absences.absences_ahead(now=NOON + 3 * DAY) == []


async def test_whoever_is_away_is_not_on_duty(desk: Desk):
    ada = await desk.member("ada")
    await absences.take_duty(Act(ada, NOON), ada.id, **AHEAD)
    assert [one.member for one in await absences.duties_ahead(now=NOON)] == [ada.id]
    assert await absences.on_duty(now=NOON + 2 * DAY) == {ada.id}
    await absences.plan(Act(ada, NOON), ada.id, deputy=None, **AHEAD)
    assert await absences.on_duty(now=NOON + 2 * DAY) == frozenset()


async def test_the_deputy_takes_the_duty_of_whoever_is_away(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    await absences.take_duty(Act(ada, NOON), ada.id, **AHEAD)
    await absences.plan(Act(ada, NOON), ada.id, deputy=bob.id, **AHEAD)
    assert await absences.on_duty(now=NOON + 2 * DAY) == {bob.id}


async def test_turns_weekly_duties_and_single_ones_are_seen_together(desk: Desk):
    ada, bob, lea = await desk.member("ada"), await desk.member("bob"), await desk.member("lea", Role.LEAD)
    turns = {"weekday": 0, "minute": 9 * 60, "first": NOON.date() - 7 * DAY}
    await rotas.rotate(Act(lea, NOON), [ada.id, bob.id], **turns)
    evenings = {"days": range(7), "begins": 18 * 60, "ends": 22 * 60, "first": NOON.date()}
    await rotas.repeat(Act(lea, NOON), lea.id, **evenings)
    assert await absences.on_duty(now=NOON) == {ada.id}
    assert await absences.on_duty(now=NOON.replace(hour=19)) == {ada.id, lea.id}
    assert await absences.on_duty(now=NOON + 7 * DAY) == {bob.id}
    await absences.take_duty(Act(bob, NOON), bob.id, **AHEAD | {"begins_at": NOON}, instead=True)
    assert await absences.on_duty(now=NOON.replace(hour=19)) == {bob.id}
    [shown] = await absences.duties_ahead(now=NOON)
    assert shown.instead


async def test_whoever_is_disabled_is_passed_over_like_whoever_is_away(desk: Desk):
    ada, bob, lea = await desk.member("ada"), await desk.member("bob"), await desk.member("lea", Role.LEAD)
    turns = {"weekday": 0, "minute": 0, "first": NOON.date() - 7 * DAY}
    await rotas.rotate(Act(lea, NOON), [ada.id, bob.id], **turns)
    await tables.Member.update({tables.Member.disabled_at: NOON}).where(tables.Member.id == ada.id)
    assert await absences.on_duty(now=NOON) == {bob.id}
    await absences.plan(Act(bob, NOON), bob.id, deputy=None, **AHEAD)
    seen = await absences.watches(begin=NOON, end=NOON + 4 * DAY)
    assert [(one.begins_at, one.members) for one in seen] == [
        (NOON, {bob.id}),
        (NOON + DAY, frozenset()),
        (NOON + 3 * DAY, {bob.id}),
    ]


async def test_without_any_duty_nothing_is_watched(desk: Desk):
    ada = await desk.member("ada")
    await absences.plan(Act(ada, NOON), ada.id, deputy=None, **AHEAD)
    assert await absences.watches(begin=NOON, end=NOON + 28 * DAY) == []


async def test_an_s1_reaches_whoever_has_the_turn(desk: Desk):
    ada, lea = await desk.member("ada"), await desk.member("lea", Role.LEAD)
    await desk.target("ada", ada)
    turns = {"weekday": 0, "minute": 0, "first": NOON.date() - 7 * DAY}
    await rotas.rotate(Act(lea, NOON), [ada.id], **turns)
    await desk.follow_up(lea, severity=Severity.S1)
    assert await nudges.sweep(now=NOON) == 1
    [told] = await desk.nudges()
    assert (told["audience"], told["member"]) == ("on_duty", ada.id)


async def test_leads_write_down_absences_of_others_and_agents_only_their_own(desk: Desk):
    ada, bob, lea = await desk.member("ada"), await desk.member("bob"), await desk.member("lea", Role.LEAD)
    with pytest.raises(absences.AbsenceNotYours):
        await absences.plan(Act(bob, NOON), ada.id, deputy=None, **AHEAD)
    absence = await absences.plan(Act(lea, NOON), ada.id, deputy=None, **AHEAD)
    with pytest.raises(absences.AbsenceNotYours):
        await absences.cancel(Act(bob, NOON), absence)
    await absences.cancel(Act(lea, NOON), absence)
    with pytest.raises(absences.AbsenceUnknown):
        await absences.cancel(Act(lea, NOON), absence)


async def test_what_makes_no_sense_is_refused_beside_its_field(desk: Desk):
    ada, gone = await desk.member("ada"), await desk.member("gone", disabled_at=NOON)
    backwards = {"begins_at": NOON + DAY, "ends_at": NOON + DAY}
    over = {"begins_at": NOON - 2 * DAY, "ends_at": NOON - DAY}
    for field, given in (
        ("ends_at", {"deputy": None, **backwards}),
        ("ends_at", {"deputy": None, **over}),
        ("deputy", {"deputy": ada.id, **AHEAD}),
        ("deputy", {"deputy": gone.id, **AHEAD}),
    ):
        with pytest.raises((absences.WrongAbsence, MemberIsDisabled)) as refused:
            await absences.plan(Act(ada, NOON), ada.id, **given)
        assert field in refused.value.fields
    with pytest.raises(absences.AbsenceUnknown):
        await absences.cancel(Act(ada, NOON), uuid4())
