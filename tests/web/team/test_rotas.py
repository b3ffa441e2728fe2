"""Does a team see who is on duty for the next four weeks, and can it arrange it without a script?"""

import re
from datetime import timedelta

import pytest

from amends.services.team import absences, calendars, members, rotas
from amends.services.team.members import Act, Member
from tests.web.site import Site, Visitor
from tests.world import MONDAY, make_member

PAGE = "/settings/duties"
EVENINGS = {
    "days": ["0", "1", "2", "3", "4"],
    "begins": "18:00",
    "ends": "22:00",
    "first": "2026-05-04",
}
TURNS = {"weekday": "0", "at": "09:00", "first": "2026-04-27"}


@pytest.fixture
async def alice(site: Site) -> Member:
    return await make_member("alice", role="lead")


@pytest.fixture
async def bob(site: Site) -> Member:
    return await make_member("bob")


@pytest.fixture
async def desk(site: Site, alice: Member) -> Visitor:
    return await site.visit_as(alice)


async def test_without_a_rota_the_page_says_what_it_is_for(desk: Visitor):
    page = (await desk.get(PAGE)).text
    assert "Nobody is on duty. The member on duty is alerted to critical cases at once." in page
    assert "Nobody is in the rotation." in page
    assert "Nobody is on duty:" not in page, "four weeks of nobody are not told one by one"


def turns(*order: Member, without: tuple[Member, ...] = ()) -> dict[str, object]:
    """The form of the rotation: these members in this order, some of them not ticked."""
    ticked = [str(one.id) for one in order if one not in without]
    return {**TURNS, "order": [str(one.id) for one in order], "turn": ticked}


async def test_turns_are_arranged_by_the_order_of_the_list_and_shown_for_four_weeks(
    desk: Visitor, alice: Member, bob: Member
):
    answer = await desk.send_form(f"{PAGE}/rotation", **turns(bob, alice))
    assert answer.headers["location"] == f"{PAGE}?notice=saved#rotation"
    page = (await desk.get(PAGE)).text
    assert 'In this order: <strong dir="auto">Bob, Alice</strong>' in page
    assert re.findall('name="turn" value="([^"]+)" checked', page) == [str(bob.id), str(alice.id)]
    assert "Alice, until Mon 11 May, 09:00" in page, "this Monday at nine it went from Bob to Alice"
    assert "Week of Mon 18 May" in page
    assert "Nobody is on duty" not in page
    answer = await desk.send_form(f"{PAGE}/rotation/end")
    assert answer.headers["location"] == f"{PAGE}?notice=removed#rotation"
    assert await rotas.rotation() is None


async def test_a_button_moves_a_member_in_the_list_and_saves_nothing(
    desk: Visitor, alice: Member, bob: Member
):
    carol = await make_member("carol")
    typed = turns(alice, bob, carol, without=(carol,)) | {"at": "07:15"}
    page = (await desk.send_form(f"{PAGE}/rotation/order", **typed, down=str(alice.id))).text
    assert re.findall('name="order" value="([^"]+)"', page) == [str(one.id) for one in (bob, alice, carol)]
    assert re.findall('name="turn" value="([^"]+)" checked', page) == [str(bob.id), str(alice.id)]
    assert 'value="07:15"' in page, "what was typed"
    assert "Order changed, not saved yet." in page
    assert await rotas.rotation() is None
    page = (await desk.send_form(f"{PAGE}/rotation/order", **typed, up=str(alice.id))).text
    assert re.findall('name="order" value="([^"]+)"', page)[0] == str(alice.id), "no place above the first"


async def test_an_agent_moves_nobody(site: Site, alice: Member, bob: Member):
    agent = await site.visit_as(bob)
    assert (
        await agent.send_form(f"{PAGE}/rotation/order", **turns(alice, bob), up=str(bob.id))
    ).status_code == 403


async def test_a_rotation_of_nobody_is_refused_and_keeps_what_was_typed(
    desk: Visitor, alice: Member, bob: Member
):
    nobody = turns(bob, alice, without=(alice, bob)) | {"at": "07:15"}
    answer = await desk.send_form(f"{PAGE}/rotation", **nobody)
    assert answer.status_code == 422
    assert 'value="07:15"' in answer.text
    assert 'id="rotation-members-error">Tick at least one active member.' in answer.text
    assert re.findall('name="order" value="([^"]+)"', answer.text) == [str(bob.id), str(alice.id)]
    assert await rotas.rotation() is None


async def test_a_weekly_duty_is_written_down_shown_and_taken_away(desk: Visitor, bob: Member):
    answer = await desk.send_form(f"{PAGE}/weekly", **EVENINGS, member=str(bob.id), every="2")
    assert answer.headers["location"] == f"{PAGE}?notice=saved#weekly"
    page = (await desk.get(PAGE)).text
    assert "Mon–Fri 18:00–22:00, every 2 weeks" in page
    assert "Nobody is on duty now." in page
    [shown] = await rotas.weekly()
    answer = await desk.send_form(f"{PAGE}/weekly/{shown.id}/end")
    assert answer.headers["location"] == f"{PAGE}?notice=removed#weekly"
    assert await rotas.weekly() == []
    assert (await desk.send_form(f"{PAGE}/weekly/{shown.id}/end")).status_code == 404


