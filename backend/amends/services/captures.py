"""How does a post that a member saw become a case, once, however often it is sent or seen?"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import add, run, transaction
from amends.errors import Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules import captures as rules
from amends.rules.vocabulary import EntryKind, FollowUpKind, Platform, Severity, Stage
from amends.services import authors, follow_ups, timeline
from amends.services.access import CaseRef, reference
from amends.services.members import Member
from amends.services.new_captures import Clean, NewCapture, cleaned

OLDEST = timedelta(days=30)
"""A capture that waited longer in a browser counts from this long ago: most likely its clock is wrong."""


class CaptureDiffers(Invalid):
    """Another capture was already sent under this id."""


class PostUnknown(NotFound):
    """No case was made from this post."""


class Received(msgspec.Struct, frozen=True):
    """The case that a capture belongs to, and whether there was one before."""

    case: CaseRef
    existing: bool


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A case that is just being opened, as far as its first follow-up needs it."""

    id: UUID
    severity: Severity | None
    platform: Platform
    opened_at: datetime
    owner: UUID | None = None


class TakenError(Exception):
    """Somebody else wrote the same post, or the same capture, in this very moment."""


async def receive(capture_id: UUID, given: NewCapture, *, by: Member, now: datetime) -> Received:
    """Keeps a capture and opens a case from it, or adds it to the case that its post already has.

    The same id again changes nothing. A known post is a second sight of it: the case keeps its stage and is
    marked as come back. Raises CaptureDiffers, NothingCaptured.
    """
    capture = cleaned(given)
    while True:
        if known := await _sent_before(capture_id, capture):
            return known
        try:
            return await _keep(capture_id, capture, by=by, now=now)
        except TakenError:  # that other transaction is over: what it wrote is found now
            continue


SENT_BEFORE = """
SELECT capture.body_hash, post."case" AS case_id
FROM capture JOIN post ON post.id = capture.post WHERE capture.id = :capture_id
"""


async def _sent_before(capture_id: UUID, capture: Clean) -> Received | None:
    rows = await run(SENT_BEFORE, quick=True, capture_id=capture_id)
    if not rows:
        return None
    if rows[0]["body_hash"] != capture.body_hash:
        raise CaptureDiffers(_("Another capture was already sent under this id. Capture the post again."))
    return Received(await reference(rows[0]["case_id"]), existing=True)


async def _keep(capture_id: UUID, capture: Clean, *, by: Member, now: datetime) -> Received:
    async with transaction():
        posts = await run('SELECT id, "case" FROM post WHERE key = :key', key=capture.post_key)
        if posts:
            case_id, post_id = posts[0]["case"], posts[0]["id"]
            await timeline.hold(case_id)
        else:
            case_id, post_id = await _open(capture, by=by, now=now)
        if not await _insert(capture_id, capture, post_id, by=by, now=now):
            raise TakenError
        if posts:
            await _see_again(case_id, capture_id, capture, by=by, now=now)
    return Received(await reference(case_id), existing=bool(posts))


async def _open(capture: Clean, *, by: Member, now: datetime) -> tuple[UUID, UUID]:
    """Step: a case, its post, its first entry and its first follow-up."""
    case = await _insert_case(capture, now=now)
    post_id = uuid4()
    if not await add(
        tables.Post, unless="key", id=post_id, key=capture.post_key, url=capture.url, case=case.id
    ):
        raise TakenError
    await timeline.record(case.id, EntryKind.CAPTURED, by=by, now=now, url=capture.url, note=capture.note)
    await follow_ups.make(case, FollowUpKind.TRIAGE, start=case.opened_at, now=now)
    await follow_ups.refresh(case.id)
    return case.id, post_id


async def _insert_case(capture: Clean, *, now: datetime) -> Opened:
    author = await authors.meet(capture.author, platform=capture.platform, post_key=capture.post_key, now=now)
    values: dict[str, Any] = {
        "id": uuid4(),
        "number": await _next_number(),
        "stage": Stage.NEW,
        "severity": capture.severity,
        "title": rules.excerpt(capture.title or capture.text or capture.url),
        "platform": capture.platform,
        "lang": capture.lang,
        "author": author.id,
        "customer_status": author.customer_status,
        "opened_at": max(min(capture.captured_at, now), now - OLDEST),
        "moved_at": now,
    }
    await add(tables.Case, **values)
    return Opened(**{name: values[name] for name in ("id", "severity", "platform", "opened_at")})


async def _next_number() -> int:
    """Taken last before the case is written: everybody who opens a case waits here for a moment."""
    rows = await run(
        "INSERT INTO counter (name, value) VALUES ('case', 1) "
        "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
    )
    return int(rows[0]["value"])


async def _insert(capture_id: UUID, capture: Clean, post_id: UUID, *, by: Member, now: datetime) -> bool:
    """Step: the capture itself; False when the same id was written in this very moment."""
    columns: dict[str, Any] = capture.columns()
    return await add(
        tables.Capture,
        unless="id",
        id=capture_id,
        post=post_id,
        author=await authors.find(capture.author, platform=capture.platform, post_key=capture.post_key),
        member=by.id,
        received_at=now,
        **columns,
    )


async def _see_again(case_id: UUID, capture_id: UUID, capture: Clean, *, by: Member, now: datetime) -> None:
    """Step: a second sight of a known post: the case is marked as come back; nothing moves by itself."""
    case = tables.Case
    await case.update({case.came_back_at: now, case.version: case.version + 1}).where(case.id == case_id)
    await timeline.record(
        case_id,
        EntryKind.SEEN_AGAIN,
        by=by,
        now=now,
        url=capture.url,
        note=capture.note,
        capture=str(capture_id),
    )


async def case_at(url: str, *, by: Member) -> CaseRef:
    """The case made from the post at this address, in whatever form it is given. Raises PostUnknown."""
    key = rules.post_key(rules.platform_of(url), "", url, "", "")
    rows = await tables.Post.select(tables.Post.case).where(tables.Post.key == key)
    if not rows:
        raise PostUnknown(_("No case was made from this post yet."))
    return await reference(rows[0]["case"])
