"""Attached files of a case: checked, kept under their SHA-256, told on the timeline, and removed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import Forbidden, Invalid, NotFound
from amends.gateways.evidence_files import EvidenceFiles
from amends.gateways.image_sandbox import inspect_image
from amends.gateways.images import ImageIsTooLarge, ImageIsUnreadable
from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.case import attachments as rules
from amends.rules.case.attachments import LIMITS, MEGABYTE, PICTURES, Problem
from amends.rules.case.texts import typed_text
from amends.rules.vocabulary import EntryKind, Role
from amends.services.case import legal_hold_checks, stored_files, timeline
from amends.services.case.access import take, take_to_write
from amends.services.case.offered_files import Attached, CheckedFile, OfferedFile
from amends.services.team.members import Act, Member

FIELD = "files"
"""The field of a form beside which it is said why a file is refused."""
REASON_LIMIT = 2_000


class FileRefused(Invalid):
    "This file cannot be attached."


class NoFile(Invalid):
    """Choose a file first."""


class FileUnknown(NotFound):
    "File not found, or removed."


class FileRemovalNotYours(Forbidden):
    """Only a lead may remove a file."""


class NoFileRemovalReason(Invalid):
    """Say why the file is removed."""


class GivenFile(msgspec.Struct, frozen=True):
    """A file as it was sent, under the name that its sender gave it."""

    name: str
    content: bytes


PROBLEMS = {
    Problem.EMPTY: N_("“%(name)s” is empty."),
    Problem.FILE_TOO_LARGE: N_("“%(name)s” is too large. A file has at most %(file_megabytes)s MB."),
    Problem.KIND: N_(
        "“%(name)s” cannot be attached. Accepted are pictures (PNG, JPEG, WebP), PDF, saved emails (.eml) "
        "and plain text (.txt)."
    ),
    Problem.TOO_MANY: N_("Attach at most %(at_once)s files at once."),
    Problem.SENT_TOO_LARGE: N_(
        "Together these files are too large. Attach at most %(sent_megabytes)s MB at once."
    ),
    Problem.CASE_FULL: N_("A case holds at most %(on_case)s files, and this one has %(has)s."),
    Problem.CASE_TOO_LARGE: N_(
        "A case holds at most %(case_megabytes)s MB of files, and this one has %(has_megabytes)s MB."
    ),
}
"""Each problem in a sentence that names the file and the limit."""


def sentence(problem: Problem, **known: object) -> str:
    """What is said of a problem; `known` are the values of this file or case."""
    values = {
        "at_once": LIMITS.at_once,
        "on_case": LIMITS.on_case,
        "file_megabytes": LIMITS.file_bytes // MEGABYTE,
        "sent_megabytes": LIMITS.sent_bytes // MEGABYTE,
        "case_megabytes": LIMITS.case_bytes // MEGABYTE,
    }
    return _(PROBLEMS[problem]) % {**values, **known}


def _refused(problem: Problem, **known: object) -> FileRefused:
    return FileRefused(fields={FIELD: sentence(problem, **known)})


async def check(given: Iterable[GivenFile]) -> tuple[CheckedFile, ...]:
    """The files as they may be kept. Slow, since pictures are decoded: never inside a transaction.

    Raises FileRefused with a sentence that names the file and the limit.
    """
    files = list(given)
    if problem := rules.problem_of_all([len(file.content) for file in files]):
        raise _refused(problem)
    return tuple([await _checked(file) for file in files])


async def check_each(given: Iterable[GivenFile]) -> tuple[list[CheckedFile], list[str]]:
    """Of files that nobody of ours chose, those that may be kept, and the names of those that may not.

    As slow as `check`.
    """
    accepted, refused = list[CheckedFile](), list[str]()
    for one in given:
        try:
            accepted.append(await _checked(one))
        except FileRefused:
            refused.append(rules.shown_name(one.name))
    return accepted, refused


async def _checked(given: GivenFile) -> CheckedFile:
    media_type = rules.kind_of(given.content, given.name)
    problem = rules.problem_of(len(given.content), media_type)
    if problem or media_type is None:
        raise _refused(problem or Problem.KIND, name=rules.shown_name(given.name))
    name = rules.kept_name(given.name, media_type)
    if media_type not in PICTURES:
        return CheckedFile(name=name, media_type=media_type, content=given.content)
    try:
        facts = await inspect_image(given.content)
    except (ImageIsTooLarge, ImageIsUnreadable) as error:
        words = f"“{rules.shown_name(given.name)}”: {_(error.title())}"
        raise FileRefused(fields={FIELD: words}) from error
    return CheckedFile(
        name=name, media_type=media_type, content=given.content, width=facts.width, height=facts.height
    )


HAS = """
SELECT COUNT(*) AS files, COALESCE(SUM(size), 0) AS total FROM attachment
WHERE "case" = :case_id AND removed_at IS NULL
"""


async def attach(act: Act, case_id: UUID, attached: Attached | None) -> list[dict[str, Any]] | None:
    """Step: keeps the files of a case that is held; what the entry that they come with says of them.

    Raises FileRefused where the case holds no more.
    """
    if attached is None or not attached.files:
        return None
    sizes = [file.size for file in attached.files]
    has = (await run(HAS, case_id=case_id))[0]
    if problem := rules.problem_on_case(sizes, files=has["files"], total=int(has["total"])):
        raise _refused(problem, has=has["files"], has_megabytes=int(has["total"]) // MEGABYTE)
    return await attach_for(act.by, case_id, attached, now=act.now)


async def fitting(case_id: UUID, files: Iterable[OfferedFile]) -> tuple[list[OfferedFile], list[str]]:
    """Step: of these files, those that the case still holds, in their order, and the names of the others."""
    has = (await run(HAS, case_id=case_id))[0]
    fit, others = list[OfferedFile](), list[str]()
    for one in files:
        sizes = [file.size for file in (*fit, one)]
        if rules.problem_on_case(sizes, files=has["files"], total=int(has["total"])):
            others.append(one.name)
        else:
            fit.append(one)
    return fit, others


async def attach_for(
    member: Member | None, case_id: UUID, attached: Attached, *, now: datetime
) -> list[dict[str, Any]]:
    """Step: keeps files that fit, of nobody where the customer sent them; what their entry says of them."""
    return [await _keep(member, case_id, file, now=now) for file in attached.files]


async def _keep(member: Member | None, case_id: UUID, file: OfferedFile, *, now: datetime) -> dict[str, Any]:
    row = tables.Attachment(
        id=uuid4(),
        case=case_id,
        name=file.name,
        media_type=file.media_type,
        sha256=await stored_files.keep(file.bytes),
        size=file.size,
        width=file.width,
        height=file.height,
        member=member.id if member else None,
        kept_at=now,
    )
    await tables.Attachment.insert(row)
    return {
        "id": str(row.id),
        "name": file.name,
        "sha256": row.sha256,
        "size": row.size,
        "media_type": file.media_type,
    }


async def add(act: Act, number: int, attached: Attached) -> None:
    """Attaches files to a case, without words. Raises CaseUnknown, NoFile, FileRefused."""
    if not attached.files:
        raise NoFile(fields={FIELD: _("Choose a file first.")})
    async with transaction():
        case = await take_to_write(number, by=act.by)
        files = await attach(act, case.id, attached)
        await timeline.record(case.id, EntryKind.FILES_ADDED, by=act.by, now=act.now, files=files)


async def remove(act: Act, number: int, file_id: UUID, *, reason: str) -> None:
    """Removes a file for good; the entry that it came with keeps its name and SHA-256.

    Raises FileRemovalNotYours, NoFileRemovalReason, CaseUnknown, UnderLegalHold, FileUnknown.
    """
    if not act.by.role.reaches(Role.LEAD):
        raise FileRemovalNotYours
    why = typed_text(reason, limit=REASON_LIMIT, field="reason")
    if not why:
        raise NoFileRemovalReason(fields={"reason": _("Say why: the reason stays on the timeline.")})
    async with transaction():
        case, row = await take(number, by=act.by), tables.Attachment
        await legal_hold_checks.must_be_removable(case.id)
        here = (row.id == file_id) & (row.case == case.id) & row.removed_at.is_null()
        gone = (
            await row.update({row.removed_at: act.now, row.width: None, row.damage: None})
            .where(here)
            .returning(row.name, row.sha256)
        )
        if not gone:
            raise FileUnknown
        told = {"file": str(file_id), "name": gone[0]["name"], "sha256": gone[0]["sha256"], "reason": why}
        await timeline.record(case.id, EntryKind.FILE_REMOVED, by=act.by, now=act.now, **told)


async def cases_with(sha256: Iterable[str]) -> set[UUID]:
    """The cases that hold one of these files."""
    row = tables.Attachment
    here = row.sha256.is_in([*sha256, ""]) & row.removed_at.is_null()
    return {one["case"] for one in await row.select(row.case).where(here)}


async def leave_out(sha256: Iterable[str], *, now: datetime) -> None:
    """Step: these files are on no case any more; nothing is said of why. The worker erases their bytes."""
    row = tables.Attachment
    here = row.sha256.is_in([*sha256, ""]) & row.removed_at.is_null()
    await row.update({row.removed_at: now, row.width: None, row.damage: None}).where(here)


async def erase_removed(store: EvidenceFiles, *, now: datetime) -> int:
    """Erases the bytes of removed files that nothing else holds; how many. The worker calls it."""
    row, erased = tables.Attachment, 0
    removed = row.select(row.id, row.sha256, row.shown_sha256).where(row.removed_at.is_not_null())
    for one in await removed.limit(100):
        for name in filter(None, (one["sha256"], one["shown_sha256"])):
            erased += await stored_files.erase_unheld(name, store, now=now)
        await row.delete().where(row.id == one["id"])
    return erased


async def preview(file_id: UUID, *, by: Member, store: EvidenceFiles) -> bytes:
    """The preview of a picture. Raises FileUnknown, also where there is none or none yet."""
    row = await _find(file_id)
    if row["shown_sha256"] is None:
        raise FileUnknown
    return await store.fetch(row["shown_sha256"])


async def original(file_id: UUID, *, by: Member | None, store: EvidenceFiles) -> tuple[str, bytes]:
    """The name of a file and its bytes as they arrived, untouched. Raises FileUnknown."""
    row = await _find(file_id)
    return row["name"], await store.fetch(row["sha256"])


async def _find(file_id: UUID) -> dict[str, Any]:
    row = tables.Attachment
    found = await row.select().where((row.id == file_id) & row.removed_at.is_null()).first()
    if found is None:
        raise FileUnknown
    return found
