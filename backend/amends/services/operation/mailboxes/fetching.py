"""Fetching of the mailbox by the worker: leased, stored before it is marked, and patient after failures."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

from datetime import datetime, timedelta

from amends.database import columns_of, convert, run, transaction
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.mail_reader import MailReader
from amends.gateways.mailboxes import Fetched, FetchedMail, MailboxReader
from amends.gateways.secrets import Secrets, SecretUnreadable
from amends.rules.capture import mailboxes as rules
from amends.services.capture import mails
from amends.services.operation.mailboxes.account import Kept, visit_of

LEASE = timedelta(minutes=10)
"""In which another worker leaves the mailbox alone; a visit takes less than three."""
CLAIM = f"""
UPDATE mailbox SET next_at = :leased WHERE next_at <= :now RETURNING {columns_of(Kept, table="mailbox")}
"""
FETCHED = """
UPDATE mailbox SET failures = 0, failure = '', fetched_at = :now, next_at = :next_at, marked = :marked,
validity = :validity, last = :last WHERE id = :box AND next_at = :leased
"""
FAILED = """
UPDATE mailbox SET failures = failures + 1, failure = :failure, next_at = :next_at
WHERE id = :box AND next_at = :leased
"""
STORED = """
UPDATE mailbox SET validity = :validity, last = :uid,
marked = CASE WHEN validity = :validity THEN marked ELSE 0 END
WHERE id = :box AND next_at = :leased AND (validity <> :validity OR last < :uid) RETURNING id
"""


async def fetch_due(
    boxes: MailboxReader, reader: MailReader, files: EvidenceFiles, secrets: Secrets, *, now: datetime
) -> bool:
    """Visits the mailbox if it is due: whether more mails wait there."""
    leased = now + LEASE
    rows = await run(CLAIM, now=now, leased=leased)
    if not rows:
        return False
    kept = convert(rows[0], Kept)
    try:
        password = secrets.open(kept.sealed, of=kept.id)
    except SecretUnreadable:
        return await _fail(kept, "sealed", leased, now=now)
    fetched = await boxes.fetch(visit_of(kept, password))
    if fetched.outcome != "fetched":
        return await _fail(kept, fetched.outcome, leased, now=now)
    for mail in fetched.mails:
        if not await _store(kept, fetched, mail, reader, files, leased, now=now):
            return False  # the mailbox was changed, or another worker has it
    await _note(kept, fetched, leased, now=now)
    return fetched.more


async def _store(
    kept: Kept,
    fetched: Fetched,
    mail: FetchedMail,
    reader: MailReader,
    files: EvidenceFiles,
    leased: datetime,
    *,
    now: datetime,
) -> bool:
    """Keeps one mail and how far the mailbox is read in one transaction, so that no end of this loses it."""
    size = None if mail.is_whole else mail.size
    new = await mails.prepare(mail.content, reader, files, now=now, size=size) if mail.content else None
    async with transaction():
        here = {"box": kept.id, "leased": leased}
        if not await run(STORED, quick=False, validity=fetched.validity, uid=mail.uid, **here):
            return False
        if new:
            await mails.store(new, now=now)
    return True


async def _note(kept: Kept, fetched: Fetched, leased: datetime, *, now: datetime) -> None:
    """What was stored before this visit is marked as read there now; what came with it is next time."""
    is_same = kept.validity == fetched.validity
    last = fetched.mails[-1].uid if fetched.mails else kept.last if is_same else max(0, fetched.next - 1)
    marked = kept.last if is_same else 0
    soon = now if fetched.more else rules.next_fetch(now, 0)
    values = {"validity": fetched.validity, "last": last, "marked": marked, "next_at": soon}
    await run(FETCHED, quick=False, **values, box=kept.id, leased=leased, now=now)


async def _fail(kept: Kept, failure: str, leased: datetime, *, now: datetime) -> bool:
    next_at = rules.next_fetch(now, kept.failures + 1)
    await run(FAILED, failure=failure, next_at=next_at, box=kept.id, leased=leased)
    return False
