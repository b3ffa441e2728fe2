"""The mailbox: tried before it is kept, fetched by one worker, stored before it is marked, patient."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from amends import tables
from amends.gateways.evidence_files import FolderEvidenceFiles
from amends.gateways.mailboxes import Fetched, FetchedMail, SandboxedMailboxReader, Visit
from amends.gateways.secrets import Secrets, new_key
from amends.services.operation import mailboxes, sealing
from amends.services.operation.mailboxes import MailboxFields, MailboxRefused, MailboxWrong
from amends.services.team.members import Act, Member, OnlyAdminsMay
from tests.dovecot import PASSWORD, USER, Mailbox, dovecot, skip_without_dovecot
from tests.mails import DirectReader, mail
from tests.world import MONDAY, make_member

HOUR = timedelta(hours=1)


class Answers:
    """A server that gives one answer after another, and keeps what it was asked."""

    def __init__(self, *answers: Fetched) -> None:
        self.answers, self.asked = list(answers), list[Visit]()

    async def fetch(self, visit: Visit) -> Fetched:
        self.asked.append(visit)
        return self.answers.pop(0)

    async def look(self, visit: Visit) -> Fetched:
        return await self.fetch(visit)


class Desk:
    """An installation with a mailbox."""

    def __init__(self, admin: Member, folder: Path) -> None:
        self.admin, self.files, self.secrets = admin, FolderEvidenceFiles(folder), Secrets([new_key()])

    async def set_up(self, reader: object, *, port: int = 993, **fields: str) -> None:
        given = {"host": "imap.example.org", "user": USER, "password": PASSWORD, "folder": "INBOX"} | fields
        typed, act = MailboxFields(port=port, **given), Act(self.admin, MONDAY)
        looked = await mailboxes.attempt(act, typed, reader, self.secrets)  # type: ignore[arg-type]
        await mailboxes.save(act, typed, looked, self.secrets)

    async def fetch(self, reader: object, *, minutes: int = 0) -> bool:
        now = MONDAY + timedelta(minutes=minutes)
        return await mailboxes.fetch_due(reader, DirectReader(), self.files, self.secrets, now=now)  # type: ignore[arg-type]


@pytest.fixture
async def desk(database: str, tmp_path: Path) -> Desk:
    return Desk(await make_member("root", role="admin"), tmp_path)


def fetched(*numbers: int, validity: int = 7, more: bool = False) -> Fetched:
    mails = tuple(
        FetchedMail(uid=uid, size=1, is_whole=True, content=mail(f"Number {uid}", Message_ID=f"<{uid}@x>"))
        for uid in numbers
    )
    return Fetched(
        outcome="fetched", validity=validity, next=max(numbers, default=4) + 1, mails=mails, more=more
    )


READY = Fetched(outcome="fetched", validity=7, next=5, messages=4)


async def kept() -> list[str]:
    return sorted(row["words"] for row in await tables.Mail.select(tables.Mail.words))


async def test_mails_after_the_set_up_are_taken_and_marked_a_visit_later(desk: Desk):
    server = Answers(READY, fetched(5, 6), fetched(), fetched())
    await desk.set_up(server)
    assert not await desk.fetch(server)
    assert await kept() == ["Number 5", "Number 6"]
    await desk.fetch(server, minutes=2)
    assert [(one.last, one.marked) for one in server.asked[1:]] == [(4, 4), (6, 4)]
    await desk.fetch(server, minutes=4)
    assert (server.asked[-1].last, server.asked[-1].marked) == (6, 6)
    assert server.asked[-1].password == PASSWORD


async def test_what_is_left_is_fetched_at_once(desk: Desk):
    server = Answers(READY, fetched(5, more=True), fetched(6))
    await desk.set_up(server)
    assert await desk.fetch(server)
    assert not await desk.fetch(server)
    assert await kept() == ["Number 5", "Number 6"]


async def test_a_mailbox_that_was_made_anew_doubles_nothing(desk: Desk):
    server = Answers(READY, fetched(5, 6), fetched(1, 2, validity=8))
    await desk.set_up(server)
    await desk.fetch(server)
    server.answers[0] = msgspec_with(fetched(5, 6, validity=8), server.answers[0])
    await desk.fetch(server, minutes=2)
    assert await kept() == ["Number 5", "Number 6"]
    found = await mailboxes.find()
    assert (found.validity, found.last) == (8, 2)


def msgspec_with(same: Fetched, other: Fetched) -> Fetched:
    """The mails of one answer under the numbers of the other."""
    mails = tuple(
        FetchedMail(uid=new.uid, size=1, is_whole=True, content=old.content)
        for old, new in zip(same.mails, other.mails, strict=True)
    )
    return Fetched(outcome="fetched", validity=8, next=3, mails=mails)


async def test_each_failure_makes_the_pause_longer_and_admins_are_told_after_three(desk: Desk):
    server = Answers(READY, *[Fetched(outcome="unreachable")] * 3, fetched())
    await desk.set_up(server)
    for minutes, trouble in ((0, False), (3, False), (8, True)):
        await desk.fetch(server, minutes=minutes)
        assert await mailboxes.is_in_trouble() is trouble
    assert not await desk.fetch(server, minutes=9)
    assert len(server.asked) == 4
    await desk.fetch(server, minutes=60)
    found = await mailboxes.find()
    assert (found.failures, found.failure) == (0, "")


async def test_a_mailbox_that_cannot_be_read_is_not_kept(desk: Desk):
    with pytest.raises(MailboxRefused, match="refuses this user"):
        await desk.set_up(Answers(Fetched(outcome="login")))
    assert await mailboxes.find() is None


async def test_the_password_stays_for_the_same_server_and_goes_to_no_other(desk: Desk):
    await desk.set_up(Answers(READY))
    server = Answers(READY)
    await desk.set_up(server, password="", folder="Cases")
    assert server.asked[0].password == PASSWORD
    with pytest.raises(MailboxWrong) as refused:
        await desk.set_up(Answers(READY), password="", host="evil.example")
    assert set(refused.value.fields) == {"password"}
    [row] = await tables.Mailbox.select()
    assert PASSWORD not in str(row)
    [kind] = [one for one in await sealing.rotate(desk.secrets) if one.kind == "passwords of mailboxes"]
    assert (kind.opened, kind.unreadable) == (1, 0)


async def test_wrong_fields_are_named_and_only_admins_set_it_up(desk: Desk, alice: Member):
    with pytest.raises(MailboxWrong) as refused:
        await desk.set_up(Answers(), host="", user="", folder="a\nb", port=0)
    assert set(refused.value.fields) == {"host", "port", "user", "folder"}
    desk.admin = alice
    with pytest.raises(OnlyAdminsMay):
        await desk.set_up(Answers(READY))


async def test_a_key_that_is_lost_is_said_and_nobody_is_asked(desk: Desk):
    await desk.set_up(Answers(READY))
    desk.secrets = Secrets([new_key()])
    server = Answers()
    await desk.fetch(server)
    found = await mailboxes.find()
    assert (found.failure, server.asked) == ("sealed", [])


async def test_whoever_lost_the_lease_stores_nothing(desk: Desk):
    await desk.set_up(Answers(READY))

    class Slow(Answers):
        async def fetch(self, visit: Visit) -> Fetched:
            await tables.Mailbox.update({tables.Mailbox.next_at: MONDAY + HOUR}).where(
                tables.Mailbox.last == 4
            )
            return fetched(5)

    await desk.fetch(Slow())
    assert await kept() == []


@pytest.fixture(scope="module")
def real() -> Iterator[Mailbox]:
    skip_without_dovecot()
    with dovecot() as running:
        yield running


async def test_two_workers_take_each_mail_of_a_real_mailbox_once(desk: Desk, real: Mailbox):
    reader = SandboxedMailboxReader([f"127.0.0.1:{real.plain}"])
    await desk.set_up(reader, host="127.0.0.1", port=real.plain)
    before = real.seen()
    mark = uuid4().hex
    real.deliver(*(mail(f"{mark} {one}") for one in range(5)))
    await asyncio.gather(desk.fetch(reader), desk.fetch(reader))
    assert [one for one in await kept() if mark in one] == [f"{mark} {one}" for one in range(5)]
    assert real.seen() == before
    await desk.fetch(reader, minutes=2)
    assert real.seen() == before + 5
    real.make_anew()
    await desk.fetch(reader, minutes=4)
    assert len([one for one in await kept() if mark in one]) == 5
