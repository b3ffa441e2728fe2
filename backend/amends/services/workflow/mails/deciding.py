"""Decisions of members about mails that wait: onto a case, or a case of its own."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.mail_reader import MailReader
from amends.i18n import gettext as _
from amends.rules.capture.mail_messages import Mail
from amends.rules.person.customer_links import HEARD
from amends.rules.vocabulary import Channel, EntryKind, Stage
from amends.rules.workflow.move_input import MoveInput
from amends.rules.workflow.moves import BY_NAME, refusal
from amends.services.capture import captures, mails, written_captures
from amends.services.capture.captures import Received
from amends.services.capture.written_captures import Written
from amends.services.case import timeline
from amends.services.case.access import facts_of, mover_of, take_to_write
from amends.services.team.members import Act
from amends.services.workflow import moves
from amends.services.workflow.case_commands import wake_for_reply
from amends.services.workflow.mails import placing
from amends.services.workflow.mails.placing import Files

PLATFORM = "email"
"""Under which a case is kept that began with a mail."""


class MailUnreadable(Conflict):
    """This mail cannot be read."""


class MailToPlace:
    """A mail with its files, read before a transaction begins."""

    def __init__(self, mail_id: UUID, mail: Mail, files: Files) -> None:
        self.id, self.mail, self.files = mail_id, mail, files


async def read(mail_id: UUID, reader: MailReader, store: EvidenceFiles, *, now: datetime) -> MailToPlace:
    """The mail as it may be put on a case. Slow. Raises MailUnknown, MailUnreadable."""
    content = await mails.content_of(await mails.find(mail_id), store)
    mail = await reader.read(content)
    if mail is None:
        raise MailUnreadable(_("This mail cannot be read here. Save it as a file and attach it to the case."))
    return MailToPlace(mail_id, mail, await placing.offered(mail, content, store, now=now))


async def put_on_case(act: Act, given: MailToPlace, number: int) -> None:
    """It is the customer's message, and moves the case as if it had been recorded by hand.

    Where that move is refused now, it is something that they said.
    Raises CaseUnknown, CaseErased, MailSettled.
    """
    async with transaction():
        case = await take_to_write(number, by=act.by)
        if not await run(placing.ADDED, mail=given.id, case_id=case.id, by=act.by.id, now=act.now):
            raise mails.settled()
        told = await placing.told(act.by, case, given.mail, given.files, now=act.now)
        await _hear(act, case, given.mail.words[: placing.LONGEST_WORDS], told)


async def _hear(act: Act, case: tables.Case, words: str, told: dict[str, Any]) -> None:
    """Step: the move that it is, else a touchpoint; an owner who did not do it is to see that it came."""
    facts, mover = await facts_of(case), await mover_of(act.by, now=act.now)
    name = HEARD.get(Stage(case.stage))
    if name and not refusal(BY_NAME[name], facts, by=mover, now=act.now, channel=Channel.EMAIL):
        given = MoveInput(text=words, channel=Channel.EMAIL)
        await moves.step(act, case, BY_NAME[name], facts, given, told=told)
        return
    if case.owner != act.by.id:
        row = tables.Case
        await row.update({row.came_back_at: act.now}).where(row.id == case.id)
    await timeline.record(
        case.id,
        EntryKind.TOUCHPOINT,
        by=act.by,
        now=act.now,
        channel=Channel.EMAIL,
        direction="in",
        text=words,
        **told,
    )
    await wake_for_reply(case, now=act.now)


OPENED = """
UPDATE mail SET state = 'added', reason = '', suggested = NULL, settled_at = :now, settled_by = :by,
"case" = (SELECT id FROM case_file WHERE number = :number)
WHERE id = :mail AND state = 'waiting' RETURNING id
"""


async def open_case(act: Act, given: MailToPlace) -> Received:
    """A case of its own; pressed twice it is the same case.

    Raises MailUnknown, MailSettled, PostIncomplete.
    """
    shown, mail = await mails.find(given.id), given.mail
    if shown.state == "aside" or (shown.state == "added" and shown.case is None):
        raise mails.settled()
    written = Written(
        text=mail.words or mail.subject,
        title=mail.subject[:200],
        author=mail.name or mail.sender,
        handle=mail.sender,
        platform=PLATFORM,
    )
    incoming = written_captures.as_capture(written, reader="mail", now=shown.came_at)
    received = await captures.receive(act, uuid5(given.id, PLATFORM), incoming)
    await _keep_files(act, given, received.case.number)
    return received


async def _keep_files(act: Act, given: MailToPlace, number: int) -> None:
    async with transaction():
        case = await take_to_write(number, by=act.by)
        if await run(OPENED, mail=given.id, number=number, by=act.by.id, now=act.now):
            told = await placing.told(act.by, case, given.mail, given.files, now=act.now)
            kept = {name: told[name] for name in ("files", "left_out")}
            await timeline.record(case.id, EntryKind.FILES_ADDED, by=act.by, now=act.now, **kept)
