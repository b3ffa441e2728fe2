"""Placing of a mail on a case: an entry in its conversation, its files, and the move that it is."""

import re
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import run
from amends.gateways.evidence_files import EvidenceFiles
from amends.rules.capture.mail_messages import Mail
from amends.rules.case.attachments import LIMITS
from amends.rules.vocabulary import Channel, Stage
from amends.services.case import attachments, offered_files
from amends.services.case.access import take
from amends.services.case.attachments import GivenFile
from amends.services.case.offered_files import Attached, OfferedFile
from amends.services.team.members import Member
from amends.services.workflow import customers

LONGEST_WORDS = 20_000
NO_NAME = re.compile(r"[/\\\\<>:\"|?*]+")
"""What stands in no name of a file."""
ADDED = """
UPDATE mail SET state = 'added', reason = '', "case" = :case_id, suggested = NULL, settled_at = :now,
settled_by = :by WHERE id = :mail AND state IN ('new', 'waiting') RETURNING id
"""


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """The files of a mail that may be kept on a case, the mail itself first; names of those that may not."""

    files: tuple[OfferedFile, ...]
    refused: tuple[str, ...]


async def offered(mail: Mail, content: bytes, store: EvidenceFiles, *, now: datetime) -> Files:
    """The files that may be kept, as far as one form could send them, written. Never inside a transaction.

    Raises EvidenceStoreIsAway.
    """
    called = NO_NAME.sub("_", mail.subject[:80]).strip(" ._") or "mail"
    original = GivenFile(f"{called}.eml", content)
    attached = [GivenFile(one.name, one.content) for one in mail.files]
    files, refused = await attachments.check_each([original, *attached[: LIMITS.at_once - 1]])
    refused += [one.name for one in attached[LIMITS.at_once - 1 :]]
    given = await offered_files.offer(files, store, now=now)
    return Files(files=given.files, refused=tuple(refused))


async def add(mail_id: UUID, mail: Mail, number: int, found: Files, *, now: datetime) -> bool:
    """Step: a mail of the customer goes onto a case by itself, as their answer by a private link does.

    False where another worker was quicker, or the case was closed meanwhile: then it is decided about again.
    Raises CaseUnknown.
    """
    case = await take(number, by=None)
    is_open = case.stage != Stage.CLOSED
    if not (is_open and await run(ADDED, mail=mail_id, case_id=case.id, by=None, now=now)):
        return False
    given = await told(None, case, mail, found, now=now)
    await customers.hear(case, mail.words[:LONGEST_WORDS], given, now=now, channel=Channel.EMAIL)
    return True


async def told(
    member: Member | None, case: tables.Case, mail: Mail, found: Files, *, now: datetime
) -> dict[str, Any]:
    """Step: the files are kept, of the member who put them there; what the entry says besides the words."""
    fitting, full = await attachments.fitting(case.id, found.files)
    attached = Attached(tuple(fitting))
    files = await attachments.attach_for(member, case.id, attached, now=now)
    return {"files": files or None, **describe(mail), "left_out": [*found.refused, *full] or None}


def describe(mail: Mail) -> dict[str, Any]:
    """Who wrote a mail, as it says itself, its subject, and what it quotes."""
    return {
        "by_mail": True,
        "person": mail.name or None,
        "contact": mail.sender or None,
        "subject": mail.subject[:300] or None,
        "quoted": quoted(mail) or None,
    }


def quoted(mail: Mail) -> str:
    """What stands in a mail besides its new words: quotes and the signature."""
    rest = mail.text.replace(mail.words, "", 1) if mail.words else ""
    return rest.strip()[:LONGEST_WORDS]
