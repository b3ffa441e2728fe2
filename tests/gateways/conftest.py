"""Fixtures of the gateway tests: receivers, and one pool of child processes a file."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from tests.gateways.receivers import MailReceiver, Trap, WebReceiver, mail_receiver, trap, web_receiver


@pytest.fixture(scope="module")
def web() -> Iterator[WebReceiver]:
    with web_receiver() as receiver:
        yield receiver


@pytest.fixture(scope="module")
def mail_server() -> Iterator[MailReceiver]:
    with mail_receiver() as receiver:
        yield receiver


@pytest.fixture
def mail(mail_server: MailReceiver) -> MailReceiver:
    mail_server.answer, mail_server.answer_to_recipient = "250 kept", ""
    mail_server.mails.clear()
    mail_server.recipients.clear()
    return mail_server


@pytest.fixture(scope="module")
def lair() -> Iterator[Trap]:
    with trap() as found:
        yield found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def outside() -> AsyncIterator[SandboxedNotifier]:
    """A notifier without any private target."""
    notifier = SandboxedNotifier([], timeout=10)
    yield notifier
    await notifier.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def notifier(web: WebReceiver, mail_server: MailReceiver) -> AsyncIterator[SandboxedNotifier]:
    """A notifier that may reach the two receivers, by address and port, and nothing else on this machine."""
    real = SandboxedNotifier([f"127.0.0.1:{web.port}", f"127.0.0.1:{mail_server.port}"], timeout=10)
    yield real
    await real.close()
