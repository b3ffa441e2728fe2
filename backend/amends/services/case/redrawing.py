"""Redrawing of stored pictures: the copies that pages show, drawn anew from the pixels."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

import msgspec
import structlog
from piccolo.columns import Column
from piccolo.columns.combination import And, Where

from amends import tables
from amends.database import locking, run, transaction
from amends.errors import AmendsError
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.gateways.image_sandbox import preview, redraw
from amends.gateways.images import ImageIsTooLarge, ImageIsUnreadable
from amends.services.case import stored_files

log = structlog.get_logger()

DAMAGE: dict[type[AmendsError], str] = {
    EvidenceIsMissing: "missing",
    EvidenceIsAltered: "altered",
    ImageIsUnreadable: "unreadable",
    ImageIsTooLarge: "unreadable",
}
"""What is kept of a picture that cannot be redrawn, and said on its page."""

ALIVE = "SELECT id FROM {table} WHERE id = :id AND width IS NOT NULL {lock}"
"""Its case is there, and nobody has removed it."""


class Pictures(msgspec.Struct, frozen=True):
    """A table of stored pictures, and how they are drawn anew."""

    table: type[tables.Evidence] | type[tables.Attachment]
    redraw: Callable[[bytes], Awaitable[bytes]]


PICTURES = (Pictures(tables.Evidence, redraw), Pictures(tables.Attachment, preview))


async def redraw_waiting(files: EvidenceFiles, *, now: datetime, limit: int = 20) -> int:
    """Redraws pictures from their pixels, for pages to show; how many were looked at. The worker calls it.

    One that is missing or altered is marked, and the next one is redrawn.
    """
    looked_at = 0
    for kind in PICTURES:
        kept = kind.table
        waiting = kept.width.is_not_null() & kept.shown_sha256.is_null() & kept.damage.is_null()
        looked_at += await _redraw_all(kind, files, waiting, limit, now)
    return looked_at


async def redraw_damaged(files: EvidenceFiles, *, now: datetime, limit: int = 200) -> int:
    """Tries those that are marked again: their files may have been brought back from a backup."""
    looked_at = 0
    for kind in PICTURES:
        looked_at += await _redraw_all(kind, files, kind.table.damage.is_not_null(), limit, now)
    return looked_at


async def damaged() -> int:
    """How many pictures are missing, altered or unreadable."""
    counts = [await kind.table.count().where(kind.table.damage.is_not_null()) for kind in PICTURES]
    return sum(map(int, counts))


async def _redraw_all(
    kind: Pictures, files: EvidenceFiles, condition: Where | And, limit: int, now: datetime
) -> int:
    kept = kind.table
    rows: list[dict[str, Any]] = (
        await kept.select(kept.id, kept.sha256, kept.damage)
        .where(condition)
        .order_by(kept.kept_at)
        .limit(limit)
    )
    for row in rows:
        await _redraw(kind, files, row, now)
    return len(rows)


async def _redraw(kind: Pictures, files: EvidenceFiles, row: Mapping[str, Any], now: datetime) -> None:
    """Keeps the redrawn copy of one picture, or why there is none. One whose case is gone gets neither."""
    kept = kind.table
    shown = await _redrawn(kind, files, row)
    offered = await stored_files.offer(shown, files, now=now) if isinstance(shown, bytes) else None
    async with transaction():
        if not await run(ALIVE.format(table=kept._meta.tablename, lock=locking()), id=row["id"]):
            return
        values: dict[Column | str, Any] = {kept.damage: shown}
        if offered:
            values = {kept.shown_sha256: await stored_files.keep(offered), kept.damage: None}
        await kept.update(values).where(kept.id == row["id"])


async def _redrawn(kind: Pictures, files: EvidenceFiles, row: Mapping[str, Any]) -> bytes | str:
    """The redrawn copy of one picture, or the word for why there is none."""
    try:
        return await kind.redraw(await files.fetch(row["sha256"]))
    except tuple(DAMAGE) as error:
        damage = DAMAGE[type(error)]
        if damage != row["damage"]:
            log.error("picture cannot be redrawn", sha256=row["sha256"], damage=damage)
        return damage
