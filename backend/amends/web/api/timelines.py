"""API: what was said on a case: its posts as they were seen, and its timeline."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Meta

from amends.rules.vocabulary import Channel, EntryKind, PostKind
from amends.services.case import sensitive_openings, timeline
from amends.services.case.access import find
from amends.services.case.timeline import EntryShown
from amends.services.desk.cases import CaptureShown
from amends.services.desk.cases.captures import captures_of
from amends.services.team.names import Name
from amends.web.api.kit import Asked, filled
from amends.web.api.paging import Paged, answered, cut
from amends.web.security import Policy

Particulars = Annotated[
    dict[str, Any],
    Meta(description="What the entry tells, by name: which names there are depends on its kind."),
]


class EntrySent(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One line of a timeline; `by` is a member, null where the customer or the system did it.

    Of an entry whose person was erased the particulars are empty.
    """

    position: int
    kind: EntryKind
    at: datetime
    actor: str
    by: Name | None
    channel: Channel | None
    particulars: Particulars
    erased: bool


class TimelineSent(msgspec.Struct, frozen=True):
    """Some entries, the oldest first, and the cursor of the page after."""

    entries: list[EntrySent]
    next: str | None


class ScreenshotShown(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A picture that was kept with a post."""

    id: UUID
    media_type: str
    width: int
    height: int
    sha256: str


class PostSeen(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A post as it was seen once; a stranger's text, to be shown as text alone."""

    id: UUID
    author_name: str
    platform: str
    kind: PostKind
    url: str
    title: str
    text: str
    truncated: bool
    lang: str
    posted_at: datetime | None
    rating: float | None
    rating_max: float | None
    captured_at: datetime
    evidence: list[ScreenshotShown]


class PostsSeen(msgspec.Struct, frozen=True):
    """Every sight of a case's posts, the oldest first, and the cursor of the page after."""

    posts: list[PostSeen]
    next: str | None


def _entry(entry: EntryShown) -> EntrySent:
    return filled(EntrySent, entry)


def _seen(capture: CaptureShown) -> PostSeen:
    pictures = [filled(ScreenshotShown, one) for one in capture.evidence]
    return filled(PostSeen, capture, evidence=pictures)


@get(
    "/cases/{number:int}/timeline",
    operation_id="listTimeline",
    opt={"policy": Policy.TOKEN_TIMELINE, "query": Paged},
    tags=["timeline"],
)
async def entries(asked: NamedDependency[Asked], number: FromPath[int]) -> TimelineSent:
    """Lists what happened to a case, the oldest first."""
    paged, case = asked.query(Paged), await find(number, by=asked.member)
    await sensitive_openings.note_opening(asked.act, number)
    shown, following = cut(await timeline.of_case(case.id), paged)
    return answered(asked, TimelineSent([_entry(one) for one in shown], following), following)


@get(
    "/cases/{number:int}/posts",
    operation_id="listPosts",
    opt={"policy": Policy.TOKEN_TIMELINE, "query": Paged},
    tags=["timeline"],
)
async def posts(asked: NamedDependency[Asked], number: FromPath[int]) -> PostsSeen:
    """Lists the posts of a case as they were seen, with their screenshots by name."""
    paged, case = asked.query(Paged), await find(number, by=asked.member)
    await sensitive_openings.note_opening(asked.act, number)
    shown, following = cut(await captures_of(case.id), paged)
    return answered(asked, PostsSeen([_seen(one) for one in shown], following), following)


routes = (entries, posts)
