"""Removal of a case with its pictures: taken back by who captured it, or by a lead with a reason."""

from datetime import datetime
from uuid import UUID, uuid4

import structlog

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict, Forbidden, Invalid
from amends.gateways.evidence_files import EvidenceFiles
from amends.i18n import gettext as _
from amends.rules.vocabulary import Role
from amends.rules.vocabulary.events import EventType
from amends.rules.workflow.removals import taken_back_until
from amends.services.capture.evidence import CaptureUnknown
from amends.services.case import legal_hold_checks, locks, stored_files, timeline
from amends.services.case.access import CaseUnknown, take
from amends.services.desk import incidents, problems
from amends.services.team import outbox
from amends.services.team.members import Act

log = structlog.get_logger()


class CannotTakeBack(Conflict):
    "This capture can no longer be undone."


class CannotRemove(Conflict):
    "This case cannot be removed in its current state."


class RemovalNotYours(Forbidden):
    """Only a lead may remove a case."""


class NoRemovalReason(Invalid):
    """Say why the case is removed."""


async def take_back(act: Act, number: int) -> None:
    """Removes a case that this member captured within the last ten minutes and nobody else wrote on.

    Raises CaseUnknown, CannotTakeBack, CannotRemove.
    """
    async with transaction():
        case = await _take(act, number)
        until = taken_back_until(await timeline.of_case(case.id), act.by.id)
        if until is None or until <= act.now:
            raise CannotTakeBack(
                _(
                    "This capture can no longer be undone: ten minutes have passed, others have worked "
                    "on its case, or the person was answered."
                )
            )
        await _remove(act, case, reason="")


async def take_back_capture(act: Act, capture_id: UUID) -> None:
    """The same by the capture that opened the case; done already, it is done. Raises CaptureUnknown too."""
    if await _is_taken_back(capture_id):
        return
    rows = await run(OPENED, capture_id=capture_id)
    if not rows:
        raise CaptureUnknown(_("Capture not found."))
    if not rows[0]["is_first"]:
        raise CannotTakeBack(_("This post was added to an existing case, which stays."))
    try:
        await take_back(act, rows[0]["number"])
    except CaseUnknown:  # removed in this very moment
        if not await _is_taken_back(capture_id):
            raise


async def _is_taken_back(capture_id: UUID) -> bool:
    return await tables.RemovedCapture.exists().where(tables.RemovedCapture.id == capture_id)


OPENED = """
SELECT c.number, NOT EXISTS (
    SELECT 1 FROM capture AS earlier JOIN post AS other ON other.id = earlier.post
    WHERE other."case" = c.id AND earlier.received_at < capture.received_at
) AS is_first
FROM capture JOIN post ON post.id = capture.post JOIN case_file AS c ON c.id = post."case"
WHERE capture.id = :capture_id
"""


async def remove(act: Act, number: int, *, reason: str) -> None:
    """Removes a case for good: case, posts, files, timeline. Its number stays unused.

    Raises RemovalNotYours, NoRemovalReason, CaseUnknown, CannotRemove, UnderLegalHold.
    """
    if not act.by.role.reaches(Role.LEAD):
        raise RemovalNotYours
    if not reason.strip():
        raise NoRemovalReason(fields={"reason": _("Say why: the reason is all that stays of this case.")})
    async with transaction():
        await _remove(act, await _take(act, number), reason=reason.strip())


AUTHORS = """
SELECT author FROM case_file WHERE number = :number AND author IS NOT NULL
UNION SELECT capture.author FROM capture JOIN post ON post.id = capture.post
JOIN case_file AS c ON c.id = post."case" WHERE c.number = :number AND capture.author IS NOT NULL
"""


async def _take(act: Act, number: int) -> tables.Case:
    """Step: the case, held after the accounts that wrote on it: see `locks`."""
    await locks.hold_accounts([row["author"] for row in await run(AUTHORS, number=number)])
    await problems.owed_on(number)
    await incidents.owed_on(number)
    return await take(number, by=act.by)


async def _remove(act: Act, case: tables.Case, *, reason: str) -> None:
    """Step: everything of the case goes, and what is left of it says so."""
    await legal_hold_checks.must_be_removable(case.id)
    joined = await tables.Case.select(tables.Case.number).where(tables.Case.duplicate_of == case.id)
    if joined:
        numbers = ", ".join(_("#%(number)s") % {"number": row["number"]} for row in joined)
        raise CannotRemove(
            _("%(numbers)s was merged into this case: its posts would be removed too. Undo that first.")
            % {"numbers": numbers}
        )
    captures = await run(CAPTURES, case_id=case.id)
    authors = {row["author"] for row in captures} | {case.author}
    removed = tables.RemovedCase(
        id=uuid4(),
        number=case.number,
        member=act.by.id,
        reason=reason,
        removed_at=act.now,
        files=await _files(case.id) or None,
    )
    await tables.RemovedCase.insert(removed)
    if captures:
        gone = [tables.RemovedCapture(id=row["id"], removed=removed.id) for row in captures]
        await tables.RemovedCapture.insert(*gone)
    owing, asking = await problems.owed_on(case.number), await incidents.owed_on(case.number)
    await outbox.put(EventType.CASE_REMOVED, "case", case.id, about=None, now=act.now)
    await tables.Case.delete().where(tables.Case.id == case.id)
    await problems.owe_elsewhere(owing, by=act.by, now=act.now)
    await incidents.owe_elsewhere(asking, by=act.by, now=act.now)
    for author in sorted(authors - {None}):
        await locks.hold_whole(author)  # before it is asked who else needs it: the answer must hold
        await run(FORGET_AUTHOR, author=author)
    log.info("case removed", number=case.number, member=str(act.by.id), taken_back=not reason)


CAPTURES = """
SELECT capture.id, capture.author FROM capture JOIN post ON post.id = capture.post
WHERE post."case" = :case_id
"""
FORGET_AUTHOR = """
DELETE FROM author WHERE id = :author AND person IS NULL
AND NOT EXISTS (SELECT 1 FROM case_file AS c WHERE c.author = author.id)
AND NOT EXISTS (SELECT 1 FROM capture WHERE capture.author = author.id)
"""
FILES = """
SELECT e.sha256, e.shown_sha256 FROM evidence AS e
JOIN capture ON capture.id = e.capture JOIN post ON post.id = capture.post WHERE post."case" = :case_id
UNION SELECT a.sha256, a.shown_sha256 FROM attachment AS a WHERE a."case" = :case_id
UNION SELECT m.sha256, NULL FROM mail AS m WHERE m."case" = :case_id
UNION SELECT d.sha256, NULL FROM dossier_link AS d WHERE d."case" = :case_id AND d.erased_at IS NULL
"""


async def _files(case_id: UUID) -> list[str]:
    rows = await run(FILES, case_id=case_id)
    return sorted({name for row in rows for name in (row["sha256"], row["shown_sha256"]) if name})


async def erase_files(files: EvidenceFiles, *, now: datetime) -> int:
    """Erases the files of removed cases that no other case holds; how many. The worker calls it."""
    removed, erased = tables.RemovedCase, 0
    for row in await removed.select(removed.id, removed.files).where(removed.files.is_not_null()).limit(100):
        for name in row["files"]:
            erased += await stored_files.erase_unheld(name, files, now=now)
        await removed.update({removed.files: None}).where(removed.id == row["id"])
    return erased
