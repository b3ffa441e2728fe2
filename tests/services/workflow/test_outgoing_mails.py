"""Private messages by mail: kept on the case first, sent once they can no longer be undone, told truly."""

import asyncio
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID

import pytest

from amends import tables
from amends.gateways.erased_list import ErasedList
from amends.gateways.evidence_objects import ObjectEvidenceFiles
from amends.gateways.mail_sender import Handed, SmtpServer
from amends.services.capture import mails as kept
from amends.services.case import offered_files, timeline
from amends.services.case.offered_files import CheckedFile
from amends.services.operation.privacy import erasures
from amends.services.team.members import Act, Member
from amends.services.workflow import mails, moves, outgoing_mails
from amends.services.workflow.mail_withdrawals import MailIsUnderway
from amends.services.workflow.outgoing_mails import MailIncomplete, MailNotFailed, NoMailAccount
from amends.services.workflow.undo_snapshots import UndoGone
from tests.mails import DirectReader, mail, returned_mail
from tests.object_storage import bucket_at
from tests.outgoing_mails import FIELDS, Desk, Server, state, write
from tests.world import MONDAY, case_row, lead_to, make_case

NOBODY = "http://127.0.0.1:9"
"""Where nothing answers."""

DAY = timedelta(days=2)
BUSY = Handed(outcome="later", code=451, said="busy")
NO_SUCH_USER = Handed(outcome="refused", code=550, said="no such user")


