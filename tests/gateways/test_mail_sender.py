"""Is a mail handed to a real SMTP server with a checked certificate, and is what became of it told truly?"""

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller

from amends.gateways import mail_sender
from amends.gateways.mail_sender import Handed, SandboxedMailSender, SmtpServer
from tests.gateways.receivers import MailReceiver, closed_port, mail_receiver
from tests.gateways.test_certificates import self_signed  # noqa: F401

MAIL = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\n\r\n.\r\nfrom here\r\n"


def server(port: int, **others: object) -> SmtpServer:
    given = {"host": "127.0.0.1", "port": port, "security": "none", "user": "", "password": ""}
    return SmtpServer(**(given | {"hello": "b.example"} | others))  # type: ignore[arg-type]


async def send(port: int, **others: object) -> Handed:
    sender = SandboxedMailSender([f"127.0.0.1:{port}"])
    return await sender.send(server(port, **others), sender="a@b.example", to="c@d.example", content=MAIL)


@pytest.fixture
def receiver() -> Iterator[MailReceiver]:
    with mail_receiver(has_login=True) as running:
        yield running


async def test_a_mail_is_accepted_as_it_was_written(receiver: MailReceiver):
    handed = await send(receiver.port, user="help", password="right")
    assert (handed.outcome, handed.code) == ("accepted", 250)
    assert receiver.mails[0].get_content() == ".\r\nfrom here\r\n"
    assert receiver.recipients == [["c@d.example"]]
    assert [one.login for one in receiver.logins] == [b"help"]


async def test_a_look_logs_in_and_sends_nothing(receiver: MailReceiver):
    sender = SandboxedMailSender([f"127.0.0.1:{receiver.port}"])
    looked = await sender.look(server(receiver.port, user="help", password="right"))
    assert (looked.outcome, receiver.mails) == ("accepted", [])
    assert (await sender.look(server(receiver.port, user="help", password="wrong"))).outcome == "login"


@pytest.mark.parametrize(
    ("answer", "outcome"), [("451 busy", "later"), ("554 no spam here", "refused"), ("452 full", "later")]
)
async def test_what_the_server_says_of_a_mail_is_told(receiver: MailReceiver, answer: str, outcome: str):
    receiver.answer = answer
    handed = await send(receiver.port)
    assert (handed.outcome, f"{handed.code} {handed.said}") == (outcome, answer)
    assert receiver.mails == []


async def test_a_receiver_that_does_not_exist_is_refused(receiver: MailReceiver):
    receiver.answer_to_recipient = "550 no such user"
    assert (await send(receiver.port)).outcome == "refused"


async def test_a_private_server_is_not_reached():
    with mail_receiver() as running:
        sender = SandboxedMailSender()
        handed = await sender.send(server(running.port), sender="a@b.example", to="c@d.example", content=MAIL)
    assert (handed.outcome, running.connections) == ("private", 0)


async def test_nobody_there_is_unreachable():
    assert (await send(closed_port())).outcome == "unreachable"


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_a_certificate_that_nobody_vouches_for_gets_no_mail(
    self_signed: ssl.SSLContext,  # noqa: F811
    security: str,
):
    receiver = MailReceiver(port=closed_port())
    context = {"ssl_context": self_signed} if security == "tls" else {"tls_context": self_signed}
    controller = Controller(receiver, hostname="127.0.0.1", port=receiver.port, **context)
    controller.start()
    try:
        handed = await send(receiver.port, security=security)
    finally:
        controller.stop()
    assert (handed.outcome, receiver.mails) == ("certificate", [])


async def test_a_server_without_tls_gets_no_mail_where_tls_is_wanted(receiver: MailReceiver):
    assert (await send(receiver.port, security="starttls")).outcome == "certificate"
    assert receiver.mails == []


@contextmanager
def breaks_off(after: bytes) -> Iterator[int]:
    """A server that takes all that comes and closes the connection once it has seen this."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        there, _address = listening.accept()
        with there:
            there.sendall(b"220 here\r\n")
            while line := there.recv(65_536):
                if after in line.upper():
                    return
                there.sendall(b"354 go on\r\n" if line.upper().startswith(b"DATA") else b"250 yes\r\n")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    listening.close()
    thread.join()


async def test_a_connection_that_ends_after_the_mail_leaves_it_open_whether_it_was_taken():
    with breaks_off(b"\r\n.\r\n") as port:
        assert (await send(port)).outcome == "unsure"


async def test_a_connection_that_ends_before_the_mail_has_sent_nothing():
    with breaks_off(b"RCPT") as port:
        assert (await send(port)).outcome == "unreachable"


async def test_a_server_that_accepts_and_never_answers_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(mail_sender, "MOST_SECONDS", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert (await send(silent.getsockname()[1])).outcome == "unsure"
