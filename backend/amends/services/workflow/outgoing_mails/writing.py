"""Sending of a private message from its case: an entry, its move, and a row for the worker, at once."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Conflict, Invalid
from amends.i18n import gettext as _
from amends.rules.case.attachments import MEGABYTE
from amends.rules.case.texts import clean_name, typed_text
from amends.rules.vocabulary import Channel, EntryKind
from amends.rules.workflow import outgoing_mails as rules
from amends.rules.workflow.move_input import TEXT_LIMIT, MoveInput
from amends.rules.workflow.moves import BY_NAME, OUTWARD
from amends.services.case import attachments, timeline, undelivered
from amends.services.case.access import facts_of, take_to_write
from amends.services.case.offered_files import Attached
from amends.services.desk.cases.files import files_of
from amends.services.team.members import Act
from amends.services.workflow import mail_withdrawals, moves
from amends.services.workflow.moves import MoveUnknown
from amends.services.workflow.outgoing_mails import account
from amends.services.workflow.outgoing_mails.account import MailAccount
from amends.services.workflow.undo_snapshots import UNDO_FOR

LONGEST_SUBJECT = 300
MOST_BYTES = 15 * MEGABYTE
"""Of the files of one mail: many servers take no more than 20 or 25 MB, of which encoding needs a third."""
HERE = "m.\"case\" = :case_id AND m.identity <> ''"
BEFORE = f"""
SELECT identity FROM (
    SELECT m.identity, m.came_at AS at FROM mail AS m WHERE {HERE}
    UNION ALL
    SELECT m.identity, m.made_at FROM outgoing_mail AS m WHERE {HERE} AND m.state IN ('sent', 'returned')
) AS known ORDER BY at DESC LIMIT {rules.MOST_REFERENCES}
"""
ENTRY = """
SELECT MAX(position) AS position FROM entry
WHERE "case" = :case_id AND kind IN ('moved', 'reopened', 'touchpoint')
"""
AGAIN = """
UPDATE outgoing_mail SET state = 'ready', run_at = :now, attempts = 0, failure = '', settled_at = NULL,
undo = NULL WHERE id = :mail AND "case" = :case_id AND state = 'failed' RETURNING id
"""


class NoMailAccount(Conflict):
    "No mail can be sent: no account is set up."


class MailIncomplete(Invalid):
    """Something about this message is missing or wrong."""


class MailNotFailed(Conflict):
    "This message is not waiting to be sent again."


class MailFields(msgspec.Struct, frozen=True, kw_only=True):
    """What a member writes. `move` is the move that the message is; without one it is an exchange.

    `files` are those of the case that go with it.
    """

    to: str
    subject: str
    text: str
    move: str = ""
    version: int | None = None
    files: Sequence[UUID] = ()


async def send(act: Act, number: int, fields: MailFields, attached: Attached | None = None) -> UUID:
    """Writes the message down, and leaves it to the worker once it can no longer be undone: its id.

    What is `attached` is kept on the case and goes with it. Raises CaseUnknown, CaseChanged, CaseErased,
    NoMailAccount, MailIncomplete, MoveUnknown, MoveRefused, FileRefused.
    """
    to, subject, text = _checked(fields)
    async with transaction():
        case = await take_to_write(number, by=act.by, version=fields.version if fields.move else None)
        by = await account.find()
        if by is None:
            raise NoMailAccount(_("No account for outgoing mail is set up. Write in your own mail program."))
        mail = uuid4()
        kept = await attachments.attach(act, case.id, attached) or []
        told = {
            "mail": str(mail),
            "to": to,
            "subject": subject,
            "signature": by.signature or None,
            "files": kept or None,
            "sent_files": [*kept, *await _chosen(case.id, fields.files, kept)] or None,
        }
        undo_id = await _record(act, case, fields.move, text, told)
        await undelivered.dealt_with(case.id, now=act.now)
        await _keep(act, mail, case.id, by, undo_id)
    return mail


async def _record(act: Act, case: tables.Case, name: str, text: str, told: dict[str, Any]) -> UUID | None:
    """Step: the move that the message is, else an exchange; the way back of the move."""
    if not name:
        said = {"direction": "out", "text": text, **told}
        kind = EntryKind.TOUCHPOINT
        await timeline.record(case.id, kind, by=act.by, now=act.now, channel=Channel.EMAIL, **said)
        return None
    if name not in OUTWARD:
        raise MoveUnknown(_("Unknown action “%(name)s”.") % {"name": name[:40]})
    given = MoveInput(text=text, channel=Channel.EMAIL)
    return await moves.step(act, case, BY_NAME[name], await facts_of(case), given, told=told)


async def _keep(act: Act, mail: UUID, case_id: UUID, by: MailAccount, undo_id: UUID | None) -> None:
    """Step: the row, which is ready when the time for undoing is over."""
    before = [str(row["identity"]) for row in await run(BEFORE, case_id=case_id)]
    await add(
        tables.OutgoingMail,
        id=mail,
        case=case_id,
        position=(await run(ENTRY, case_id=case_id))[0]["position"],
        identity=rules.identity_of(mail, by.sender),
        answers=" ".join(reversed(before)),
        state="ready",
        run_at=act.now + UNDO_FOR,
        undo=undo_id,
        made_by=act.by.id,
        made_at=act.now,
    )


async def _chosen(
    case_id: UUID, wanted: Sequence[UUID], kept: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Step: files of the case that were ticked. Raises MailIncomplete where they are too many bytes."""
    known = {one.id: one for one in await files_of(case_id)} if wanted else {}
    gone = [one for one in wanted if one not in known]
    if gone:
        raise MailIncomplete(fields={"send": _("One of these files was removed. Choose again.")})
    chosen = [known[one] for one in dict.fromkeys(wanted)]
    if sum(one.size for one in chosen) + sum(int(one["size"]) for one in kept) > MOST_BYTES:
        raise MailIncomplete(
            fields={"send": _("Together these files are too large for a mail: at most 15 MB.")}
        )
    return [
        {"id": str(one.id), "name": one.name, "sha256": one.sha256, "media_type": one.media_type}
        for one in chosen
    ]