@pytest.fixture
async def desk(database: str, tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    await desk.set_up()
    return desk


@pytest.fixture
async def number(desk: Desk, bob: Member) -> int:
    number = await make_case(bob)
    await lead_to(number, "contact", by=bob)
    return number


async def told(number: int) -> list[timeline.EntryShown]:
    return await timeline.of_case((await case_row(number))["id"])


async def test_it_is_on_the_case_at_once_and_sent_half_a_minute_later(desk: Desk, bob: Member, number: int):
    sent = await write(bob, number)
    entry = (await told(number))[-1]
    assert (entry.kind, entry.channel) == ("touchpoint", "email")
    assert entry.particulars["text"] == "We bake a new one."
    assert await desk.turn(after=timedelta(seconds=29)) == 0
    assert await desk.turn() == 1
    assert await desk.turn(after=DAY) == 0
    [content] = desk.server.mails
    message = message_from_bytes(content, policy=default)
    assert message["Message-ID"] == (await state(sent))["identity"]
    assert message["To"] == "dana@example.com"
    assert "We bake a new one.\n\n-- \nThe bakers\n" in message.get_content().replace("\r\n", "\n")  # type: ignore[attr-defined]
    assert (await state(sent))["state"] == "sent"
    assert [one.particulars["state"] for one in (await told(number))[-1:]] == ["sent"]
    assert desk.server.servers[0].password == FIELDS.password


async def test_a_message_that_is_a_move_makes_it_and_is_not_sent_once_that_is_undone(
    desk: Desk, bob: Member, number: int
):
    sent = await write(bob, number, move="contact_in_private")
    assert (await case_row(number))["stage"] == "waiting"
    undo = (await state(sent))["undo"]
    await moves.undo(Act(bob, MONDAY + timedelta(seconds=20)), number, undo)  # type: ignore[arg-type]
    assert (await case_row(number))["stage"] == "contact"
    assert await desk.turn(after=DAY) == 0
    assert (await state(sent))["state"] == "withdrawn"


async def test_what_a_server_may_have_can_not_be_undone(desk: Desk, bob: Member, number: int):
    sent = await write(bob, number, move="contact_in_private")
    await desk.turn()
    with pytest.raises(UndoGone, match="handed to the mail server"):
        await moves.undo(Act(bob, MONDAY + timedelta(seconds=30)), number, (await state(sent))["undo"])  # type: ignore[arg-type]
    assert (await case_row(number))["stage"] == "waiting"


async def test_one_that_waits_is_stopped_and_one_that_is_gone_is_not(desk: Desk, bob: Member, number: int):
    waits = await write(bob, number)
    await outgoing_mails.stop(Act(bob, MONDAY), number, waits)
    gone = await write(bob, number)
    assert await desk.turn() == 1
    with pytest.raises(MailIsUnderway):
        await outgoing_mails.stop(Act(bob, MONDAY), number, gone)
    assert [(await state(one))["state"] for one in (waits, gone)] == ["withdrawn", "sent"]


async def test_a_busy_server_is_asked_again_with_the_same_bytes(desk: Desk, bob: Member, number: int):
    desk.server.answers = [BUSY, Handed(outcome="unsure")]
    sent = await write(bob, number)
    await desk.turn()
    row = await state(sent)
    assert (row["state"], row["failure"]) == ("ready", "later")
    await desk.turn(after=timedelta(minutes=2))
    assert await desk.turn(after=timedelta(minutes=10)) == 0, "one that may have arrived is not repeated soon"
    await desk.turn(after=timedelta(minutes=30))
    assert (await state(sent))["state"] == "sent"
    assert len(set(desk.server.mails)) == 1
    assert len(desk.server.mails) == 3


class Silent(Server):
    """A server that accepts the connection and then says nothing, until who asked gives up."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.given_up = asyncio.Event(), asyncio.Event()

    async def send(self, server: SmtpServer, *, sender: str, to: str, content: bytes) -> Handed:
        self.asked.set()
        await self.given_up.wait()
        return Handed(outcome="slow")


async def test_while_a_server_says_nothing_everybody_works_and_the_message_is_tried_again(
    desk: Desk, bob: Member, number: int
):
    answering, silent = desk.server, Silent()
    desk.server = silent
    sent = await write(bob, number)
    turn = asyncio.create_task(desk.turn())
    await silent.asked.wait()
    assert await make_case(bob) != number
    assert not turn.done()
    silent.given_up.set()
    await turn
    assert (await state(sent))["state"] == "ready"
    desk.server = answering
    await desk.turn(after=timedelta(minutes=10))
    assert (await state(sent))["state"] == "sent"


async def test_one_that_is_refused_for_good_is_told_on_the_case_and_to_its_writer_until_someone_acts(
    desk: Desk, alice: Member, bob: Member, number: int
):
    desk.server.answers = [NO_SUCH_USER]
    sent = await write(bob, number)
    await desk.turn()
    said = (await told(number))[-1].particulars
    assert (said["state"], said["failure"]) == ("failed", "refused")
    assert (said["code"], said["said"]) == (550, "no such user")
    assert [one.number for one in await outgoing_mails.undelivered(bob)] == [number]
    assert await desk.turn(after=DAY) == 0
    await outgoing_mails.send_again(Act(bob, MONDAY + DAY), number, sent)
    await desk.turn(after=DAY)
    assert (await state(sent))["state"] == "sent"
    assert await outgoing_mails.undelivered(bob) == []
    with pytest.raises(MailNotFailed):
        await outgoing_mails.send_again(Act(bob, MONDAY), number, sent)


async def test_whoever_dealt_with_it_is_no_longer_told(desk: Desk, bob: Member, number: int):
    desk.server.answers = [NO_SUCH_USER]
    await write(bob, number)
    await desk.turn()
    await outgoing_mails.note(Act(bob, MONDAY), number)
    assert await outgoing_mails.undelivered(bob) == []


async def test_after_nine_tries_it_is_given_up(desk: Desk, bob: Member, number: int):
    desk.server.answers = [BUSY] * 20
    sent = await write(bob, number)
    for hours in range(72):
        await desk.turn(after=timedelta(hours=hours, minutes=1))
    assert ((await state(sent))["state"], len(desk.server.mails)) == ("failed", 9)


async def test_admins_are_told_of_a_failing_account_and_not_of_one_mail(desk: Desk, bob: Member, number: int):
    desk.server.answers = [NO_SUCH_USER] * 3
    for _one in range(3):
        await write(bob, number)
    await desk.turn()
    assert not await outgoing_mails.is_in_trouble()
    desk.server.answers = [Handed(outcome="login")] * 3
    for _one in range(3):
        await write(bob, number)
    await desk.turn()
    assert await outgoing_mails.is_in_trouble()
    await desk.turn(after=DAY)
    assert not await outgoing_mails.is_in_trouble()


async def test_without_an_account_nothing_is_sent_and_what_waits_is_told(
    desk: Desk, bob: Member, number: int
):
    sent = await write(bob, number)
    root = Act((await admin()), MONDAY)
    await outgoing_mails.remove(root)
    await desk.turn()
    row = await state(sent)
    assert (row["state"], row["failure"]) == ("failed", "account")
    with pytest.raises(NoMailAccount):
        await write(bob, number)


async def admin() -> Member:
    from amends.services.team import members

    return next(one for one in await members.everyone() if one.role == "admin")


async def test_files_of_the_case_and_new_ones_go_along_as_they_came(desk: Desk, bob: Member, number: int):
    file = CheckedFile(name="recipe.txt", media_type="text/plain", content="Mehl – 500 g".encode())
    first = await outgoing_mails.send(
        Act(bob, MONDAY),
        number,
        outgoing_mails.MailFields(to="dana@example.com", subject="One", text="With a file."),
        await offered_files.offer([file], desk.files, now=MONDAY),
    )
    [row] = await tables.Attachment.select()
    await write(bob, number, files=[row["id"]])
    await desk.turn()
    for content in desk.server.mails:
        [part] = message_from_bytes(content, policy=default).iter_attachments()  # type: ignore[attr-defined]
        assert (part.get_filename(), part.get_payload(decode=True)) == ("recipe.txt", file.content)
    assert (await state(first))["state"] == "sent"


async def write_with_file(desk: Desk, by: Member, number: int) -> UUID:
    file = CheckedFile(name="recipe.txt", media_type="text/plain", content=b"flour")
    fields = outgoing_mails.MailFields(to="dana@example.com", subject="One", text="With a file.")
    return await outgoing_mails.send(
        Act(by, MONDAY), number, fields, await offered_files.offer([file], desk.files, now=MONDAY)
    )


async def test_a_file_that_was_removed_meanwhile_stops_the_message(desk: Desk, bob: Member, number: int):
    sent = await write_with_file(desk, bob, number)
    await tables.Attachment.update({tables.Attachment.removed_at: MONDAY}).where(tables.Attachment.size > 0)
    await desk.turn()
    assert ((await state(sent))["failure"], desk.server.mails) == ("file", [])


async def test_a_file_that_was_altered_meanwhile_stops_the_message(desk: Desk, bob: Member, number: int):
    sent = await write_with_file(desk, bob, number)
    [row] = await tables.Attachment.select()
    digest = row["sha256"]
    kept_at = desk.folder / digest[:2] / digest
    kept_at.chmod(0o600)
    kept_at.write_bytes(b"salt")
    await desk.turn()
    assert ((await state(sent))["failure"], desk.server.mails) == ("file", [])


async def test_a_message_waits_while_the_storage_of_its_files_is_away(desk: Desk, bob: Member, number: int):
    sent = await write_with_file(desk, bob, number)
    there, desk.files = desk.files, ObjectEvidenceFiles(bucket_at(NOBODY, made=False))
    await desk.turn()
    kept = await state(sent)
    assert (kept["state"], kept["failure"], desk.server.mails) == ("ready", "storage", [])
    desk.files = there
    await desk.turn(after=timedelta(hours=1))
    assert (await state(sent))["state"] == "sent"


async def test_a_message_to_somebody_who_is_erased_is_never_sent(
    desk: Desk, bob: Member, number: int, tmp_path: Path
):
    await write(bob, number)
    given = {"name": "Dana", "secrets": desk.secrets, "erased_list": ErasedList(tmp_path)}
    author = (await case_row(number))["author"]
    await erasures.erase(Act(await admin(), MONDAY), author, **given)  # type: ignore[arg-type]
    await desk.turn()
    assert (await tables.OutgoingMail.count(), desk.server.mails) == (0, [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("to", "dana"),
        ("to", "a@b.example, c@d.example"),
        ("to", "dána@x.example"),
        ("subject", " "),
        ("text", ""),
    ],
)
async def test_what_is_missing_or_wrong_is_said_beside_its_field(
    desk: Desk, bob: Member, number: int, field: str, value: str
):
    with pytest.raises(MailIncomplete) as refused:
        await write(bob, number, **{field: value})
    assert list(refused.value.fields) == [field]
    assert await tables.OutgoingMail.count() == 0


async def test_the_answer_of_the_customer_comes_back_onto_the_case_and_the_next_message_answers_it(
    desk: Desk, bob: Member, number: int
):
    sent = await write(bob, number, move="contact_in_private")
    await desk.turn()
    identity = str((await state(sent))["identity"])
    answer = mail("Thank you!", From="someone@elsewhere.example", In_Reply_To=identity, Message_ID="<a@else>")
    now = MONDAY + timedelta(hours=1)
    await kept.keep(answer, reader=DirectReader(), files=desk.files, now=now)
    await mails.sort_new(DirectReader(), desk.files, desk.secrets, now=now)
    assert (await case_row(number))["stage"] == "working"
    assert (await told(number))[-1].particulars["text"] == "Thank you!"
    await write(bob, number, now=now)
    await desk.turn(after=timedelta(hours=2))
    message = message_from_bytes(desk.server.mails[-1], policy=default)
    assert (message["In-Reply-To"], message["References"]) == ("<a@else>", f"{identity} <a@else>")


async def test_two_workers_send_each_message_once(desk: Desk, bob: Member, number: int):
    import asyncio

    for _one in range(4):
        await write(bob, number)
    await asyncio.gather(*(desk.turn() for _worker in range(3)))
    assert len(desk.server.mails) == 4


async def test_a_message_that_comes_back_says_why_and_is_no_answer(desk: Desk, bob: Member, number: int):
    sent = await write(bob, number, move="contact_in_private")
    await desk.turn()
    now = MONDAY + timedelta(hours=1)
    for _twice in range(2):
        content = returned_mail(str((await state(sent))["identity"]))
        await kept.keep(content, reader=DirectReader(), files=desk.files, now=now)
        await mails.sort_new(DirectReader(), desk.files, desk.secrets, now=now)
    case = await case_row(number)
    assert (case["stage"], case["came_back_at"]) == ("waiting", None)
    said = [one.particulars for one in await told(number) if one.particulars.get("state") == "returned"]
    assert [(one["code"], one["said"]) for one in said] == [
        ("5.1.1", "550 5.1.1 <gone@example.com>: no such user")
    ]
    assert len(said[0]["files"]) == 1
    assert [one.state for one in await outgoing_mails.undelivered(bob)] == ["returned"]
    assert {row["reason"] for row in await tables.Mail.select()} == {"returned"}


async def test_whoever_sends_such_notices_is_not_taken_for_the_customer(desk: Desk, bob: Member, number: int):
    sent = await write(bob, number)
    await desk.turn()
    identity = str((await state(sent))["identity"])
    for content in (returned_mail(identity), mail("Hello", From="MAILER-DAEMON@mx.example")):
        await kept.keep(content, reader=DirectReader(), files=desk.files, now=MONDAY)
        await mails.sort_new(DirectReader(), desk.files, desk.secrets, now=MONDAY)
    waiting = [row["state"] for row in await tables.Mail.select() if row["reason"] != "returned"]
    assert waiting == ["waiting"]


async def test_a_notice_about_a_message_that_nobody_sent_is_set_aside(desk: Desk, bob: Member, number: int):
    await kept.keep(returned_mail("<made@up>"), reader=DirectReader(), files=desk.files, now=MONDAY)
    await mails.sort_new(DirectReader(), desk.files, desk.secrets, now=MONDAY)
    assert [row["state"] for row in await tables.Mail.select()] == ["aside"]
