"""Forgetting of mails that were set aside or are of somebody erased: their words, then their bytes."""

from datetime import datetime, timedelta
from uuid import UUID

from amends.database import run
from amends.gateways.evidence_files import EvidenceFiles
from amends.services.case import stored_files

KEPT_FOR = timedelta(days=30)
"""How long a mail that was set aside or proposed is kept; its digest stays, so that it is not taken again."""
GO = """
UPDATE mail SET state = 'gone', sender = '', name = '', subject = '', text = '', words = '', identity = ''
"""
OLD = "state IN ('aside', 'proposed') AND settled_at IS NOT NULL AND settled_at < :before"
GONE = "SELECT id, sha256 FROM mail WHERE state = 'gone' AND sha256 IS NOT NULL ORDER BY came_at LIMIT 100"
ERASED = "UPDATE mail SET sha256 = NULL WHERE id = :mail"
WITHOUT_ORIGINAL = """
UPDATE mail SET sha256 = NULL, state = CASE WHEN state = 'new' THEN 'waiting' ELSE state END,
reason = CASE WHEN state = 'new' THEN 'unknown' ELSE reason END WHERE id = :mail AND state <> 'gone'
"""


async def forget_old(*, now: datetime) -> None:
    """Step: the words of what was set aside long ago."""
    await run(f"{GO} WHERE {OLD}", before=now - KEPT_FOR)


async def forget(mail: UUID) -> None:
    """Step: a mail of somebody who is erased, unless it is on the case of somebody else."""
    await run(f'{GO} WHERE id = :mail AND "case" IS NULL', mail=mail)


async def leave_original(mail: UUID) -> None:
    """Step: somebody else's mail that named who is erased: its words stay, its bytes go."""
    await run(WITHOUT_ORIGINAL, mail=mail)


async def erase_gone(files: EvidenceFiles, *, now: datetime) -> int:
    """Erases the bytes of forgotten mails that nothing else holds; how many. The worker calls it."""
    erased = 0
    for row in await run(GONE):
        erased += await stored_files.erase_unheld(row["sha256"], files, now=now)
        await run(ERASED, mail=row["id"])
    return erased