def _checked(fields: MailFields) -> tuple[str, str, str]:
    """Receiver, subject and words. Raises MailIncomplete with a sentence for each field."""
    to, subject = account.address(fields.to), clean_name(fields.subject)[:LONGEST_SUBJECT]
    text = typed_text(fields.text, limit=TEXT_LIMIT, field="text")
    wrong = {}
    if to is None:
        wrong["to"] = _("Enter one mail address, such as dana@example.com.")
    if not subject:
        wrong["subject"] = _("Enter a subject.")
    if not text:
        wrong["text"] = _("Write the message first.")
    if wrong:
        raise MailIncomplete(fields=wrong)
    return to or "", subject, text


async def stop(act: Act, number: int, mail: UUID) -> None:
    """A message that waits is not sent; what was moved by it stays. Raises CaseUnknown, MailIsUnderway."""
    async with transaction():
        case = await take_to_write(number, by=act.by)
        await mail_withdrawals.stop(mail, case.id, now=act.now)
        told: dict[str, Any] = {"mail": str(mail), "state": "withdrawn"}
        await timeline.record(case.id, EntryKind.MAIL_SETTLED, by=act.by, now=act.now, **told)


async def send_again(act: Act, number: int, mail: UUID) -> None:
    """One that was not sent is tried anew, with the same Message-ID. Raises CaseUnknown, MailNotFailed."""
    async with transaction():
        case = await take_to_write(number, by=act.by)
        if not await run(AGAIN, mail=mail, case_id=case.id, now=act.now):
            raise MailNotFailed(_("This message was dealt with in the meantime. Look at the case again."))
        told: dict[str, Any] = {"mail": str(mail), "state": "ready"}
        await timeline.record(case.id, EntryKind.MAIL_SETTLED, by=act.by, now=act.now, **told)


async def note(act: Act, number: int) -> None:
    """Someone has seen that messages of a case did not arrive, and wrote elsewhere. Raises CaseUnknown."""
    async with transaction():
        case = await take_to_write(number, by=act.by)
        await undelivered.dealt_with(case.id, now=act.now)
