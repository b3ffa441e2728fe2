"""What has become of a post that somebody was asked to look at again?"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict
from amends.i18n import gettext as _
from amends.rules.capture.cleaning import Clean
from amends.rules.capture.rechecks import Change, Snapshot, changes, new_replies, of_author
from amends.rules.vocabulary import EntryKind, FollowUpKind, FollowUpState
from amends.services.case import timeline
from amends.services.case.access import take_to_write
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act

GONE = Change.GONE.value
ENDING = (FollowUpKind.PUBLIC_ENDING,)


class NothingToLookAt(Conflict):
    """No post of this case has an address."""


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What a second look at a post found; `ratings` are the one before and the one now."""

    changes: list[Change]
    ratings: tuple[float, float] | None
    replies: int


BEFORE = """
SELECT title, text, truncated, shortened, translated_to, rating, metrics, changes FROM capture
WHERE post = :post_id ORDER BY received_at DESC LIMIT 50
"""


async def found(post_id: UUID, capture: Clean) -> Look:
    """What differs from the last snapshot of a post, in a capture that is a second look at it."""
    snapshots = [snapshot_of(row) for row in await run(BEFORE, post_id=post_id)]
    return compared(
        next((snapshot for snapshot in snapshots if not snapshot.gone), Snapshot()), _snapshot(capture)
    )


def compared(before: Snapshot, after: Snapshot) -> Look:
    """What a look found that saw this after that."""
    what = changes(before, after)
    ratings = (before.rating, after.rating) if Change.RATING in what else None
    return Look(
        changes=list(what),
        ratings=ratings,  # type: ignore[arg-type]  # a rating that changed is known on both sides
        replies=new_replies(before, after) if Change.REPLIES in what else 0,
    )


def snapshot_of(capture: Mapping[str, Any]) -> Snapshot:
    """What can be compared of a kept capture."""
    return Snapshot(
        title=capture["title"],
        text=capture["text"],
        truncated=capture["truncated"],
        title_shortened="title" in (capture["shortened"] or ()),
        rating=capture["rating"],
        replies=capture["metrics"].get("replies"),
        gone=GONE in (capture["changes"] or ()),
        translated_to=capture["translated_to"],
    )


def _snapshot(capture: Clean) -> Snapshot:
    return Snapshot(
        title=capture.title,
        text=capture.text,
        truncated=capture.truncated,
        title_shortened="title" in capture.shortened,
        rating=capture.rating,
        replies=capture.metrics.get("replies"),
        gone=capture.revisit is not None and capture.revisit.gone,
        translated_to=capture.translated_to,
    )


async def told_by_chance(post_id: UUID, capture: Clean) -> Look | None:
    """What the author has changed, as a capture shows that nobody asked for; None when nothing."""
    look = await found(post_id, capture)
    changed = of_author(tuple(look.changes))
    return Look(changes=list(changed), ratings=look.ratings, replies=0) if changed else None


async def tell(act: Act, case_id: UUID, capture_id: UUID, capture: Clean, look: Look) -> None:
    """Step: the case has been looked at again; it is not marked as come back, and nothing moves by itself."""
    case = tables.Case
    await case.update(
        {case.look_asked_at: None, case.looked_at: act.now, case.version: case.version + 1}
    ).where(case.id == case_id)
    if Change.GONE in look.changes:  # there is nothing left to write under
        await follow_ups.settle(case_id, ENDING, state=FollowUpState.DROPPED, now=act.now)
    await timeline.record(
        case_id,
        EntryKind.RECHECKED,
        by=act.by,
        now=act.now,
        **capture.told(capture_id),
        changes=[change.value for change in look.changes],
        ratings=list(look.ratings) if look.ratings else None,
        replies=look.replies or None,
    )


ADDRESS = """
SELECT post.url FROM post JOIN capture ON capture.post = post.id
WHERE post."case" = :case_id AND post.url <> '' ORDER BY capture.received_at LIMIT 1
"""


async def ask(act: Act, number: int) -> str:
    """A member wants to know what became of the post; for a week browsers that pass by look. Its address.

    Raises CaseUnknown, NothingToLookAt.
    """
    async with transaction():
        case = await take_to_write(number, by=act.by)
        rows = await run(ADDRESS, case_id=case.id)
        if not rows:
            raise NothingToLookAt(_("No post of this case has an address to open."))
        await tables.Case.update({tables.Case.look_asked_at: act.now}).where(tables.Case.id == case.id)
        await timeline.record(case.id, EntryKind.RECHECK_REQUESTED, by=act.by, now=act.now)
    return str(rows[0]["url"])
