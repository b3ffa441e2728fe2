"""Who may write down an absence or a duty, and what is refused?"""

from datetime import timedelta
from uuid import uuid4

import pytest

from amends.rules.vocabulary import Role
from amends.services import absences
from tests import nudging
from tests.nudging import NOON, Desk

desk = nudging.desk
DAY = timedelta(days=1)
AHEAD = {"begins_at": NOON + DAY, "ends_at": NOON + 3 * DAY, "now": NOON}


async def test_an_absence_is_shown_until_it_is_over(desk: Desk):
    ada, bob = await desk.member("ada"), await desk.member("bob")
    await absences.plan(ada.id, deputy=bob.id, by=ada, **AHEAD)
    [shown] = await absences.absences_ahead(now=NOON)
    assert (shown.member_name, shown.deputy_name, shown.ends_at) == ("ada", "bob", NOON + 3 * DAY)
    assert await absences.away(now=NOON) == {}
    assert await absences.away(now=NOON + 2 * DAY) == {ada.id: bob.id}
    assert await absences.absences_ahead(now=NOON + 3 * DAY) == []


async def test_whoever_is_away_is_not_on_duty(desk: Desk):
    ada = await desk.member("ada")
    await absences.take_duty(ada.id, by=ada, **AHEAD)
    assert [one.member for one in await absences.duties_ahead(now=NOON)] == [ada.id]
    assert await absences.on_duty(now=NOON + 2 * DAY) == {ada.id}
    await absences.plan(ada.id, deputy=None, by=ada, **AHEAD)
    assert await absences.on_duty(now=NOON + 2 * DAY) == frozenset()


async def test_leads_write_down_absences_of_others_and_agents_only_their_own(desk: Desk):
    ada, bob, lea = await desk.member("ada"), await desk.member("bob"), await desk.member("lea", Role.LEAD)
    with pytest.raises(absences.AbsenceNotYours):
        await absences.plan(ada.id, deputy=None, by=bob, **AHEAD)
    absence = await absences.plan(ada.id, deputy=None, by=lea, **AHEAD)
    with pytest.raises(absences.AbsenceNotYours):
        await absences.cancel(absence, by=bob, now=NOON)
    await absences.cancel(absence, by=lea, now=NOON)
    with pytest.raises(absences.AbsenceUnknown):
        await absences.cancel(absence, by=lea, now=NOON)


async def test_what_makes_no_sense_is_refused_beside_its_field(desk: Desk):
    ada, gone = await desk.member("ada"), await desk.member("gone", disabled_at=NOON)
    backwards = {"begins_at": NOON + DAY, "ends_at": NOON + DAY, "now": NOON}
    over = {"begins_at": NOON - 2 * DAY, "ends_at": NOON - DAY, "now": NOON}
    for field, given in (
        ("ends_at", {"deputy": None, **backwards}),
        ("ends_at", {"deputy": None, **over}),
        ("deputy", {"deputy": ada.id, **AHEAD}),
        ("deputy", {"deputy": gone.id, **AHEAD}),
    ):
        with pytest.raises(absences.WrongAbsence) as refused:
            await absences.plan(ada.id, by=ada, **given)
        assert field in refused.value.fields
    with pytest.raises(absences.AbsenceUnknown):
        await absences.cancel(uuid4(), by=ada, now=NOON)
