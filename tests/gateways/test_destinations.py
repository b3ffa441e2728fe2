"""Destinations: messages go where an address says, or the address is refused; in a real child and by mail."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest
import pytest_asyncio

from amends.gateways.notifier import Message, Outcome
from amends.gateways.notifier.addresses import Refusal, readdressed
from amends.gateways.notifier.child import Child
from amends.gateways.notifier.destinations import COMPARED, difference
from amends.gateways.notifier.sandbox_client import SandboxedNotifier
from amends.web.nudge.target_form import TargetForm
from tests.gateways.receivers import MailReceiver
from tests.web.nudge.test_target_services import GIVEN
from tests.web.nudge.test_target_services import address as address_of_form

NUDGE = Message("Case 142 is overdue", "Please have a look.", reference="#142/2")


def to(mail: MailReceiver, receiver: str) -> str:
    return f"mailto://127.0.0.1:{mail.port}/?from=amends@example.org&to={receiver}"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def child() -> AsyncIterator[Child]:
    running = await Child.start([])
    yield running
    await running.kill()


async def refused(child: Child, address: str) -> str:
    return str((await child.ask({"check": True, "address": address}, seconds=20))["refused"])


@pytest.mark.parametrize(
    ("written", "receivers"),
    [
        ("o'brien@example.com", {"o'brien@example.com"}),
        ("o%27brien%40example.com", {"o'brien@example.com"}),
        ("a+b+c@example.com", {"a+b+c@example.com"}),
        ("x@b%C3%BCcher.example", {"x@xn--bcher-kva.example"}),
        ("%22O, B%22 %3Cob@example.org%3E", {"ob@example.org"}),
        ("ada@example.org,o'brien@example.com", {"ada@example.org", "o'brien@example.com"}),
    ],
)
async def test_a_mail_reaches_exactly_whom_the_address_names(
    notifier: SandboxedNotifier, mail: MailReceiver, written: str, receivers: set[str]
):
    assert await notifier.check(to(mail, written)) is None
    assert (await notifier.send(to(mail, written), NUDGE)).outcome is Outcome.delivered
    assert {receiver for one in mail.recipients for receiver in one} == receivers


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("a@b@example.com", Refusal.receiver),
        ("ada", Refusal.receiver),
        ("ada@example.org;bob@example.org", Refusal.receiver),
        ("ada@example.org%20bob@example.org", Refusal.receiver),
        ("%C3%A9lise@example.org", Refusal.letters),
        ("ada@example.org&cc=b@c@example.org", Refusal.receiver),
    ],
)
async def test_a_mail_that_would_reach_somebody_else_is_refused_and_never_leaves(
    notifier: SandboxedNotifier, mail: MailReceiver, written: str, why: Refusal
):
    found = await notifier.check(to(mail, written))
    assert found is not None
    assert found.why is why
    result = await notifier.send(to(mail, written), NUDGE)
    assert (result.outcome, result.detail) == (Outcome.refused, str(why))
    assert mail.mails == []


async def test_an_address_against_the_policy_is_refused_without_a_child():
    alone = SandboxedNotifier([], size=1)
    found = await alone.check("syslog://x")
    assert found is not None
    assert found.why is Refusal.never
    assert alone.children == []


@pytest.mark.parametrize(("kind", "given", "_plugin"), GIVEN)
async def test_what_the_form_of_a_service_makes_is_read_as_it_is_written(
    child: Child, kind: str, given: dict[str, str], _plugin: str
):
    assert await refused(child, address_of_form(kind, given)) == ""


@pytest.mark.parametrize("receiver", ["o'brien@example.com", "a+b+c@example.com", "x@bücher.example"])
@pytest.mark.parametrize("user", ["", "ada@example.org", "dé:j/à@?#&%40+ü"])
async def test_what_the_form_for_mail_makes_is_read_as_it_is_written(child: Child, receiver: str, user: str):
    form = TargetForm(
        kind="mail",
        name="Mail",
        mail_to=f"{receiver}, second@example.org",
        mail_from="amends@example.org",
        mail_server="smtp.example.org",
        mail_port=2525,
        mail_user=user,
        mail_passphrase=f"{user}?#/@:&%2B +" if user else "",
    )
    assert await refused(child, form.full_address()) == ""


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tgram://123456789:abcdefg_hijklmno/@channel/x!y", Refusal.receiver),
        ("signals://signal.example.org/+33612345678/+33612345679/12", Refusal.receiver),
        ("mailto://u@smtp.example.org:secret@smtp.example.org?from=a@e.org&to=b@e.org", Refusal.server),
        ("jsons://user:pass@word@example.org/hook", Refusal.server),
        ("mailto://us/er:secret@smtp.example.org?from=a@e.org&to=b@e.org", Refusal.receiver),
    ],
)
async def test_what_a_service_reads_otherwise_than_it_is_written_is_refused(
    child: Child, address: str, why: Refusal
):
    assert await refused(child, address) == why


@pytest.mark.parametrize(
    "address",
    [
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#bakers",
        "slack://xoxb-1234-1234-4ddbc191d40ee098cbaae6f3523ada2d/#general",
        "workflows://prod-15.uksouth.logic.azure.com:443/3a5f/abc",
        "ntfy://late",
        "ntfy://user:pass@example.org:8080/late/later",
        "mmost://example.org/3ccdd113474722377935511fc8?to=room",
        "tgram://123456789:abcdefg_hijklmno/-1001234567:12",
        "json://example.org/a//b/",
        "jsons://u:p%25@example.org/hook/1%2F2?-key=a%26b&-x=1",
        "mailto://user:pass@gmail.com",
        "mailtos://user%40gmail.com:pass@gmail.com",
        "mailto://user:pa%2520ss@example.org",
        "mailto://u:p@127.0.0.1:25/a@example.org/%22Q%22%20%3Cq@example.org%3E?from=a@e.org",
    ],
)
async def test_other_forms_of_these_addresses_are_read_as_they_are_written(child: Child, address: str):
    assert await refused(child, address) == ""


@dataclass
class Misread:
    """A service that understood something else."""

    host: str = "example.org"
    port: int | None = None
    user: str = ""
    password: str = ""
    fullpath: str = "/hook"
    smtp_host: str = "example.org"
    from_addr: tuple[bool, str] = (False, "a@example.org")
    targets: list[tuple[bool, str]] = field(default_factory=lambda: [(False, "b@example.org")])
    cc: set[str] = field(default_factory=set)
    bcc: set[str] = field(default_factory=set)


@pytest.mark.parametrize(
    ("misread", "why"),
    [
        (Misread(), None),
        (Misread(targets=[(False, "eve@example.org")]), Refusal.receiver),
        (Misread(targets=[]), Refusal.receiver),
        (Misread(bcc={"eve@example.org"}), Refusal.receiver),
        (Misread(smtp_host="evil.example"), Refusal.server),
        (Misread(port=26), Refusal.server),
        (Misread(user="other"), Refusal.login),
        (Misread(password="other"), Refusal.login),
    ],
)
def test_every_part_of_a_mail_address_is_compared(misread: Misread, why: Refusal | None):
    port = f":{25}" if misread.port else ""
    found = difference(
        f"mailto://{quote('example.org')}{port}?smtp=example.org&from=a@example.org&to=b@example.org", misread
    )
    assert (found.why if found else None) is why


@pytest.mark.parametrize(
    ("misread", "why"),
    [
        (Misread(), None),
        (Misread(host="evil.example"), Refusal.server),
        (Misread(port=81), Refusal.server),
        (Misread(fullpath="/other"), Refusal.receiver),
        (Misread(user="other"), Refusal.login),
    ],
)
def test_every_part_of_a_webhook_is_compared(misread: Misread, why: Refusal | None):
    port = ":80" if misread.port else ""
    found = difference(f"json://example.org{port}/hook", misread)
    assert (found.why if found else None) is why


def test_every_service_with_a_form_of_its_own_is_compared():
    schemas = {address_of_form(kind, given).partition("://")[0] for kind, given, _plugin in GIVEN}
    assert not {one for one in {"mailto", *schemas} if one.removesuffix("s") not in COMPARED}


READDRESSED = (
    "mailto://127.0.0.1:{port}/?from=amends@example.org&to=team@example.org",
    "mailto://127.0.0.1:{port}?to=a@example.org&cc=b@example.org&BCC=c@example.org&from=amends@example.org",
)


@pytest.mark.parametrize("address", READDRESSED)
async def test_another_mailbox_gets_the_mail_of_a_target_and_its_own_receivers_do_not(
    notifier: SandboxedNotifier, mail: MailReceiver, address: str
):
    other = readdressed(address.format(port=mail.port), "boss+reports@example.net")
    assert await notifier.check(other) is None
    assert (await notifier.send(other, NUDGE)).outcome is Outcome.delivered
    assert mail.recipients == [["boss+reports@example.net"]]


def test_whoever_stands_in_the_path_of_an_address_is_written_to_no_more():
    address = "mailtos://ada:se%2Fcret@mail.example.org/team@example.org/lead@example.org?mode=ssl"
    other = "mailtos://ada:se%2Fcret@mail.example.org?mode=ssl&to=boss%40example.net"
    assert readdressed(address, "boss@example.net") == other


@pytest.mark.parametrize(
    "address",
    [
        "json://example.org/",
        "mailto://ada%40example.org?smtp=mail.example.org",
        "mailto://u/1:a@b@example.org",
        "mailto://us/er:secret@smtp.example.org?from=a@e.org",
    ],
)
def test_what_names_no_mail_server_or_not_clearly_writes_to_nobody_else(address: str):
    assert readdressed(address, "boss@example.net") == ""
