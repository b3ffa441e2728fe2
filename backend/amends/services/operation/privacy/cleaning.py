"""Cleaning up after erasures, by the worker: files, and the bytes that deleted rows leave in the database."""

from datetime import datetime

from amends.database import compact
from amends.gateways.evidence_files import EvidenceFiles
from amends.services.case import stored_files
from amends.tables.operation import Erasure


async def clean_up(files: EvidenceFiles, *, now: datetime) -> int:
    """Erases the files of erased people that nobody else has, then compacts; how many erasures are done."""
    erasure = Erasure
    waiting = await erasure.select(erasure.id, erasure.files).where(erasure.cleaned_at.is_null()).limit(100)
    for row in waiting:
        for name in row["files"] or ():
            await stored_files.erase_unheld(name, files, now=now)
        await erasure.update({erasure.files: None}).where(erasure.id == row["id"])
    if not waiting or not await compact():
        return 0
    ids = [row["id"] for row in waiting]
    await erasure.update({erasure.cleaned_at: now}).where(erasure.id.is_in(ids))
    return len(ids)
