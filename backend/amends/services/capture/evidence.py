"""Screenshots kept as evidence, and their redrawn copies for display."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import structlog
from piccolo.columns import Column
from piccolo.columns.combination import And, Where

from amends import tables
from amends.database import locking, run, transaction
from amends.errors import AmendsError, Conflict, Invalid, NotFound
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.gateways.image_sandbox import inspect_image, redraw
from amends.gateways.images import ImageIsTooLarge, ImageIsUnreadable
from amends.i18n import gettext as _
from amends.rules.capture.content_digests import agrees
from amends.rules.vocabulary import EntryKind
from amends.services.case import timeline
from amends.services.team.members import Act, Member

SCREENSHOTS = 20

log = structlog.get_logger()


class CaptureUnknown(NotFound):
    "Capture not found. Send the capture first, then its screenshot."


class EvidenceUnknown(NotFound):
    "Evidence not found."


class TooManyScreenshots(Conflict):
    "This capture cannot hold more screenshots."


class EvidenceDiffers(Invalid):
    "The file received is not the one the browser sent."


async def must_be_image(content: bytes) -> None:
    """Raises what `inspect_image` refuses, before there is a capture to keep it with."""
    await inspect_image(content)


async def keep_screenshot(
    act: Act,
    capture_id: UUID,
    content: bytes,
    *,
    files: EvidenceFiles,
    digests: str = "",
    redacted: str | None = None,
) -> str:
    """Keeps a screenshot's bytes untouched and says so on the timeline; its SHA-256. Twice is once.

    `digests` is what the browser computed before it sent them, as in the header Content-Digest; `redacted`
    how parts were hidden there. Raises CaptureUnknown, TooManyScreenshots, EvidenceDiffers, and what
    `inspect_image` refuses.
    """
    if not agrees(digests, content):
        raise EvidenceDiffers(_("The picture was altered in transit. Send it again."))
    facts = await inspect_image(content)
    async with transaction():
        case_id = await _case_of(capture_id)
        sha256 = await _keep(content, files)
        kept = await tables.Evidence.select(tables.Evidence.sha256).where(
            tables.Evidence.capture == capture_id
        )
        if sha256 in {row["sha256"] for row in kept}:
            return sha256
        if len(kept) >= SCREENSHOTS:
            raise TooManyScreenshots
        await tables.Evidence.insert(
            tables.Evidence(
                id=uuid4(),
                capture=capture_id,
                sha256=sha256,
                media_type=facts.media_type,
                size=len(content),
                width=facts.width,
                height=facts.height,
                redacted=redacted,
                kept_at=act.now,
            )
        )
        await timeline.record(
            case_id, EntryKind.EVIDENCE_KEPT, by=act.by, now=act.now, sha256=sha256, redacted=redacted
        )
    return sha256


async def _case_of(capture_id: UUID) -> UUID:
    capture = tables.Capture
    rows = await capture.select(capture.post.case.as_alias("case_id")).where(capture.id == capture_id)
    if not rows:
        raise CaptureUnknown(_("Capture not found. Send the capture first, then its screenshot."))
    case_id: UUID = rows[0]["case_id"]
    if not await timeline.hold(case_id):
        raise CaptureUnknown(_("Capture not found. Send the capture first, then its screenshot."))
    return case_id


async def _keep(content: bytes, files: EvidenceFiles) -> str:
    """Step: keeps bytes whose row is written in this transaction; their SHA-256."""
    await _hold(hashlib.sha256(content).hexdigest())
    return await files.keep(content)


async def _hold(sha256: str) -> None:
    """Step: until the transaction ends nobody else keeps or erases these bytes. SQLite has one writer."""
    if locking():
        await run("SELECT pg_advisory_xact_lock(hashtextextended(:sha256, 0))", sha256=sha256)


ALIVE = "SELECT id FROM evidence WHERE id = :id"
HELD = "SELECT 1 FROM evidence WHERE sha256 = :sha256 OR shown_sha256 = :sha256 LIMIT 1"


async def erase_unheld(sha256: str, files: EvidenceFiles) -> bool:
    """Erases the bytes of a picture that no case has any more; whether it did.

    Never inside the transaction in which their case goes: what is rolled back must find its pictures.
    """
    async with transaction():
        await _hold(sha256)
        if await run(HELD, sha256=sha256):
            return False
        await files.erase(sha256)
    return True


DAMAGE: dict[type[AmendsError], str] = {
    EvidenceIsMissing: "missing",
    EvidenceIsAltered: "altered",
    ImageIsUnreadable: "unreadable",
    ImageIsTooLarge: "unreadable",
}
"""What is kept of a screenshot that cannot be redrawn, and said on its page."""


async def redraw_waiting(files: EvidenceFiles, *, now: datetime, limit: int = 20) -> int:
    """Redraws screenshots from their pixels, for pages to show; how many were looked at. The worker calls it.

    One that is missing or altered is marked, and the next one is redrawn.
    """
    kept = tables.Evidence
    return await _redraw_all(files, kept.shown_sha256.is_null() & kept.damage.is_null(), limit)


async def redraw_damaged(files: EvidenceFiles, *, now: datetime, limit: int = 200) -> int:
    """Tries those that are marked again: their files may have been brought back from a backup."""
    return await _redraw_all(files, tables.Evidence.damage.is_not_null(), limit)


async def damaged() -> int:
    """How many screenshots are missing, altered or unreadable."""
    return int(await tables.Evidence.count().where(tables.Evidence.damage.is_not_null()))


async def _redraw_all(files: EvidenceFiles, condition: Where | And, limit: int) -> int:
    kept = tables.Evidence
    rows: list[dict[str, Any]] = (
        await kept.select(kept.id, kept.sha256, kept.damage)
        .where(condition)
        .order_by(kept.kept_at)
        .limit(limit)
    )
    for row in rows:
        await _redraw(files, row)
    return len(rows)


async def _redraw(files: EvidenceFiles, row: Mapping[str, Any]) -> None:
    """Keeps the redrawn copy of one screenshot, or why there is none. One whose case is gone gets neither."""
    kept = tables.Evidence
    shown = await _redrawn(files, row)
    async with transaction():
        alive = await run(f"{ALIVE} {locking()}", id=row["id"])
        if not alive:
            return
        values: dict[Column | str, Any] = {kept.damage: shown}
        if isinstance(shown, bytes):
            values = {kept.shown_sha256: await _keep(shown, files), kept.damage: None}
        await kept.update(values).where(kept.id == row["id"])


async def _redrawn(files: EvidenceFiles, row: Mapping[str, Any]) -> bytes | str:
    """The redrawn copy of one screenshot, or the word for why there is none."""
    try:
        return await redraw(await files.fetch(row["sha256"]))
    except tuple(DAMAGE) as error:
        damage = DAMAGE[type(error)]
        if damage != row["damage"]:
            log.error("screenshot cannot be redrawn", sha256=row["sha256"], damage=damage)
        return damage


async def shown_image(evidence_id: UUID, *, by: Member, files: EvidenceFiles) -> bytes:
    """The redrawn copy of a screenshot. Raises EvidenceUnknown, also while it is not redrawn yet."""
    kept = tables.Evidence
    rows = await kept.select(kept.shown_sha256).where(kept.id == evidence_id)
    if not rows or rows[0]["shown_sha256"] is None:
        raise EvidenceUnknown
    return await files.fetch(rows[0]["shown_sha256"])


async def original(evidence_id: UUID, *, by: Member, files: EvidenceFiles) -> tuple[str, bytes]:
    """The SHA-256 of a screenshot and its bytes as they arrived, untouched. Raises EvidenceUnknown."""
    kept = tables.Evidence
    rows = await kept.select(kept.sha256).where(kept.id == evidence_id)
    if not rows:
        raise EvidenceUnknown
    return rows[0]["sha256"], await files.fetch(rows[0]["sha256"])
