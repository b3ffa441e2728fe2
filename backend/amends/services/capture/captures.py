"""Receiving captures: each post becomes one case, however often it is sent or seen."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import add, again_if_broken_off, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.capture import captures as rules
from amends.rules.capture import refusals
from amends.rules.capture.cleaning import Clean, cleaned
from amends.rules.capture.incoming import NewCapture
from amends.rules.capture.rechecks import Change
from amends.rules.case import searches as found
from amends.rules.follow_up import news
from amends.rules.vocabulary import EntryKind, FollowUpKind, Stage
from amends.services.capture import located, rechecks, rule_actions, titles
from amends.services.case import authors, openings, posts, searches, timeline
from amends.services.case.access import CaseRef, reference
from amends.services.case.openings import NewCase
from amends.services.case.posts import Place, TakenError
from amends.services.case.timeline import CaseIsGone
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act, Member

OLDEST = timedelta(days=30)
"""A capture that waited longer in a browser counts from this long ago: most likely its clock is wrong."""


class CaptureDiffers(Invalid):
    "Another capture was already sent with this id."


class CaptureTakenBack(Conflict):
    "This capture was undone, together with its case."


class PostUnknown(NotFound):
    "No case was opened from this post."


class Received(msgspec.Struct, frozen=True):
    """The case that a capture belongs to, whether there was one before, and what has changed in its post."""

    case: CaseRef
    existing: bool
    changes: list[Change] | None = None


class Backlog(msgspec.Struct, frozen=True):
    """Old posts brought in together: the cases are as old as they say; nobody is nudged to look at them."""

    look_by: datetime


async def receive(
    act: Act, capture_id: UUID, given: NewCapture, *, backlog: Backlog | None = None
) -> Received:
    """Keeps a capture and opens a case from it, or adds it to the case that its post already has.

    The same id again changes nothing. A known post is a second sight of it: the case keeps its stage and is
    marked as come back, unless the team asked for this look. A post that is not known yet joins the case of
    another capture when the browser says so. Raises CaptureDiffers, CaptureTakenBack, NothingCaptured.
    """
    capture = cleaned(given)
    while True:
        try:
            if known := await _sent_before(capture_id, capture):
                return known
            return await again_if_broken_off(lambda: _keep(act, capture_id, capture, backlog=backlog))
        except (TakenError, CaseIsGone):  # that other transaction is over: what it wrote is found now
            continue


SENT_BEFORE = """
SELECT capture.body_hash, capture.changes, post."case" AS case_id
FROM capture JOIN post ON post.id = capture.post WHERE capture.id = :capture_id
UNION ALL SELECT NULL, NULL, NULL FROM removed_capture WHERE id = :capture_id
"""


async def _sent_before(capture_id: UUID, capture: Clean) -> Received | None:
    rows = await run(SENT_BEFORE, capture_id=capture_id)
    if not rows:
        return None
    if rows[0]["case_id"] is None:
        raise CaptureTakenBack(_(refusals.TAKEN_BACK))
    if rows[0]["body_hash"] != capture.body_hash:
        raise CaptureDiffers(_(refusals.DIFFERS))
    return Received(await reference(rows[0]["case_id"]), existing=True, changes=rows[0]["changes"])


async def is_kept(capture_id: UUID) -> bool:
    """Whether there is a capture with this id."""
    rows = await run(SENT_BEFORE, capture_id=capture_id)
    return bool(rows and rows[0]["case_id"])


async def case_of(capture_id: UUID) -> CaseRef:
    """The case of a capture that is known to be kept."""
    rows = await run(SENT_BEFORE, capture_id=capture_id)
    return await reference(rows[0]["case_id"])


async def _keep(act: Act, capture_id: UUID, capture: Clean, *, backlog: Backlog | None) -> Received:
    async with transaction():
        place = await posts.place_of(act, capture_id, capture)
        place = place or await _open(act, capture_id, capture, backlog=backlog)
        again = place.how == "known"
        look_at = rechecks.found if capture.revisit else rechecks.told_by_chance
        look = await look_at(place.post_id, capture) if again else None
        changes = look.changes if look else None
        if not await _insert(act, capture_id, capture, place, changes):
            raise TakenError
        await searches.remember(place.case_id, _words(capture))
        is_ruled = place.how == "opened" and await rule_actions.apply(act, place.case_id, capture)
        if look and capture.revisit:
            await rechecks.tell(act, place.case_id, capture_id, capture, look)
        elif again:
            await _see_again(act, place.case_id, capture_id, capture, look)
            await follow_ups.look_again(place.case_id, now=act.now)
    if place.number is not None and not is_ruled:
        return Received(CaseRef(place.number, Stage.NEW, owner=None), existing=False)
    return Received(await reference(place.case_id), existing=place.how != "opened", changes=changes)


def _words(capture: Clean) -> str:
    author = capture.author
    return found.index_of(author.name, author.handle, capture.title, capture.text, capture.quoted)


async def _open(act: Act, capture_id: UUID, capture: Clean, *, backlog: Backlog | None) -> Place:
    """Step: a case, its post, its first entry and its first follow-up."""
    oldest = capture.captured_at if backlog else act.now - OLDEST
    location = await located.of_capture(capture)
    opened_at = max(min(capture.captured_at, act.now), oldest)
    new = await _new_case(capture, location.id if location else None, opened_at=opened_at, now=act.now)
    due, look_by = None, backlog.look_by if backlog else None
    if not backlog:
        due = await follow_ups.counted(new, FollowUpKind.TRIAGE, start=new.opened_at, now=act.now)
    case = await openings.insert(new, now=act.now, triage_by=due.at if due else look_by)
    post_id = await posts.add_post(capture, case.id)
    told = capture.told(capture_id) | located.told(location)
    await timeline.record(case.id, EntryKind.CAPTURED, by=act.by, now=act.now, held=True, **told)
    if backlog:
        await follow_ups.make_quietly(case, FollowUpKind.TRIAGE, due_at=backlog.look_by, now=act.now)
    elif due:
        heard, start = news.of_opening(case.severity), case.opened_at
        await follow_ups.insert(case, FollowUpKind.TRIAGE, due, start=start, now=act.now, news=heard)
    return Place(case.id, post_id, "opened", case.author, case.number)


async def _new_case(capture: Clean, location: UUID | None, *, opened_at: datetime, now: datetime) -> NewCase:
    author = await authors.meet(capture.author, platform=capture.platform, post_key=capture.post_key, now=now)
    return NewCase(
        **msgspec.structs.asdict(msgspec.structs.replace(capture.about, location=location)),
        title=await titles.in_team_language(
            title=capture.title,
            text=capture.text,
            url=capture.url,
            rating=capture.rating,
            rating_max=capture.rating_max,
        ),
        platform=capture.platform,
        lang=capture.lang,
        author=author.id,
        customer_status=author.customer_status,
        opened_at=opened_at,
    )


async def _insert(
    act: Act, capture_id: UUID, capture: Clean, place: Place, changes: list[Change] | None
) -> bool:
    """Step: the capture itself; False when the same id was written in this very moment."""
    columns: dict[str, Any] = capture.columns()
    author = place.author
    if place.how == "known":
        author = await authors.find(capture.author, platform=capture.platform, post_key=capture.post_key)
    return await add(
        tables.Capture,
        unless="id",
        id=capture_id,
        post=place.post_id,
        author=author,
        member=act.by.id,
        received_at=act.now,
        changes=changes,
        **columns,
    )


async def _see_again(
    act: Act, case_id: UUID, capture_id: UUID, capture: Clean, look: rechecks.Look | None
) -> None:
    """Step: a second sight of a known post: the case is marked as come back; nothing moves by itself."""
    found: dict[str, Any] = {}
    if look:
        found = {"changes": [change.value for change in look.changes], "ratings": look.ratings}
    case = tables.Case
    await case.update({case.came_back_at: act.now, case.version: case.version + 1}).where(case.id == case_id)
    await timeline.record(
        case_id,
        EntryKind.SEEN_AGAIN,
        by=act.by,
        now=act.now,
        **capture.told(capture_id),
        **found,
    )


async def case_at(url: str, *, by: Member) -> CaseRef:
    """The case made from the post at this address, in whatever form it is given. Raises PostUnknown."""
    key = rules.post_key(rules.platform_of(url), "", url, "", "")
    rows = await tables.Post.select(tables.Post.case).where(tables.Post.key == key)
    if not rows:
        raise PostUnknown(_("No case has been opened from this post yet."))
    return await reference(rows[0]["case"])
