"""Screenshots kept as evidence, and their redrawn copies for display."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import structlog
from piccolo.columns import Column
from piccolo.columns.combination import And, Where

from amends import tables
from amends.database import transaction
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
    """There is no such capture. Send the capture first, then its screenshot."""


class EvidenceUnknown(NotFound):
    """There is no such evidence."""


class TooManyScreenshots(Conflict):
    """This capture has as many screenshots as it can hold."""


class EvidenceDiffers(Invalid):
    """What arrived is not what the browser sent."""


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
        raise EvidenceDiffers(_("The picture was changed on its way. Send it again."))
    facts = await inspect_image(content)
    sha256 = await files.keep(content)
    async with transaction():
        case_id = await _case_of(capture_id)
        await timeline.hold(case_id)
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
        raise CaptureUnknown(_("There is no such capture. Send the capture first, then its screenshot."))
    case_id: UUID = rows[0]["case_id"]
    return case_id


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
        await kept.update(await _redrawn(files, row)).where(kept.id == row["id"])
    return len(rows)


async def _redrawn(files: EvidenceFiles, row: Mapping[str, Any]) -> dict[Column | str, Any]:
    """The redrawn copy of one screenshot, or why there is none."""
    kept = tables.Evidence
    try:
        shown = await redraw(await files.fetch(row["sha256"]))
    except tuple(DAMAGE) as error:
        damage = DAMAGE[type(error)]
        if damage != row["damage"]:
            log.error("screenshot cannot be redrawn", sha256=row["sha256"], damage=damage)
        return {kept.damage: damage}
    return {kept.shown_sha256: await files.keep(shown), kept.damage: None}


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
