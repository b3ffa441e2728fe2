"""Splitting a post off a case into a case of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends import tables
from amends.database import run, transaction
from amends.errors import Conflict, NotFound
from amends.i18n import gettext as _
from amends.rules.capture.incoming import AboutCase
from amends.rules.case import searches as found
from amends.rules.follow_up import news
from amends.rules.vocabulary import EntryKind, FollowUpKind
from amends.services.capture import titles
from amends.services.case import holds, legal_hold_checks, openings, searches, timeline
from amends.services.case.access import must_be_open, take
from amends.services.case.openings import NewCase, OpenedCase
from amends.services.follow_up import follow_ups
from amends.services.team.members import Act


class PostNotHere(NotFound):
    """This post belongs to another case."""


class OnlyPost(Conflict):
    "A case needs at least one post."


TITLED_BY = ("title", "text", "url", "rating", "rating_max")
POSTS = """
SELECT post.id, post.url, capture.title, capture.text, capture.rating, capture.rating_max, capture.quoted,
capture.platform, capture.lang,
capture.author, capture.captured_at, author.name, author.handle, author.customer_status
FROM post JOIN capture ON capture.post = post.id LEFT JOIN author ON author.id = capture.author
WHERE post."case" = :case_id ORDER BY capture.received_at DESC
"""


async def split(act: Act, number: int, post_id: UUID) -> int:
    """A new case of one post, to be decided about; both cases say so. Returns the new case's number.

    What was promised stays with the case that promised it. Joining the new case to the old one takes it back.
    Raises CaseUnknown, CaseIsClosed, PostNotHere, OnlyPost.
    """
    async with transaction():
        case = await take(number, by=act.by)
        must_be_open(case)
        rows = await run(POSTS, case_id=case.id)
        post = next((row for row in rows if row["id"] == post_id), None)
        if post is None:
            raise PostNotHere
        if len({row["id"] for row in rows}) < 2:
            raise OnlyPost(_("This is the only post of the case. Add a post first, or leave it as it is."))
        made = await _open(post, case, now=act.now)
        await tables.Post.update({tables.Post.case: made.id}).where(tables.Post.id == post_id)
        told = {"move": "split", "url": post["url"]}
        await timeline.record(case.id, EntryKind.MOVED, by=act.by, now=act.now, split_off=made.number, **told)
        await timeline.record(made.id, EntryKind.MOVED, by=act.by, now=act.now, split_from=number, **told)
        words = found.index_of(*(post[name] or "" for name in ("name", "handle", "title", "text", "quoted")))
        await searches.remember(made.id, words)
        await holds.stay_with(made, number, by=act.by, now=act.now)
        await legal_hold_checks.stay_with(made.id, case.id)
        await follow_ups.make(
            made, FollowUpKind.TRIAGE, start=act.now, now=act.now, news=news.of_opening(made.severity)
        )
        await follow_ups.refresh(made.id)
    return made.number


async def _open(post: Mapping[str, Any], case: tables.Case, *, now: datetime) -> OpenedCase:
    values = {name: getattr(case, name) for name in AboutCase.__struct_fields__} | {
        "title": await titles.in_team_language(**{name: post[name] for name in TITLED_BY}),
        "platform": post["platform"],
        "lang": post["lang"],
        "author": post["author"],
        "customer_status": post["customer_status"] or case.customer_status,
        "opened_at": now,
    }
    return await openings.insert(msgspec.convert(values, NewCase), now=now)
