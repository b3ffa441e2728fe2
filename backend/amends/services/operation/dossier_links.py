"""Dossier links: one dossier for somebody without an account, for seven days (P62, P71)."""
# ruff: noqa: S608  (the statements are ours alone; every value is a parameter)

import secrets
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import Selected, add, columns_of, converter, read, run, transaction
from amends.errors import Forbidden, Invalid, NotFound
from amends.gateways.evidence_files import EvidenceFiles, EvidenceIsAltered, EvidenceIsMissing
from amends.i18n import gettext as _
from amends.rules.case.texts import clean_name
from amends.rules.vocabulary import EntryKind, Role, ThreatDeed
from amends.rules.workflow import threats as rules
from amends.services.case import stored_files, timeline
from amends.services.case.access import find, take
from amends.services.team.codes import hash_of
from amends.services.team.members import Act
from amends.services.team.names import Name

NAME_LIMIT = 80
A_BATCH = 100


class DossierLinkNotYours(Forbidden):
    "Only a lead may hand out a link to a dossier."


class DossierLinkNameless(Invalid):
    "Enter who the link is for."


class DossierTooLargeForLink(Invalid):
    "This dossier is too large for a link. Make it as a file and hand that over."


class DossierLinkGone(NotFound):
    "This link is no longer valid. Ask the person who sent it for a new one."


class DossierLink(msgspec.Struct, frozen=True, kw_only=True):
    """A link as members see it, without its token; `opened` counts its page, `fetched` the file."""

    id: UUID
    name: str
    manifest: str
    size: int
    made_by: Annotated[Name | None, Selected("l.made_by", join="maker")]
    made_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    opened: int
    fetched: int
    opened_at: datetime | None


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of a link says: of which case, by whom, until when, and how it is checked."""

    case: Annotated[int, Selected("c.number")]
    case_id: Annotated[UUID, Selected("c.id")]
    id: UUID
    name: str
    sha256: str
    size: int
    manifest: str
    made_by: Annotated[Name | None, Selected("l.made_by", join="maker")]
    made_at: datetime
    expires_at: datetime
    fetched: int


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a link is, and the ZIP that it gives."""

    name: str
    content: bytes
    manifest: str


def check(act: Act, name: str) -> str:
    """For whom, clean. Before the dossier is made. Raises DossierLinkNotYours, DossierLinkNameless."""
    if not act.by.role.reaches(Role.LEAD):
        raise DossierLinkNotYours
    called = clean_name(name, limit=NAME_LIMIT)
    if not called:
        raise DossierLinkNameless(fields={"link_for": _("Enter who the link is for.")})
    return called


async def make(act: Act, number: int, given: Given, *, files: EvidenceFiles) -> str:
    """A fresh link; its token is shown once.

    Raises DossierLinkNotYours, DossierLinkNameless, DossierTooLargeForLink, CaseUnknown.
    """
    name = check(act, given.name)
    if len(given.content) > rules.LARGEST_BY_LINK:
        raise DossierTooLargeForLink
    await find(number, by=act.by)
    token = secrets.token_urlsafe(32)
    offered = await stored_files.offer(given.content, files, now=act.now)
    async with transaction():
        case = await take(number, by=act.by)
        await add(
            tables.DossierLink,
            id=uuid4(),
            case=case.id,
            token_hash=hash_of(token),
            name=name,
            sha256=await stored_files.keep(offered),
            size=len(given.content),
            manifest=given.manifest,
            made_by=act.by.id,
            made_at=act.now,
            expires_at=act.now + rules.LINK_GOOD_FOR,
        )
        await _record(act, case.id, ThreatDeed.LINK_MADE, contact=name, manifest=given.manifest)
    return token


OF_CASE = f"""
SELECT {columns_of(DossierLink, table="l")}
FROM dossier_link AS l JOIN case_file AS c ON c.id = l."case"
LEFT JOIN member AS maker ON maker.id = l.made_by
WHERE c.number = :number ORDER BY l.made_at DESC LIMIT 50
"""


