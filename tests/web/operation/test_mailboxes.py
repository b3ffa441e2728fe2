"""May an admin set up the mailbox, test it, and see what is wrong with it?"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from amends import tables
from amends.gateways.mailboxes import SandboxedMailboxReader
from tests.dovecot import PASSWORD, USER, Mailbox, dovecot, skip_without_dovecot
from tests.web.site import Site, Visitor

PAGE = "/settings/mail"


@pytest.fixture(scope="module")
def real() -> Iterator[Mailbox]:
    skip_without_dovecot()
    with dovecot() as running:
        yield running


@pytest.fixture
async def dora(site: Site) -> Visitor:
    return await site.signed_in("admin", name="dora")


def allow(site: Site, real: Mailbox) -> None:
    reader = SandboxedMailboxReader([f"127.0.0.1:{real.plain}"])
    site.app.state["site"] = replace(site.app.state["site"], mailbox_reader=reader)


def form(real: Mailbox, **others: str) -> dict[str, str]:
    return {
        "host": "127.0.0.1",
        "port": str(real.plain),
        "user": USER,
        "password": PASSWORD,
        "folder": "INBOX",
        "deed": "save",
    } | others


async def test_an_admin_tests_and_saves_and_the_password_is_never_shown(
    site: Site, dora: Visitor, real: Mailbox
):
    allow(site, real)
    assert "No mailbox is read." in (await dora.get(PAGE)).text
    tested = await dora.send_form(PAGE, **form(real, deed="test"))
    assert "It works. There are 0 mails" in tested.text
    assert await tables.Mailbox.count() == 0
    await dora.get(PAGE)
    assert (await dora.send_form(PAGE, **form(real))).status_code == 303
    shown = (await dora.get(PAGE)).text
    assert f"127.0.0.1:{real.plain}" in shown
    assert PASSWORD not in shown
    assert (await dora.send_form(f"{PAGE}/remove")).status_code == 303
    assert await tables.Mailbox.count() == 0


async def test_what_is_wrong_is_said_and_what_was_typed_stays(site: Site, dora: Visitor, real: Mailbox):
    allow(site, real)
    refused = await dora.send_form(PAGE, **form(real, password="wrong-one"))
    assert refused.status_code == 409
    assert "The server refuses this user or password." in refused.text
    assert f'value="{USER}"' in refused.text
    assert "wrong-one" not in refused.text


async def test_a_private_server_is_not_reached(site: Site, dora: Visitor, real: Mailbox):
    refused = await dora.send_form(PAGE, **form(real))
    assert "AMENDS_ALLOW_PRIVATE_TARGETS" in refused.text


async def test_nobody_but_an_admin_sees_it(site: Site):
    lead = await site.signed_in("lead", name="lea")
    assert (await lead.get(PAGE)).status_code == 403
