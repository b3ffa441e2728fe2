"""Stored files of cases: bytes under their SHA-256, kept and erased under a lock."""

import hashlib

from amends.database import hold, run, transaction
from amends.gateways.evidence_files import EvidenceFiles

HELD = """
SELECT 1 FROM evidence WHERE sha256 = :sha256 OR shown_sha256 = :sha256
UNION ALL SELECT 1 FROM attachment
WHERE removed_at IS NULL AND (sha256 = :sha256 OR shown_sha256 = :sha256)
UNION ALL SELECT 1 FROM mail WHERE sha256 = :sha256 AND state <> 'gone'
UNION ALL SELECT 1 FROM dossier_link WHERE sha256 = :sha256 AND erased_at IS NULL LIMIT 1
"""


async def keep(content: bytes, files: EvidenceFiles) -> str:
    """Step: keeps bytes whose row is written in this transaction; their SHA-256."""
    await hold(hashlib.sha256(content).hexdigest())
    return await files.keep(content)


async def erase_unheld(sha256: str, files: EvidenceFiles) -> bool:
    """Erases the bytes of a file that no case has any more; whether it did.

    Never inside the transaction in which their case goes: what is rolled back must find its files.
    """
    async with transaction():
        await hold(sha256)
        if await run(HELD, sha256=sha256):
            return False
        await files.erase(sha256)
    return True
