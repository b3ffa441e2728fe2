"""Mails that wait for a member: listed, set aside, put back."""

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from amends.database import Selected, columns_of, converter, read, run
from amends.errors import Conflict, NotFound
from amends.gateways.evidence_files import EvidenceFiles
from amends.i18n import gettext as _
from amends.rules.capture import mail_copies
from amends.services.team.members import Act, Member

MOST_SHOWN = 50
UNDO_FOR = timedelta(days=1)


class MailUnknown(NotFound):
    "This mail no longer exists."


class MailSettled(Conflict):
    """Someone else has decided on this mail in the meantime."""


class MailShown(msgspec.Struct, frozen=True, kw_only=True):
    """A mail as members see it; `suggested` is the number of the case that it may be about."""

    id: UUID
    state: str
    reason: str
    automatic: str
    sender: str
    name: str
    subject: str
    words: str
    size: int
    came_at: datetime
    suggested: Annotated[int | None, Selected("s.number")]
    case: Annotated[int | None, Selected("c.number")]


class MailWhole(MailShown, frozen=True, kw_only=True):
    """The same with all of its text, and the name of its bytes."""

    text: str
    sha256: str | None


JOINED = """FROM mail AS m LEFT JOIN case_file AS s ON s.id = m.suggested
LEFT JOIN case_file AS c ON c.id = m."case" """
SHOWN = f"SELECT {columns_of(MailShown, table='m')} {JOINED}"
WAITS = "mail WHERE state = 'waiting'"
"""The mails that nobody has decided on."""
WAITING = f"{SHOWN} WHERE m.state = 'waiting' ORDER BY m.came_at, m.id LIMIT {MOST_SHOWN}"
DECIDED = f"""
{SHOWN} WHERE m.state IN ('aside', 'added') AND m.settled_at > :since AND m.settled_at IS NOT NULL
ORDER BY m.settled_at DESC, m.id LIMIT {MOST_SHOWN}
"""
ONE = f"SELECT {columns_of(MailWhole, table='m')} {JOINED} WHERE m.id = :mail"
HOW_MANY = f"SELECT COUNT(*) AS many FROM {WAITS}"  # noqa: S608 - ours alone
SET_ASIDE = """
UPDATE mail SET state = 'aside', reason = 'member', settled_by = :by, settled_at = :now
WHERE id = :mail AND state = 'waiting' RETURNING id
"""
PUT_BACK = """
UPDATE mail SET state = 'waiting', reason = 'unknown', settled_by = NULL, settled_at = NULL
WHERE id = :mail AND state = 'aside' AND settled_at > :since RETURNING id
"""


async def waiting() -> list[MailShown]:
    """What waits for somebody, the oldest first."""
    return await read(converter(MailShown), WAITING)


async def how_many_wait() -> int:
    """How many mails wait."""
    return int((await run(HOW_MANY))[0]["many"])


async def decided_lately(*, now: datetime) -> list[MailShown]:
    """What came onto cases or was set aside within a day, the last first."""
    return await read(converter(MailShown), DECIDED, since=now - UNDO_FOR)


async def find(mail: UUID) -> MailWhole:
    """One mail. Raises MailUnknown, also when it was forgotten."""
    rows: list[MailWhole] = await read(converter(MailWhole), ONE, mail=mail)
    if not rows or rows[0].state == "gone":
        raise MailUnknown(_("This mail is gone. Look at the list again."))
    return rows[0]


async def original(mail: UUID, *, by: Member, store: EvidenceFiles) -> bytes:
    """The bytes of a mail as they came, or written from its words. Raises MailUnknown."""
    return await content_of(await find(mail), store)


async def content_of(mail: MailWhole, store: EvidenceFiles) -> bytes:
    """The bytes of a mail as they came; where an erasure took them, a message with the words that stay."""
    if mail.sha256:
        return await store.fetch(mail.sha256)
    return mail_copies.written_from(
        sender=mail.sender, name=mail.name, subject=mail.subject, text=mail.text, came_at=mail.came_at
    )


async def set_aside(act: Act, mail: UUID) -> None:
    """It belongs to no case. Raises MailUnknown, MailSettled."""
    if not await run(SET_ASIDE, mail=mail, by=act.by.id, now=act.now):
        await find(mail)
        raise settled()


async def put_back(act: Act, mail: UUID) -> None:
    """It waits again, within a day, whoever set it aside. Raises MailUnknown, MailSettled."""
    if not await run(PUT_BACK, mail=mail, since=act.now - UNDO_FOR):
        await find(mail)
        raise settled()


def settled() -> MailSettled:
    """The error for a mail that no longer waits."""
    return MailSettled(_("This mail was decided on in the meantime. Look at the list again."))
