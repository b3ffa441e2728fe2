"""Is a real mailbox (Dovecot) read by UID, by checked TLS, and marked only where it was said to be stored?"""

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from amends.gateways import mailbox_child
from amends.gateways.mailboxes import Fetched, SandboxedMailboxReader, Visit
from amends.rules.capture.mail_messages import MOST_BYTES
from tests.dovecot import PASSWORD, USER, Mailbox, dovecot, skip_without_dovecot
from tests.mails import mail


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    skip_without_dovecot()
    with dovecot() as running:
        yield running


@pytest.fixture
def box(server: Mailbox) -> Mailbox:
    with server.open() as inside:
        inside.uid("STORE", "1:*", "+FLAGS", "\\Deleted")
        inside.expunge()
    return server


def visit(box: Mailbox, **others: object) -> Visit:
    given = {"host": "127.0.0.1", "port": box.plain, "plain": True, "user": USER, "password": PASSWORD}
    return replace(Visit(**given, folder="INBOX", since="2026-05-01"), **others)  # type: ignore[arg-type]


async def fetch(box: Mailbox, **others: object) -> Fetched:
    return await SandboxedMailboxReader([f"127.0.0.1:{box.plain}"]).fetch(visit(box, **others))


async def look(box: Mailbox, **others: object) -> Fetched:
    return await SandboxedMailboxReader([f"127.0.0.1:{box.plain}"]).look(visit(box, **others))


async def test_new_mails_are_fetched_once_by_their_number_and_read_by_nobody(box: Mailbox):
    stands = await look(box)
    first, second = mail("One"), mail("Two")
    box.deliver(first, second)
    fetched = await fetch(box, validity=stands.validity, last=stands.next - 1, marked=stands.next - 1)
    assert [one.content.replace(b"\r\n", b"\n") for one in fetched.mails] == [first, second]
    assert box.seen() == 0
    last = fetched.mails[-1].uid
    again = await fetch(box, validity=stands.validity, last=last, marked=stands.next - 1)
    assert again.mails == ()
    assert box.seen() == 2


async def test_what_a_person_has_read_already_is_fetched_all_the_same(box: Mailbox):
    stands = await look(box)
    box.deliver(mail())
    with box.open() as inside:
        inside.store("1:*", "+FLAGS", "\\Seen")
    assert len((await fetch(box, validity=stands.validity, last=stands.next - 1)).mails) == 1


async def test_many_mails_come_in_parts(box: Mailbox):
    stands = await look(box)
    box.deliver(*(mail(f"Number {one}") for one in range(25)))
    known = {"validity": stands.validity, "last": stands.next - 1}
    fetched = await fetch(box, **known)
    assert (len(fetched.mails), fetched.more) == (20, True)
    rest = await fetch(box, **known | {"last": fetched.mails[-1].uid})
    assert (len(rest.mails), rest.more) == (5, False)


async def test_of_a_mail_that_is_too_large_only_the_header_is_taken(box: Mailbox):
    stands = await look(box)
    box.deliver(mail("x" * 70 + "\r\n") + b"y" * 60 + b"\r\n" + (b"z" * 70 + b"\r\n") * (MOST_BYTES // 72))
    [one] = (await fetch(box, validity=stands.validity, last=stands.next - 1)).mails
    assert not one.is_whole
    assert one.size > MOST_BYTES
    assert b"Subject: My cake" in one.content
    assert len(one.content) < 2_000


async def test_a_mailbox_that_was_made_anew_is_read_from_a_day_on(box: Mailbox):
    stands = await look(box)
    box.deliver(mail("Old and new"))
    fetched = await fetch(box, validity=stands.validity + 1, last=99_999, since="2020-01-01")
    assert len(fetched.mails) == 1
    assert (await fetch(box, validity=stands.validity + 1, last=99_999, since="2099-01-01")).mails == ()


@pytest.mark.parametrize(
    ("others", "outcome"),
    [
        ({"password": "wrong"}, "login"),
        ({"user": "a", "password": "é"}, "login"),
        ({"folder": "Nowhere"}, "folder"),
    ],
)
async def test_what_is_wrong_is_said_in_a_word(box: Mailbox, others: dict[str, object], outcome: str):
    assert (await look(box, **others)).outcome == outcome


async def test_a_folder_with_accents_and_blanks_is_read(box: Mailbox):
    with box.open() as inside:
        inside.create('"R&AOk-clamations 2026"')
    box.deliver(mail("Bonjour"), folder='"R&AOk-clamations 2026"')
    assert (await look(box, folder="Réclamations 2026")).messages == 1


async def test_a_certificate_that_nobody_has_signed_is_refused_and_a_signed_one_is_not(box: Mailbox):
    tls = {"port": box.tls, "plain": False}
    reader = SandboxedMailboxReader([f"127.0.0.1:{box.tls}"])
    assert (await reader.look(visit(box, **tls))).outcome == "certificate"
    job = {"deed": "look", **{name: getattr(visit(box, **tls), name) for name in Visit.__slots__}}
    assert mailbox_child.outcome(job, box.authority(), [])["outcome"] == "fetched"


async def test_a_server_without_tls_on_its_port_is_no_server(box: Mailbox):
    reader = SandboxedMailboxReader([f"127.0.0.1:{box.plain}"])
    assert (await reader.look(visit(box, plain=False))).outcome == "certificate"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f000001", "::1", "169.254.169.254"])
async def test_a_private_address_is_not_reached_in_any_spelling(box: Mailbox, host: str):
    assert (await SandboxedMailboxReader().look(visit(box, host=host))).outcome in ("private", "unreachable")


class Rude:
    """A server that says one thing to everybody."""

    def __init__(self, words: bytes) -> None:
        self.words, self.socket = words, socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.sendall(self.words)


@pytest.mark.parametrize(
    "words", [b"", b"SSH-2.0-x\r\n", b"* OK hello\r\n" * 5, b"* OK " + b"x" * 2_000_000, b"\xff\x00" * 50]
)
async def test_whatever_a_server_says_ends_in_a_word(words: bytes):
    rude = Rude(words)
    visit = Visit(host="127.0.0.1", port=rude.port, plain=True, user="a", password="b", folder="INBOX")
    said = await SandboxedMailboxReader([f"127.0.0.1:{rude.port}"]).look(visit)
    rude.socket.close()
    assert said.outcome == "unreachable"
