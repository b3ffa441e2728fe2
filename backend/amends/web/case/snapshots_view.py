"""Snapshots of a case's posts, and what became of them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from amends.rules.capture.rechecks import Change, Run, Snapshot, changes, new_replies, word_runs
from amends.services.desk.cases import CaptureShown, CaseDetail
from amends.web import dates
from amends.web.capture.labels import changes as change_words
from amends.web.case import posts_view
from amends.web.case.posts_view import Letter
from amends.web.dates import Moment

AROUND = 12
"""Words that are kept before and after a difference; a longer stretch is left out between them."""
LOOKS = 5


class Stretch(msgspec.Struct, frozen=True):
    """Words of an edited post that had the same fate."""

    fate: Literal["kept", "removed", "added"]
    text: str


class LookShown(msgspec.Struct, frozen=True, kw_only=True):
    """What one look found, every string ready; `difference` when the words have changed."""

    at: Moment
    who: str
    found: str
    gone: bool
    lang: str
    difference: tuple[Stretch, ...]


class PostShown(msgspec.Struct, frozen=True, kw_only=True):
    """One post: as it stands now, as it stood before, and what looks at it found, the newest first."""

    id: UUID
    author: str
    latest: Letter
    earlier: tuple[Letter, ...]
    looks: tuple[LookShown, ...]


class Address(msgspec.Struct, frozen=True):
    """Where a post stands."""

    url: str
    host: str


class LookAsked(msgspec.Struct, frozen=True, kw_only=True):
    """The way to another look; `now` when this is the day for it or a member wants it, since when if so."""

    host: str
    now: bool
    asked: Moment | None


def posts_of(captures: list[CaptureShown], *, now: datetime) -> tuple[PostShown, ...]:
    """The posts of a case, in the order in which they were first captured."""
    seen: dict[UUID, list[CaptureShown]] = {}
    for capture in captures:
        seen.setdefault(capture.post, []).append(capture)
    return tuple(_post(snapshots, now) for snapshots in seen.values())


def address_of(shown: tuple[PostShown, ...]) -> Address | None:
    """Where the first post that has an address stands."""
    found = (Address(post.latest.url, post.latest.host) for post in shown if post.latest.url)
    return next(found, None)


def look_asked(detail: CaseDetail, address: Address | None, *, due: bool, now: datetime) -> LookAsked | None:
    """Where another look begins; None when no post has an address."""
    if address is None:
        return None
    asked = detail.look_asked_at if due else None
    return LookAsked(
        host=address.host,
        now=due,
        asked=dates.moment(asked, now=now) if asked else None,
    )


def _post(snapshots: list[CaptureShown], now: datetime) -> PostShown:
    letters = [posts_view.letter(capture, now=now) for capture in reversed(snapshots) if _tells(capture)]
    letters = letters or [posts_view.letter(snapshots[0], now=now)]
    return PostShown(
        id=snapshots[0].post,
        author=next((capture.author_name for capture in reversed(snapshots) if capture.author_name), ""),
        latest=letters[0],
        earlier=tuple(letters[1:]),
        looks=tuple(_looks(snapshots, now)[:LOOKS]),
    )


def _tells(capture: CaptureShown) -> bool:
    """Whether a snapshot has something to show beside the others: not when all was as before, or gone."""
    quiet = capture.changes in ([Change.UNCHANGED], [Change.GONE])
    return not quiet or bool(capture.evidence)


def _looks(snapshots: list[CaptureShown], now: datetime) -> list[LookShown]:
    found, before = [], Snapshot()
    for capture in snapshots:
        snapshot = _snapshot(capture)
        if capture.changes:
            found.append(_look(capture, before, snapshot, now))
        before = before if snapshot.gone else snapshot
    return found[::-1]


def _look(capture: CaptureShown, before: Snapshot, after: Snapshot, now: datetime) -> LookShown:
    what = changes(before, after)
    ratings = None
    if before.rating is not None and after.rating is not None:
        ratings = (before.rating, after.rating)
    phrases = change_words.found(what, ratings=ratings, replies=new_replies(before, after))
    edited = Change.EDITED in what
    return LookShown(
        at=dates.moment(min(capture.captured_at, capture.received_at), now=now),
        who=capture.captured_by.name if capture.captured_by else "",
        found=", ".join(phrases),
        gone=after.gone,
        lang=capture.lang,
        difference=tuple(_stretch(run) for run in word_runs(before.text, after.text)) if edited else (),
    )


def _stretch(run: Run) -> Stretch:
    words = run.text.split(" ")
    if run.fate == "kept" and len(words) > 2 * AROUND:
        return Stretch("kept", " ".join([*words[:AROUND], "…", *words[-AROUND:]]))
    return Stretch(run.fate, run.text)


def _snapshot(capture: CaptureShown) -> Snapshot:
    return Snapshot(
        title=capture.title,
        text=capture.text,
        truncated=capture.truncated,
        title_shortened="title" in (capture.shortened or ()),
        rating=capture.rating,
        replies=capture.metrics.get("replies"),
        gone=Change.GONE in (capture.changes or ()),
        translated_to=capture.translated_to,
    )
