"""Screenshots kept as evidence, and their redrawn copies for display."""

from uuid import UUID, uuid4

from amends import tables
from amends.database import transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.image_sandbox import inspect_image
from amends.i18n import gettext as _
from amends.rules.capture.content_digests import agrees
from amends.rules.vocabulary import EntryKind
from amends.services.case import stored_files, timeline
from amends.services.team.members import Act, Member

SCREENSHOTS = 20


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
    problem: str = "",
) -> str:
    """Keeps a screenshot's bytes untouched and says so on the timeline; its SHA-256. Twice is once.

    `digests` is what the browser computed before it sent them, as in the header Content-Digest; `redacted`
    how parts were hidden there; `problem` why it does not show all of the post, which the capture then says.
    Raises CaptureUnknown, TooManyScreenshots, EvidenceDiffers, and what
    `inspect_image` refuses.
    """
    if not agrees(digests, content):
        raise EvidenceDiffers(_("The picture was altered in transit. Send it again."))
    facts = await inspect_image(content)
    await _must_be_known(capture_id)
    offered = await stored_files.offer(content, files, now=act.now)
    async with transaction():
        case_id = await _case_of(capture_id)
        sha256 = await stored_files.keep(offered)
        row = tables.Evidence
        kept = await row.select(row.sha256).where(row.capture == capture_id)
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
        if problem:
            await _say_missing(capture_id, f"screenshot_{problem}")
        await timeline.record(
            case_id, EntryKind.EVIDENCE_KEPT, by=act.by, now=act.now, sha256=sha256, redacted=redacted
        )
    return sha256


async def say_why_none(capture_id: UUID, problem: str) -> None:
    """Notes on a capture why it has no screenshot, where that was known only later. Raises CaptureUnknown."""
    async with transaction():
        await _case_of(capture_id)
        await _say_missing(capture_id, f"screenshot_{problem}")


async def _say_missing(capture_id: UUID, part: str) -> None:
    """Step: what could not be read of the post, once."""
    capture = tables.Capture
    rows = await capture.select(capture.missing).where(capture.id == capture_id)
    told = rows[0]["missing"]
    if part not in told:
        await capture.update({capture.missing: [*told, part]}).where(capture.id == capture_id)


async def _must_be_known(capture_id: UUID) -> None:
    if not await tables.Capture.exists().where(tables.Capture.id == capture_id):
        raise CaptureUnknown(_("Capture not found. Send the capture first, then its screenshot."))


async def _case_of(capture_id: UUID) -> UUID:
    capture = tables.Capture
    rows = await capture.select(capture.post.case.as_alias("case_id")).where(capture.id == capture_id)
    if not rows:
        raise CaptureUnknown(_("Capture not found. Send the capture first, then its screenshot."))
    case_id: UUID = rows[0]["case_id"]
    if not await timeline.hold(case_id):
        raise CaptureUnknown(_("Capture not found. Send the capture first, then its screenshot."))
    return case_id


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
