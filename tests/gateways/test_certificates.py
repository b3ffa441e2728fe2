"""TLS verification: a mail that switches it off does not affect the next one."""

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from amends.gateways.notifier import Message, Outcome
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from tests.gateways.receivers import MailReceiver, closed_port

NUDGE = Message("Case 142 is overdue", "Please have a look.")
LOOPBACK = ipaddress.ip_address("127.0.0.1")


@pytest.fixture
def self_signed(tmp_path: Path) -> ssl.SSLContext:
    """A certificate for this address that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    valid = builder.not_valid_before(begins).not_valid_after(begins + datetime.timedelta(days=9))
    of_address = valid.add_extension(x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK)]), critical=False)
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        of_address.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem)
    return context


@pytest.fixture
def secured(self_signed: ssl.SSLContext) -> Iterator[MailReceiver]:
    receiver = MailReceiver(port=closed_port())
    controller = Controller(receiver, hostname="127.0.0.1", port=receiver.port, ssl_context=self_signed)
    controller.start()
    yield receiver
    controller.stop()


async def test_checks_that_one_address_waives_hold_for_the_next(secured: MailReceiver):
    notifier = SandboxedNotifier([f"127.0.0.1:{secured.port}"], timeout=10, size=1)
    checked = f"mailtos://127.0.0.1:{secured.port}/?from=amends@example.org&to=owner@example.org&mode=ssl"
    results = [await notifier.send(address, NUDGE) for address in (checked, f"{checked}&verify=no", checked)]
    await notifier.close()
    outcomes = [result.outcome for result in results]
    assert outcomes == [Outcome.unreachable, Outcome.delivered, Outcome.unreachable], results
    assert len(secured.mails) == 1
