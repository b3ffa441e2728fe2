"""May an admin set up the account for outgoing mail, test it by a mail, and see what is wrong with it?"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from amends import tables
from amends.gateways.mail_sender import SandboxedMailSender
from amends.services.workflow import outgoing_mails
from tests.gateways.receivers import MailReceiver, mail_receiver
from tests.web.site import Site, Visitor

PAGE = "/settings/outgoing-mail"


@pytest.fixture
def real() -> Iterator[MailReceiver]:
    with mail_receiver(has_login=True) as running:
        yield running


@pytest.fixture
async def dora(site: Site, real: MailReceiver) -> Visitor:
    sender = SandboxedMailSender([f"127.0.0.1:{real.port}"])
    site.app.state["site"] = replace(site.app.state["site"], mail_sender=sender)
    return await site.signed_in("admin", name="dora")


def form(real: MailReceiver, **others: str) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "port": str(real.port),
        "security": "none",
        "user": "help",
        "password": "secret-word",
        "sender": "help@bakers.example",
        "name": "The bakers",
        "signature": "The bakers\nbakers.example",
        "deed": "save",
    } | others


async def test_an_admin_sends_a_test_mail_to_themselves_before_anything_is_kept(
    dora: Visitor, real: MailReceiver
):
    assert "No account is set up." in (await dora.get(PAGE)).text
    tested = (await dora.send_form(PAGE, **form(real, deed="test"))).text
    assert "The server accepted a test mail to dora@" in tested
    assert "secret-word" not in tested
    assert await tables.MailAccount.count() == 0
    [mail] = real.mails
    assert "dora@" in mail["To"]
    assert mail["From"] == "The bakers <help@bakers.example>"
    assert "-- \r\nThe bakers" in mail.get_content()


async def test_an_account_is_tried_kept_and_removed_and_the_password_is_never_shown(
    dora: Visitor, real: MailReceiver
):
    await dora.get(PAGE)
    assert (await dora.send_form(PAGE, **form(real))).status_code == 303
    shown = (await dora.get(PAGE)).text
    assert "help@bakers.example" in shown
    assert "secret-word" not in shown
    await dora.get(PAGE)
    assert (await dora.send_form(PAGE, **form(real, password="", name="Bakers"))).status_code == 303
    assert [one.password for one in real.logins] == [b"secret-word"] * 2
    assert (await dora.send_form(f"{PAGE}/remove")).status_code == 303
    assert await outgoing_mails.find() is None


async def test_the_kept_password_goes_to_no_other_server(dora: Visitor, real: MailReceiver):
    await dora.get(PAGE)
    await dora.send_form(PAGE, **form(real))
    refused = await dora.send_form(PAGE, **form(real, password="", user="someone"))
    assert (refused.status_code, "Enter the password." in refused.text) == (422, True)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("sender", "help", "Enter the address from which mails come"),
        ("reply_to", "nobody", "Enter an address, or leave it empty."),
        ("host", "", "Enter the name of the server"),
        ("port", "0", "Enter a port"),
    ],
)
async def test_what_is_wrong_stands_beside_its_field(
    dora: Visitor, real: MailReceiver, field: str, value: str, sentence: str
):
    refused = await dora.send_form(PAGE, **form(real, **{field: value}))
    assert (refused.status_code, sentence in refused.text) == (422, True)
    assert "The bakers" in refused.text


async def test_without_tls_no_server_elsewhere_is_used(dora: Visitor, real: MailReceiver):
    refused = await dora.send_form(PAGE, **form(real, host="smtp.example.org"))
    assert "Without TLS only a server on this computer can be used." in refused.text


async def test_a_wrong_password_is_said_and_nothing_is_kept(dora: Visitor, real: MailReceiver):
    refused = await dora.send_form(PAGE, **form(real, password="wrong"))
    assert (refused.status_code, "refuses this user or password" in refused.text) == (409, True)
    assert await tables.MailAccount.count() == 0


async def test_what_the_server_says_of_the_test_mail_is_shown(dora: Visitor, real: MailReceiver):
    real.answer = "554 <b>spam</b>"
    refused = await dora.send_form(PAGE, **form(real, deed="test"))
    assert "The server refuses this mail. 554 &lt;b&gt;spam&lt;/b&gt;" in refused.text


async def test_nobody_but_an_admin_sees_it(site: Site):
    lead = await site.signed_in("lead", name="lea")
    assert (await lead.get(PAGE)).status_code == 403
