"""Who may change the rota, what is refused, and how is it read again?"""

from datetime import date
from uuid import uuid4

import pytest

from amends.rules.vocabulary import Role
from amends.services.team import calendars, rotas
from amends.services.team.calendars import Hours
from amends.services.team.members import Act
from tests import nudging
from tests.nudging import NOON, Desk

desk = nudging.desk
EVENINGS = {"days": [4, 0], "begins": 18 * 60, "ends": 22 * 60, "first": date(2026, 3, 2)}
TURNS = {"weekday": 0, "minute": 9 * 60, "first": date(2026, 3, 2)}


async def test_a_weekly_duty_is_written_down_shown_and_ended(desk: Desk):
    ada = await desk.member("ada")
    made = await rotas.repeat(Act(ada, NOON), ada.id, **EVENINGS, every=2)
    [shown] = await rotas.weekly()
    assert (shown.id, shown.member_name, shown.days, shown.every) == (made, "ada", {0, 4}, 2)
    assert (shown.begins, shown.ends, shown.first) == (18 * 60, 22 * 60, date(2026, 3, 2))
    await rotas.end(Act(ada, NOON), made)
    assert await rotas.weekly() == []
    with pytest.raises(rotas.RotaUnknown):
        await rotas.end(Act(ada, NOON), made)


async def test_a_rotation_takes_the_place_of_the_one_before(desk: Desk):
    ada, bob, lea = await desk.member("ada"), await desk.member("bob"), await desk.member("lea", Role.LEAD)
    assert await rotas.rotation() is None
    await rotas.rotate(Act(lea, NOON), [ada.id, bob.id], **TURNS)
    await rotas.rotate(Act(lea, NOON), [bob.id, lea.id, ada.id], **TURNS | {"weekday": 4})
    found = await rotas.rotation()
    assert found
    assert (found.members, found.weekday, found.minute, found.first) == (
        (bob.id, lea.id, ada.id),
        4,
        9 * 60,
        date(2026, 3, 2),
    )
    await rotas.end_rotation(Act(lea, NOON))
    assert await rotas.rotation() is None


async def test_agents_change_their_own_duties_and_leads_those_of_all(desk: Desk):
    ada, bob, lea = await desk.member("ada"), await desk.member("bob"), await desk.member("lea", Role.LEAD)
    with pytest.raises(rotas.RotaNotYours):
        await rotas.repeat(Act(bob, NOON), ada.id, **EVENINGS)
    made = await rotas.repeat(Act(lea, NOON), ada.id, **EVENINGS)
    with pytest.raises(rotas.RotaNotYours):
        await rotas.end(Act(bob, NOON), made)
    with pytest.raises(rotas.RotaNotYours):
        await rotas.rotate(Act(bob, NOON), [bob.id], **TURNS)
    with pytest.raises(rotas.RotaNotYours):
        await rotas.end_rotation(Act(bob, NOON))
    assert len(await rotas.weekly()) == 1


async def test_what_makes_no_sense_is_refused_beside_its_field(desk: Desk):
    lea, gone = await desk.member("lea", Role.LEAD), await desk.member("gone", disabled_at=NOON)
    for field, wrong in (
        ("days", {"days": []}),
        ("days", {"days": [7]}),
        ("begins", {"begins": 1440}),
        ("begins", {"ends": -1}),
        ("every", {"every": 0}),
        ("every", {"every": 9}),
    ):
        with pytest.raises(rotas.WrongRota) as refused:
            await rotas.repeat(Act(lea, NOON), lea.id, **EVENINGS | wrong)
        assert list(refused.value.fields) == [field]
    for field, members, wrong in (
        ("members", [], {}),
        ("members", [lea.id, lea.id], {}),
        ("members", [lea.id, gone.id], {}),
        ("members", [uuid4()], {}),
        ("minute", [lea.id], {"minute": 1440}),
        ("minute", [lea.id], {"weekday": 7}),
    ):
        with pytest.raises(rotas.WrongRota) as refused:
            await rotas.rotate(Act(lea, NOON), members, **TURNS | wrong)
        assert list(refused.value.fields) == [field]
    assert (await rotas.weekly(), await rotas.rotation()) == ([], None)


async def test_the_rota_is_read_on_the_clock_of_the_hours_on_duty(desk: Desk):
    root = await desk.member("root", Role.ADMIN)
    assert await rotas.zone() == "UTC", "there is no team yet"
    await calendars.set_on_duty(Act(root, NOON), Hours(zone="Asia/Kolkata"))
    assert await rotas.zone() == "Asia/Kolkata"
