"""What does one case's page show?"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.rules.guards import Mover
from amends.rules.moves import Move, legal
from amends.rules.vocabulary import (
    CustomerStatus,
    FollowUpKind,
    FollowUpState,
    Nature,
    Platform,
    PostKind,
    Stance,
)
from amends.services import timeline
from amends.services.access import facts_of, find
from amends.services.cases.rows import CaseRow, rows_of
from amends.services.members import Member
from amends.services.names import Name


class EvidenceShown(msgspec.Struct, frozen=True, kw_only=True):
    """A screenshot; `ready` once its redrawn copy can be shown."""

    id: UUID
    media_type: str
    width: int
    height: int
    ready: bool


class CaptureShown(msgspec.Struct, frozen=True, kw_only=True):
    """The post as it was seen once."""

    id: UUID
    platform: Platform
    kind: PostKind
    url: str
    title: str
    text: str
    truncated: bool
    lang: str
    posted_at: datetime | None
    posted_approximately: bool
    time_text: str
    rating: float | None
    rating_max: float | None
    metrics: dict[str, Any]
    context: dict[str, Any]
    media: list[str]
    quoted: str
    missing: list[str]
    note: str
    captured_at: datetime
    received_at: datetime
    captured_by: Name | None
    evidence: list[EvidenceShown]


class FollowUpShown(msgspec.Struct, frozen=True, kw_only=True):
    """What we owe or owed, and how its date was computed."""

    id: UUID
    kind: FollowUpKind
    words: str
    state: FollowUpState
    due_at: datetime
    starts_at: datetime
    owner: Name | None
    steps: list[dict[str, Any]]
    paused: bool
    late: bool


class UndoShown(msgspec.Struct, frozen=True, kw_only=True):
    """A move of this member's that can still be undone."""

    id: UUID
    move: str
    expires_at: datetime


class AuthorShown(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote the post, and how many cases they have."""

    id: UUID
    name: str
    handle: str
    url: str
    avatar: str
    customer_status: CustomerStatus
    cases: int


class CaseDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a case's page shows to one member at one moment."""

    row: CaseRow
    version: int
    nature: Nature | None
    stance: Stance | None
    fault: str | None
    customer_status: CustomerStatus
    next_step: str
    remedy: str
    approval: str | None
    draft: str
    draft_by: Name | None
    pings: int
    failed_fixes: int
    review_on: date | None
    duplicate_of: int | None
    closed_at: datetime | None
    wake_on_reply: bool
    author: AuthorShown | None
    captures: list[CaptureShown]
    timeline: list[timeline.EntryShown]
    follow_ups: list[FollowUpShown]
    moves: tuple[Move, ...]
    undo: UndoShown | None


async def detail(number: int, *, by: Member, now: datetime) -> CaseDetail:
    """The case as its page shows it. Raises CaseUnknown."""
    case = await find(number, by=by)
    facts = await facts_of(case)
    return CaseDetail(
        row=(await rows_of([case.id]))[case.id],
        version=case.version,
        nature=Nature(case.nature) if case.nature else None,
        stance=Stance(case.stance) if case.stance else None,
        fault=case.fault,
        customer_status=facts.customer_status,
        next_step=case.next_step,
        remedy=case.remedy,
        approval=case.approval,
        draft=case.draft,
        draft_by=await _member(case.draft_by),
        pings=case.pings,
        failed_fixes=case.failed_fixes,
        review_on=case.review_on,
        duplicate_of=await _number(case.duplicate_of),
        closed_at=case.closed_at,
        wake_on_reply=case.wake_on_reply,
        author=await _author(case.author),
        captures=await _captures(case.id),
        timeline=await timeline.of_case(case.id),
        follow_ups=await _follow_ups(case.id, now),
        moves=legal(facts, by=Mover(by.id, by.role), now=now),
        undo=await _undo(case, by, now),
    )


async def _member(member_id: UUID | None) -> Name | None:
    if member_id is None:
        return None
    rows = await tables.Member.select(tables.Member.name).where(tables.Member.id == member_id)
    return Name(member_id, rows[0]["name"]) if rows else None


async def _number(case_id: UUID | None) -> int | None:
    if case_id is None:
        return None
    rows = await tables.Case.select(tables.Case.number).where(tables.Case.id == case_id)
    return rows[0]["number"] if rows else None


async def _author(author_id: UUID | None) -> AuthorShown | None:
    if author_id is None:
        return None
    author = tables.Author
    rows = await author.select(
        author.id, author.name, author.handle, author.url, author.avatar, author.customer_status
    ).where(author.id == author_id)
    if not rows:
        return None
    return msgspec.convert({**rows[0], "cases": await _cases_of(author_id)}, AuthorShown)


async def _cases_of(author_id: UUID) -> int:
    return int(await tables.Case.count().where(tables.Case.author == author_id))


async def _captures(case_id: UUID) -> list[CaptureShown]:
    capture = tables.Capture
    rows = (
        await capture.select(
            *(getattr(capture, name) for name in CaptureShown.__struct_fields__ if hasattr(capture, name)),
            capture.member,
            capture.member.name.as_alias("member_name"),
        )
        .where(capture.post.case == case_id)
        .order_by(capture.received_at)
    )
    evidence = await _evidence(case_id)
    for row in rows:
        row["captured_by"] = Name(row["member"], row["member_name"]) if row["member"] else None
        row["evidence"] = evidence.get(row["id"], [])
    return [msgspec.convert(row, CaptureShown) for row in rows]


async def _evidence(case_id: UUID) -> dict[UUID, list[EvidenceShown]]:
    kept: Any = tables.Evidence
    rows = await kept.select(
        kept.id, kept.capture, kept.media_type, kept.width, kept.height, kept.shown_sha256
    ).where(kept.capture.post.case == case_id)
    shown: dict[UUID, list[EvidenceShown]] = {}
    for row in rows:
        ready = row["shown_sha256"] is not None
        shown.setdefault(row["capture"], []).append(msgspec.convert({**row, "ready": ready}, EvidenceShown))
    return shown


async def _follow_ups(case_id: UUID, now: datetime) -> list[FollowUpShown]:
    owed = tables.FollowUp
    rows = (
        await owed.select(
            *(getattr(owed, name) for name in FollowUpShown.__struct_fields__ if hasattr(owed, name)),
            owed.paused_at,
            owed.owner.name.as_alias("owner_name"),
        )
        .where(owed.case == case_id)
        .order_by(owed.due_at)
    )
    for row in rows:
        row["owner"] = Name(row["owner"], row["owner_name"]) if row["owner"] else None
        row["paused"] = row["paused_at"] is not None
        row["late"] = row["state"] == FollowUpState.DUE and not row["paused"] and row["due_at"] < now
    return [msgspec.convert(row, FollowUpShown) for row in rows]


async def _undo(case: tables.Case, by: Member, now: datetime) -> UndoShown | None:
    undo = tables.Undo
    rows = (
        await undo.select(undo.id, undo.move, undo.expires_at)
        .where((undo.case == case.id) & (undo.member == by.id))
        .where((undo.version == case.version) & (undo.expires_at > now))
        .limit(1)
    )
    return msgspec.convert(rows[0], UndoShown) if rows else None
