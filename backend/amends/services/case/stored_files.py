"""Stored files of cases: bytes under their SHA-256, written and erased while no transaction is open.

The storage may be slow or away, and a transaction that waits for it keeps everybody else from writing. So a
row says first what is about to happen to the bytes, and what was broken off is finished by the worker.
"""

import asyncio
import hashlib
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, hold, run, transaction
from amends.gateways.evidence_files import EvidenceFiles, EvidenceStoreIsAway

OFFERED_FOR = timedelta(minutes=10)
"""How long bytes wait for the row that names them, before they are erased."""
LEASE = timedelta(minutes=1)
"""How long nobody writes bytes that somebody is erasing."""
PATIENCE_SECONDS = 30.0
"""Of one erasure: well within its lease, so that it never meets bytes that were written after it."""
A_BATCH = 100

HELD = """
SELECT 1 FROM evidence WHERE sha256 = :sha256 OR shown_sha256 = :sha256
UNION ALL SELECT 1 FROM attachment
WHERE removed_at IS NULL AND (sha256 = :sha256 OR shown_sha256 = :sha256)
UNION ALL SELECT 1 FROM mail WHERE sha256 = :sha256 AND state <> 'gone'
UNION ALL SELECT 1 FROM dossier_link WHERE sha256 = :sha256 AND erased_at IS NULL
UNION ALL SELECT 1 FROM file_transfer WHERE sha256 = :sha256 AND direction = 'in' LIMIT 1
"""
BEING_ERASED = """
SELECT 1 FROM file_transfer WHERE sha256 = :sha256 AND direction = 'out' AND until > :now LIMIT 1
"""
FORGET_OVER = "DELETE FROM file_transfer WHERE sha256 = :sha256 AND until <= :now"
FORGET = "DELETE FROM file_transfer WHERE id = :id RETURNING id"
OVER = "SELECT sha256 FROM file_transfer WHERE until <= :now ORDER BY until LIMIT :most"


class FileIsBeingErased(EvidenceStoreIsAway):
    """This very file is being erased at this moment, so nothing was stored. Try again in a minute."""


class Offer(msgspec.Struct, frozen=True):
    """Bytes that were written for a row that does not name them yet."""

    id: UUID
    sha256: str


async def offer(content: bytes, files: EvidenceFiles, *, now: datetime) -> Offer:
    """Writes bytes before the transaction whose row names them: never inside of it.

    Where no row comes to name them, the worker erases them. Raises FileIsBeingErased, EvidenceStoreIsAway.
    """
    given = Offer(uuid4(), hashlib.sha256(content).hexdigest())
    async with transaction():
        await hold(given.sha256)
        if await run(BEING_ERASED, sha256=given.sha256, now=now):
            raise _being_erased()
        until = now + OFFERED_FOR
        await add(tables.FileTransfer, id=given.id, sha256=given.sha256, direction="in", until=until)
    await files.keep(content)
    return given


async def keep(offered: Offer) -> str:
    """Step: the row that names these bytes is written in this transaction; their SHA-256.

    Raises FileIsBeingErased where they waited too long.
    """
    await hold(offered.sha256)
    if not await run(FORGET, id=offered.id):
        raise _being_erased()
    return offered.sha256


async def erase_unheld(sha256: str, files: EvidenceFiles, *, now: datetime) -> bool:
    """Erases the bytes of a file that no case has any more; whether it did.

    Never inside a transaction: the storage may be slow, and what is rolled back must find its files. What is
    broken off is done again by `erase_left`. Raises EvidenceStoreIsAway.
    """
    claim = uuid4()
    async with transaction():
        await hold(sha256)
        await run(FORGET_OVER, sha256=sha256, now=now)
        if await run(HELD, sha256=sha256):
            return False
        await add(tables.FileTransfer, id=claim, sha256=sha256, direction="out", until=now + LEASE)
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            await files.erase(sha256)
    except TimeoutError:
        raise EvidenceStoreIsAway(retry_after=int(LEASE.total_seconds())) from None
    await run(FORGET, id=claim)
    return True


async def erase_left(files: EvidenceFiles, *, now: datetime) -> int:
    """Erases what was written and then named by no row, and what was not erased to the end; how many.

    The worker calls it.
    """
    erased = 0
    for sha256 in dict.fromkeys([row["sha256"] for row in await run(OVER, now=now, most=A_BATCH)]):
        erased += await erase_unheld(sha256, files, now=now)
    return erased


def _being_erased() -> FileIsBeingErased:
    return FileIsBeingErased(retry_after=int(LEASE.total_seconds()))