async def test_a_weekly_duty_without_a_day_keeps_what_was_typed(desk: Visitor, bob: Member):
    typed = EVENINGS | {"days": [], "begins": "17:45"}
    answer = await desk.send_form(f"{PAGE}/weekly", **typed, member=str(bob.id))
    assert answer.status_code == 422
    assert 'id="weekly-days-error"' in answer.text
    assert 'value="17:45"' in answer.text


async def test_gaps_are_said_in_words_unless_the_hours_on_duty_leave_them_out(
    site: Site, desk: Visitor, bob: Member
):
    await desk.send_form(f"{PAGE}/weekly", **EVENINGS | {"days": ["0", "1", "2", "3"]}, member=str(bob.id))
    page = (await desk.get(PAGE)).text
    assert "Nobody is on duty: Mon 4 May, 10:00–18:00." in page
    assert "more times" in page
    root = await make_member("root", role="admin")
    evenings = calendars.Hours(zone="Europe/Paris", week=(((1080, 1320),),) * 5 + ((),) * 2)
    await calendars.set_on_duty(Act(root, MONDAY), evenings)
    page = (await desk.get(PAGE)).text
    assert "Nobody is on duty: Fri 8 May, 18:00–22:00." in page
    assert "10:00–18:00" not in page
    assert "Nobody is on duty: Fri 29 May, 18:00–22:00." in page
    assert "more time" not in page


async def test_the_page_speaks_french(site: Site, bob: Member):
    visitor = await site.visit_as(await make_member("anne", role="lead", language="fr"))
    await visitor.send_form(f"{PAGE}/weekly", **EVENINGS, member=str(bob.id))
    page = (await visitor.get(PAGE)).text
    assert "lun.–ven. 18:00–22:00, chaque semaine" in page
    assert "Personne n’est d’astreinte\u202f: lun. 4 mai, 10:00–18:00." in page


async def test_a_single_duty_stands_beside_the_rota_or_instead_of_it(
    desk: Visitor, alice: Member, bob: Member
):
    await desk.send_form(f"{PAGE}/rotation", **turns(alice))
    stretch = {"member": str(bob.id), "begins_at": "2026-05-04T09:00", "ends_at": "2026-05-05T09:00"}
    answer = await desk.send_form(PAGE, **stretch)
    assert answer.headers["location"] == f"{PAGE}?notice=saved#single"
    assert "Alice, Bob, until Tue 5 May, 09:00" in (await desk.get(PAGE)).text
    [duty] = await absences.duties_ahead(now=MONDAY)
    answer = await desk.send_form(f"{PAGE}/{duty.id}/cancel")
    assert answer.headers["location"] == f"{PAGE}?notice=removed#single"
    await desk.send_form(PAGE, **stretch, instead="on")
    page = (await desk.get(PAGE)).text
    assert '<strong dir="auto">Bob, until Tue 5 May, 09:00</strong>' in page
    assert "instead of the rotation" in page


async def test_a_single_duty_that_ends_before_it_begins_keeps_what_was_typed(desk: Visitor, bob: Member):
    stretch = {"member": str(bob.id), "begins_at": "2026-05-15T18:00", "ends_at": "2026-05-11T09:00"}
    answer = await desk.send_form(PAGE, **stretch)
    assert answer.status_code == 422
    assert 'id="single-ends_at-error"' in answer.text
    assert 'value="2026-05-15T18:00"' in answer.text


async def test_the_deputy_of_whoever_is_away_is_shown_in_their_place(
    desk: Visitor, alice: Member, bob: Member
):
    await desk.send_form(f"{PAGE}/rotation", **turns(alice))
    end = MONDAY + timedelta(days=2)
    await absences.plan(Act(alice, MONDAY), alice.id, begins_at=MONDAY, ends_at=end, deputy=bob.id)
    assert "Bob, until Wed 6 May, 10:00" in (await desk.get(PAGE)).text
    await members.disable(bob.id, by=None, now=MONDAY)
    page = (await desk.get(PAGE)).text
    assert "Nobody is on duty: Mon 4 May, 10:00 – Wed 6 May, 10:00." in page


async def test_an_agent_changes_their_own_duties_and_only_sees_the_turns(
    site: Site, desk: Visitor, alice: Member, bob: Member
):
    await desk.send_form(f"{PAGE}/rotation", **turns(alice))
    await desk.send_form(f"{PAGE}/weekly", **EVENINGS, member=str(alice.id))
    agent = await site.visit_as(bob)
    page = (await agent.get(PAGE)).text
    assert "Changes on Monday, 09:00 (Europe/Paris)" in page
    assert "/rotation/end" not in page
    assert "/end" not in page, "the weekly duty is another member's"
    assert (await agent.send_form(f"{PAGE}/weekly", **EVENINGS, member=str(alice.id))).status_code == 403
    assert (await agent.send_form(f"{PAGE}/weekly", **EVENINGS, member=str(bob.id))).status_code == 303
