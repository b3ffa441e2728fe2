"""Do mails by one server and login share a connection, and does none suffer from one that was closed?"""

from collections.abc import Iterator

import pytest

from amends.gateways.notifier import Message, Outcome
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from tests.gateways.receivers import MailReceiver, mail_receiver

MOST_MAILS = 100  # as kept_connections says, which only the child can import: it loads Apprise
NUDGE = Message("A case is late", "Please have a look.")


@pytest.fixture(scope="module")
def other_server() -> Iterator[MailReceiver]:
    with mail_receiver(has_login=True) as receiver:
        yield receiver


@pytest.fixture(scope="module")
def servers(mail_server: MailReceiver, other_server: MailReceiver) -> list[str]:
    return [f"127.0.0.1:{one.port}" for one in (mail_server, other_server)]


def to(mail: MailReceiver, who: str, *, login: str = "") -> str:
    return f"mailto://{login}127.0.0.1:{mail.port}/?from=amends@example.org&to={who}@example.org"


async def outcomes(notifier: SandboxedNotifier, *addresses: str) -> set[Outcome]:
    return {(await notifier.send(address, NUDGE)).outcome for address in addresses}


async def test_mails_of_one_login_share_a_connection_and_each_arrives_once(
    servers: list[str], mail: MailReceiver
):
    notifier, before = SandboxedNotifier(servers, timeout=10), mail.connections
    assert await outcomes(notifier, *(to(mail, f"m{place}") for place in range(5))) == {Outcome.delivered}
    assert mail.recipients == [[f"m{place}@example.org"] for place in range(5)]
    assert mail.connections == before + 1
    await notifier.close()


async def test_another_login_or_server_gets_a_connection_of_its_own(
    servers: list[str], mail: MailReceiver, other_server: MailReceiver
):
    notifier, before = SandboxedNotifier(servers, timeout=10), mail.connections
    logins = ("u:p@", "v:q@", "v:q@")
    ways = [to(mail, "a"), *(to(other_server, "b", login=login) for login in logins), to(mail, "c")]
    assert await outcomes(notifier, *ways) == {Outcome.delivered}
    assert [login.login for login in other_server.logins] == [b"u", b"v"]
    assert (mail.connections, len(other_server.mails)) == (before + 2, 3)
    await notifier.close()


async def test_after_so_many_mails_a_new_connection_is_opened(servers: list[str], mail: MailReceiver):
    notifier, before = SandboxedNotifier(servers, timeout=10), mail.connections
    ways = (to(mail, f"m{place}") for place in range(MOST_MAILS + 1))
    assert await outcomes(notifier, *ways) == {Outcome.delivered}
    assert (mail.connections, len(mail.mails)) == (before + 2, MOST_MAILS + 1)
    await notifier.close()


async def test_a_connection_that_the_server_closed_meanwhile_costs_no_mail(
    servers: list[str], mail: MailReceiver
):
    notifier = SandboxedNotifier(servers, timeout=10)
    assert await outcomes(notifier, to(mail, "a")) == {Outcome.delivered}
    mail.hang_up()
    assert await outcomes(notifier, to(mail, "b")) == {Outcome.delivered}
    assert mail.recipients == [["a@example.org"], ["b@example.org"]]
    await notifier.close()


async def test_a_mail_that_was_refused_leaves_no_connection_to_the_next_one(
    servers: list[str], mail: MailReceiver
):
    notifier, before = SandboxedNotifier(servers, timeout=10), mail.connections
    mail.answer_to_recipient = "550 nobody of that name"
    refused = await notifier.send(to(mail, "a"), NUDGE)
    assert (refused.outcome, refused.detail) == (Outcome.rejected, "smtp 550")
    mail.answer_to_recipient = ""
    assert await outcomes(notifier, to(mail, "b")) == {Outcome.delivered}
    assert mail.connections == before + 2
    await notifier.close()
