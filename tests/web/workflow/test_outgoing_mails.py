"""Is a private message written, sent, stopped and answered from the page of its case?"""

from datetime import timedelta
from pathlib import Path

import pytest

from amends import tables
from amends.gateways.mail_sender import Handed
from amends.rules.person.customer_links import Purpose
from amends.services.person import customer_links
from amends.services.team import members
from amends.services.team.members import Act
from amends.services.workflow import customers, outgoing_mails
from amends.services.workflow.customers import HandOff
from tests.outgoing_mails import Desk, write
from tests.web.site import Site, Visitor
from tests.world import MONDAY, case_row, lead_to, make_case

CONTACT = "dana@example.com"


@pytest.fixture
async def desk(site: Site, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    await desk.set_up()
    return desk


@pytest.fixture
async def bob(site: Site) -> Visitor:
    return await site.signed_in("agent", name="bob")


@pytest.fixture
async def number(bob: Visitor) -> int:
    member = next(one for one in await members.everyone() if one.name == "Bob")
    number = await make_case(member)
    await lead_to(number, "contact", by=member)
    code = await customer_links.make(Act(member, MONDAY), number, Purpose.HAND_OFF)
    said = HandOff(name="Dana", contact=CONTACT, wish="Write to me.", consent=True)
    await customers.hand_off(code, said, now=MONDAY)
    return number


def message(**others: str) -> dict[str, str]:
    return {"to": CONTACT, "subject": "Your cake", "text": "We bake <b>a new one</b>."} | others


async def test_without_an_account_the_message_is_written_in_ones_own_program(bob: Visitor, number: int):
    shown = (await bob.get(f"/cases/{number}?write=private")).text
    assert "Write in your mail program" in shown
    assert 'data-form="mail"' not in shown


async def test_a_message_is_written_to_the_address_that_they_left_and_says_how_it_stands(
    desk: Desk, bob: Visitor, number: int
):
    shown = (await bob.get(f"/cases/{number}?write=private")).text
    assert f'value="{CONTACT}"' in shown
    assert f'value="[#{number}]"' in shown
    assert "From help@bakers.example." in shown
    sent = await bob.send_form(f"/cases/{number}/mails", **message())
    assert sent.headers["location"] == f"/cases/{number}?notice=mail-sent"
    shown = (await bob.get(f"/cases/{number}")).text
    assert "Is sent in a moment." in shown
    assert ("not sent yet" in shown, "no answer yet" in shown) == (True, False)
    assert "We bake &lt;b&gt;a new one&lt;/b&gt;." in shown
    assert "to dana@example.com" in shown


async def test_a_question_moves_the_case_and_can_be_undone(desk: Desk, bob: Visitor, number: int):
    await bob.send_form(f"/cases/{number}/moves", move="hear_from_them", channel="email", text="Hello")
    version = str((await case_row(number))["version"])
    asked = message(move="ask_them", version=version)
    assert (await bob.send_form(f"/cases/{number}/mails", **asked)).status_code == 303
    assert (await case_row(number))["stage"] == "waiting"
    [row] = await tables.OutgoingMail.select()
    await bob.get(f"/cases/{number}")
    await bob.send_form(f"/cases/{number}/moves/{row['undo']}/undo")
    shown = (await bob.get(f"/cases/{number}")).text
    assert "Stopped: it was not sent." in shown
    assert (await case_row(number))["stage"] == "working"


async def test_a_message_that_asks_nothing_leaves_the_case_where_it_is(desk: Desk, bob: Visitor, number: int):
    await bob.send_form(f"/cases/{number}/moves", move="hear_from_them", channel="email", text="Hello")
    told = message(move="ask_them", version="1", plain="on")
    assert (await bob.send_form(f"/cases/{number}/mails", **told)).status_code == 303
    assert (await case_row(number))["stage"] == "working"


async def test_what_was_typed_stays_beside_what_is_wrong_with_it(desk: Desk, bob: Visitor, number: int):
    refused = await bob.send_form(f"/cases/{number}/mails", **message(to="dana"))
    assert refused.status_code == 422
    assert "Enter one mail address" in refused.text
    assert "We bake &lt;b&gt;a new one&lt;/b&gt;." in refused.text


async def test_one_that_waits_is_stopped_by_a_press(desk: Desk, bob: Visitor, number: int):
    await bob.send_form(f"/cases/{number}/mails", **message())
    [row] = await tables.OutgoingMail.select()
    await bob.get(f"/cases/{number}")
    stopped = await bob.send_form(f"/cases/{number}/mails/{row['id']}/stop")
    assert stopped.headers["location"].endswith("notice=mail-stopped")
    assert await desk.turn(after=timedelta(hours=1)) == 0


async def test_one_that_was_not_sent_stands_on_today_until_it_is_sent_again_or_dealt_with(
    site: Site, desk: Desk, bob: Visitor, number: int
):
    await bob.send_form(f"/cases/{number}/mails", **message())
    desk.server.answers = [Handed(outcome="refused", code=550, said="<i>nobody</i>")]
    await desk.turn(after=timedelta(hours=1))
    assert "A message by mail was not sent" in (await bob.get("/")).text
    shown = (await bob.get(f"/cases/{number}")).text
    assert "The server refuses this mail." in shown
    assert "no answer yet" not in shown, "nobody can answer what was not sent"
    assert "Answer: 550 &lt;i&gt;nobody&lt;/i&gt;" in shown
    assert "Send again" in shown
    await bob.send_form(f"/cases/{number}/mails/noted")
    assert "A message by mail was not sent" not in (await bob.get("/")).text
    [row] = await tables.OutgoingMail.select()
    await bob.send_form(f"/cases/{number}/mails/{row['id']}/again")
    assert await desk.turn(after=timedelta(hours=2)) == 1


async def test_only_admins_read_that_the_account_fails(site: Site, desk: Desk, bob: Visitor, number: int):
    member = next(one for one in await members.everyone() if one.name == "Bob")
    for _one in range(3):
        await write(member, number)
    desk.server.answers = [Handed(outcome="login")] * 3
    await desk.turn()
    root = await site.signed_in("admin", name="dora")
    sentence = "The account for outgoing mail fails"
    assert sentence in (await root.get("/")).text
    assert sentence not in (await bob.get("/")).text
    assert "The server refuses this user or password." in (await root.get("/settings/outgoing-mail")).text
    assert await outgoing_mails.is_in_trouble()
