"""Keeping of mails that come in: each once, whole, before anything is decided about it."""

import hashlib
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

from amends import tables
from amends.database import add, run, transaction
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.mail_reader import MailReader
from amends.rules.capture.mail_messages import MOST_BYTES, Mail, MailIsTooLarge
from amends.services.case import stored_files
from amends.services.case.stored_files import Offer

LONGEST_SUBJECT = 300


class NewMail(NamedTuple):
    """A mail whose bytes are written, how large it is, and the values of its row."""

    bytes: Offer
    size: int
    values: dict[str, Any]


KNOWN = "SELECT id FROM mail WHERE digest = :digest"


async def keep(content: bytes, *, reader: MailReader, files: EvidenceFiles, now: datetime) -> bool:
    """Keeps the bytes of one mail and what they say; False where this mail was kept before.

    One that cannot be read waits for a member as it is. Raises MailIsTooLarge.
    """
    read = await prepare(content, reader, files, now=now)
    async with transaction():
        return await store(read, now=now)


async def prepare(
    content: bytes, reader: MailReader, files: EvidenceFiles, *, now: datetime, size: int | None = None
) -> NewMail:
    """A mail as it will be kept; `size` where its server handed out only the header, since it is too large.

    Slow: never inside a transaction. Raises MailIsTooLarge, EvidenceStoreIsAway.
    """
    if len(content) > MOST_BYTES:
        raise MailIsTooLarge
    mail = await reader.read(content)
    values = _read(mail) if mail else _unread(content)
    if size is not None:
        values |= {"state": "waiting", "reason": "large"}
    offered = await stored_files.offer(content, files, now=now)
    return NewMail(offered, len(content) if size is None else size, values)


async def store(new: NewMail, *, now: datetime) -> bool:
    """Step: keeps it, unless it was kept before: whether it is new."""
    if await run(KNOWN, digest=new.values["digest"]):
        return False
    sha256, size = await stored_files.keep(new.bytes), new.size
    row = {"id": uuid4(), "sha256": sha256, "size": size, "came_at": now, **new.values}
    return await add(tables.Mail, unless="digest", **row)


def _read(mail: Mail) -> dict[str, Any]:
    return {
        "digest": mail.digest,
        "identity": mail.identity,
        "sender": mail.sender,
        "name": mail.name,
        "subject": mail.subject[:LONGEST_SUBJECT],
        "text": mail.text,
        "words": mail.words,
        "automatic": mail.automatic,
        "state": "new",
    }


def _unread(content: bytes) -> dict[str, Any]:
    """A mail that breaks whoever reads it: kept, and shown to a member without its words."""
    return {"digest": hashlib.sha256(content).hexdigest(), "state": "waiting", "reason": "unreadable"}
