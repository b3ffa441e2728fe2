"""Sorting of new mails by the worker: what the rules decide about each, once."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from amends.database import DatabaseIsAway, each_apart, run, transaction
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsMissing, EvidenceStoreIsAway
from amends.gateways.mail_reader import MailReader
from amends.gateways.secrets import Secrets
from amends.rules.capture.mail_decisions import MailDecision, MailEnd, decide
from amends.rules.capture.mail_messages import Mail
from amends.services.capture import mails
from amends.services.workflow.mails import placing, returns
from amends.services.workflow.mails.knowledge import known_of
from amends.services.workflow.mails.placing import Files

AT_ONCE = 20
TRIED_FOR = timedelta(hours=1)
"""So long one that cannot be sorted is tried again; then it waits for a member, and holds up no other one."""
KEEPS_FILES = (MailEnd.ADDED, MailEnd.RETURNED)
"""What puts the files of a mail onto a case: they are written before, and those of no other mail."""
NEW = "SELECT id, sha256, came_at FROM mail WHERE state = 'new' ORDER BY came_at LIMIT :most"
SETTLED = """
UPDATE mail SET state = :state, reason = :reason, settled_at = :now,
suggested = (SELECT id FROM case_file WHERE number = :suggested)
WHERE id = :mail AND state = 'new' RETURNING id
"""
WAITS = """
UPDATE mail SET state = 'waiting', reason = :reason,
suggested = (SELECT id FROM case_file WHERE number = :suggested)
WHERE id = :mail AND state = 'new'
"""


class NewMail(msgspec.Struct, frozen=True, kw_only=True):
    """A mail that nobody has decided about."""

    id: UUID
    sha256: str
    came_at: datetime


async def sort_new(reader: MailReader, files: EvidenceFiles, secrets: Secrets, *, now: datetime) -> bool:
    """Decides about the mails that came first, each in its own transaction; whether there were any.

    One that cannot be sorted stops no other one; what it raised is raised at the end.
    """

    async def sort(row: NewMail) -> int:
        try:
            await sort_one(row)
        except (DatabaseIsAway, EvidenceStoreIsAway):
            raise
        except Exception:
            if now - row.came_at > TRIED_FOR:
                await run(WAITS, mail=row.id, reason="unreadable", suggested=None)
            raise
        return 1

    async def sort_one(row: NewMail) -> None:
        content = await _content(row, files)
        mail = await reader.read(content) if content is not None else None
        if content is None or mail is None:
            await run(WAITS, mail=row.id, reason="unreadable", suggested=None)
            return
        attached = None
        if (await _decided(mail, secrets, now=now)).end in KEEPS_FILES:
            attached = await placing.offered(mail, content, files, now=now)
        async with transaction():
            await _carry_out(row.id, mail, attached, secrets, now=now)

    rows = [msgspec.convert(dict(row), NewMail, strict=False) for row in await run(NEW, most=AT_ONCE)]
    return bool(await each_apart(rows, sort))


async def _content(row: NewMail, files: EvidenceFiles) -> bytes | None:
    """The bytes of a mail; None where they are lost, as after a restore without files."""
    try:
        return await files.fetch(row.sha256)
    except EvidenceIsMissing:
        return None


async def _decided(mail: Mail, secrets: Secrets, *, now: datetime) -> MailDecision:
    source = await mails.source_of(mail, now=now)
    return decide(mail, await known_of(mail, secrets=secrets, alert=source is not None, now=now))


async def _carry_out(
    mail_id: UUID, mail: Mail, attached: Files | None, secrets: Secrets, *, now: datetime
) -> None:
    """Step: what is decided about a mail, unless another worker was quicker.

    One that goes onto a case only since a moment ago stays new: its files are written at the next turn.
    """
    source, decision = await mails.source_of(mail, now=now), await _decided(mail, secrets, now=now)
    if decision.end in KEEPS_FILES and attached is None:
        return
    if decision.end is MailEnd.PROPOSED and source and await _settle(mail_id, "proposed", "", now=now):
        if not await mails.propose(source, mail, now=now):
            await run("UPDATE mail SET state = 'waiting', settled_at = NULL WHERE id = :mail", mail=mail_id)
    elif decision.end is MailEnd.ADDED and decision.case is not None and attached:
        await placing.add(mail_id, mail, decision.case, attached, now=now)
    elif decision.end is MailEnd.RETURNED and decision.case is not None and mail.returned and attached:
        await returns.add(mail_id, mail.returned, decision.case, attached, now=now)
    elif decision.end in (MailEnd.OURS, MailEnd.REPEATED, MailEnd.AUTOMATIC):
        reason = mail.automatic if decision.end is MailEnd.AUTOMATIC else decision.end.value
        await _settle(mail_id, "aside", reason, suggested=decision.case, now=now)
    else:
        await run(WAITS, mail=mail_id, reason=_why(decision), suggested=decision.case)


def _why(decision: MailDecision) -> str:
    return "unknown" if decision.case is None else "unsure"


async def _settle(
    mail_id: UUID, state: str, reason: str, *, now: datetime, suggested: int | None = None
) -> bool:
    return bool(await run(SETTLED, mail=mail_id, state=state, reason=reason, suggested=suggested, now=now))