async def of_case(act: Act, number: int) -> list[DossierLink]:
    """The links of a case, the newest first; those that have ended as well. Raises CaseUnknown."""
    await find(number, by=act.by)
    return await read(converter(DossierLink), OF_CASE, number=number)


async def revoke(act: Act, number: int, link_id: UUID) -> None:
    """The link opens nothing any more; one that has ended is left as it is.

    Raises DossierLinkNotYours, CaseUnknown.
    """
    if not act.by.role.reaches(Role.LEAD):
        raise DossierLinkNotYours
    link = tables.DossierLink
    async with transaction():
        case = await take(number, by=act.by)
        alive = (link.id == link_id) & (link.case == case.id) & link.ended_at.is_null()
        for ended in await link.update({link.ended_at: act.now}).where(alive).returning(link.name):
            await _record(act, case.id, ThreatDeed.LINK_REVOKED, contact=ended["name"])


ALIVE = f"""
SELECT {columns_of(Offered, table="l")}
FROM dossier_link AS l JOIN case_file AS c ON c.id = l."case"
LEFT JOIN member AS maker ON maker.id = l.made_by
WHERE l.token_hash = :hash AND l.ended_at IS NULL AND l.expires_at > :now
"""
COUNT_OPENED = "UPDATE dossier_link SET opened = opened + 1, opened_at = :now WHERE id = :id"
COUNT_FETCHED = "UPDATE dossier_link SET fetched = fetched + 1 WHERE id = :id"


async def opened(token: str, *, now: datetime) -> Offered:
    """What the page of a link says; counts that it was opened. Raises DossierLinkGone."""
    found = await _alive(token, now)
    await run(COUNT_OPENED, id=found.id, now=now)
    return found


async def fetched(token: str, *, files: EvidenceFiles, now: datetime) -> tuple[int, bytes]:
    """The number of the case and its ZIP; the timeline says when it was first fetched.

    Raises DossierLinkGone.
    """
    found = await _alive(token, now)
    try:
        content = await files.fetch(found.sha256)
    except (EvidenceIsMissing, EvidenceIsAltered):
        raise _gone() from None
    async with transaction():
        await run(COUNT_FETCHED, id=found.id)
        if not found.fetched:
            deed = ThreatDeed.LINK_OPENED.value
            await timeline.record(found.case_id, EntryKind.THREAT, now=now, deed=deed, contact=found.name)
    return found.case, content


async def _alive(token: str, now: datetime) -> Offered:
    rows: list[Offered] = await read(converter(Offered), ALIVE, hash=hash_of(token), now=now)
    if not rows:
        raise _gone()
    return rows[0]


async def _record(act: Act, case_id: UUID, deed: ThreatDeed, **told: Any) -> None:  # noqa: ANN401 - of an entry
    await timeline.record(case_id, EntryKind.THREAT, by=act.by, now=act.now, deed=deed.value, **told)


def _gone() -> DossierLinkGone:
    return DossierLinkGone(_("This link is no longer valid. Ask the person who sent it for a new one."))


async def erase_ended(files: EvidenceFiles, *, now: datetime) -> int:
    """Erases the ZIPs of links that have ended; how many. The worker calls it."""
    link, erased = tables.DossierLink, 0
    over = link.erased_at.is_null() & (link.ended_at.is_not_null() | (link.expires_at <= now))
    for row in (
        await link.select(link.id, link.sha256, link.expires_at, link.ended_at).where(over).limit(A_BATCH)
    ):
        ended: dict[Any, Any] = {link.erased_at: now}
        if row["ended_at"] is None:
            ended[link.ended_at] = row["expires_at"]
        await link.update(ended).where(link.id == row["id"])
        erased += await stored_files.erase_unheld(row["sha256"], files, now=now)
    return erased
