"""Headers of a mail: no automatic answers, one thread for a case, the team as sender, nothing injected."""

import dataclasses

import pytest

from amends.gateways.notifier import Message, Outcome
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from tests.gateways.receivers import MailReceiver, WebReceiver

NUDGE = Message(
    "Case 142 is overdue",
    "Please have a look.",
    reference="#142/2",
    sender="Bakers",
    message_id="0a1b@amends.example.org",
    thread_id="case-142-0a1b2c3d@amends.example.org",
)
ROOT = "<case-142-0a1b2c3d@amends.example.org>"


def to_mail(mail: MailReceiver, sender: str = "amends@example.org", more: str = "") -> str:
    return f"mailto://127.0.0.1:{mail.port}/?from={sender}&to=owner@example.org{more}"


async def test_a_mail_asks_for_no_automatic_answer(notifier: SandboxedNotifier, mail: MailReceiver):
    await notifier.send(to_mail(mail), NUDGE)
    [got] = mail.mails
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["X-Auto-Response-Suppress"] == "All"


@pytest.mark.parametrize(
    ("mark", "header"), [("0a" * 16, "0a" * 16), ("", None), ("x\r\nBcc: eve@evil.example", None)]
)
async def test_a_mail_says_which_amends_sent_it(
    notifier: SandboxedNotifier, mail: MailReceiver, mark: str, header: str | None
):
    await notifier.send(to_mail(mail), dataclasses.replace(NUDGE, instance=mark))
    [got] = mail.mails
    assert got["X-Amends-Instance"] == header
    assert got["Bcc"] is None


async def test_mails_of_one_thread_share_their_root_and_each_has_an_id_of_its_own(
    notifier: SandboxedNotifier, mail: MailReceiver
):
    other = dataclasses.replace(NUDGE, title="Later", message_id="2c3d@amends.example.org")
    for message in (NUDGE, other, Message("no", "thread")):
        await notifier.send(to_mail(mail), message)
    first, second, alone = mail.mails
    assert [one["References"] for one in mail.mails] == [ROOT, ROOT, None]
    assert [one["In-Reply-To"] for one in mail.mails] == [ROOT, ROOT, None]
    assert first["Message-ID"] == "<0a1b@amends.example.org>"
    assert second["Message-ID"] == "<2c3d@amends.example.org>"
    assert alone["Message-ID"] not in (first["Message-ID"], second["Message-ID"], None)
    assert all(len(one.get_all("Message-ID")) == 1 for one in mail.mails)


@pytest.mark.parametrize("html", [None, "<p>Please</p>"])
@pytest.mark.parametrize(
    ("team", "shown"),
    [
        ("Bakers", "Bakers"),
        ("Boulangerie Élan 🥐", "Boulangerie Élan 🥐"),
        ('Bakers, "Sons" & Co. (EU); a:b', 'Bakers, "Sons" & Co. (EU); a:b'),
        ("Eve <eve@evil.example>", "Eve <eve@evil.example>"),
        ("Bakers\r\nBcc: eve@evil.example", "Bakers Bcc: eve@evil.example"),
        ("Bakers\u2028Bcc: eve@evil.example\x00", "BakersBcc: eve@evil.example"),
        ("=?utf-8?q?Eve?=", "= ?utf-8?q?Eve?="),
        ("x" * 200, "x" * 59 + "…"),
    ],
)
async def test_the_teams_name_stands_before_the_sender_and_changes_nothing_else(
    notifier: SandboxedNotifier, mail: MailReceiver, team: str, shown: str, html: str | None
):
    message = dataclasses.replace(NUDGE, sender=team, html=html)
    assert (await notifier.send(to_mail(mail), message)).outcome is Outcome.delivered
    [got] = mail.mails
    [sender] = got["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (shown, "amends@example.org")
    assert {"Bcc", "Cc"}.isdisjoint(got.keys())
    assert mail.recipients == [["owner@example.org"]]


@pytest.mark.parametrize(
    ("sender", "more"),
    [("Night%20watch%20%3Camends@example.org%3E", ""), ("amends@example.org", "&name=Night%20watch")],
)
async def test_a_name_that_the_address_gives_is_kept(
    notifier: SandboxedNotifier, mail: MailReceiver, sender: str, more: str
):
    await notifier.send(to_mail(mail, sender, more), NUDGE)
    [sender_shown] = mail.mails[0]["From"].addresses
    assert sender_shown.display_name == "Night watch"


@pytest.mark.parametrize("bad", ["a@b>\r\nBcc: eve@evil.example", "no id", "é@example.org", "a" * 300 + "@b"])
async def test_what_is_no_id_becomes_no_header(notifier: SandboxedNotifier, mail: MailReceiver, bad: str):
    await notifier.send(to_mail(mail), dataclasses.replace(NUDGE, message_id=bad, thread_id=bad))
    [got] = mail.mails
    assert got["References"] is None
    assert "evil" not in str(got)
    assert got["Message-ID"]


async def test_other_services_get_none_of_it(notifier: SandboxedNotifier, web: WebReceiver):
    web.received.clear()
    await notifier.send(f"json://127.0.0.1:{web.port}/ok", NUDGE)
    [got] = web.received
    assert {"Auto-Submitted", "References", "In-Reply-To"}.isdisjoint(got.headers)
