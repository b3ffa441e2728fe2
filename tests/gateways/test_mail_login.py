"""Login to a mail server: in UTF-8, and a reason that is true when it fails."""

from collections.abc import AsyncIterator, Iterator
from urllib.parse import quote

import pytest
import pytest_asyncio

from amends.gateways.notifier import Message, Outcome, Result
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from tests.gateways.receivers import MailReceiver, mail_receiver

NUDGE = Message("Case 142 is overdue", "Please have a look.", reference="#142/2")


@pytest.fixture(scope="module", params=[("LOGIN",), ("PLAIN",)], ids=["plain", "login"])
def server(request: pytest.FixtureRequest) -> Iterator[MailReceiver]:
    with mail_receiver(has_login=True, without=request.param) as receiver:
        yield receiver


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def notifier(server: MailReceiver, mail_server: MailReceiver) -> AsyncIterator[SandboxedNotifier]:
    real = SandboxedNotifier([f"127.0.0.1:{one.port}" for one in (server, mail_server)], timeout=10)
    yield real
    await real.close()


def address(port: int, user: str, password: str, scheme: str = "mailto") -> str:
    login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return f"{scheme}://{login}@127.0.0.1:{port}/?from=a@example.org&to=b@example.org&smtp=127.0.0.1"


@pytest.mark.parametrize(
    ("user", "password"), [("ada", "secret"), ("ada", "café"), ("rené", "pä ss€😀"), ("a@b.example", "%é+&?")]
)
async def test_a_user_and_password_of_any_letters_arrive_as_they_are(
    notifier: SandboxedNotifier, server: MailReceiver, user: str, password: str
):
    server.logins.clear()
    result = await notifier.send(address(server.port, user, password), NUDGE)
    assert result.outcome is Outcome.delivered
    assert [(one.login.decode(), one.password.decode()) for one in server.logins] == [(user, password)]


async def test_a_login_that_the_server_refuses_is_a_refusal(
    notifier: SandboxedNotifier, server: MailReceiver
):
    result = await notifier.send(address(server.port, "ada", "wrong"), NUDGE)
    assert result == Result(Outcome.rejected, "smtp 535")


async def test_a_server_without_login_has_refused_nothing(notifier: SandboxedNotifier, mail: MailReceiver):
    result = await notifier.send(address(mail.port, "ada", "secret"), NUDGE)
    assert result == Result(Outcome.not_sent, "server without this login")
    assert mail.mails == []


async def test_a_server_without_encryption_has_refused_nothing(
    notifier: SandboxedNotifier, mail: MailReceiver
):
    result = await notifier.send(address(mail.port, "ada", "secret", "mailtos"), NUDGE)
    assert result == Result(Outcome.not_sent, "server without encryption")
    assert mail.mails == []
