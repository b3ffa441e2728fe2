"""Captures written by hand, in a form or a table."""

import json
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import msgspec

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture import refusals
from amends.rules.capture.addresses import platform_of, post_id
from amends.rules.capture.incoming import AboutCase, NewCapture, Page, Rating, Reader, SeenAuthor
from amends.rules.capture.links import safe_url
from amends.rules.capture.outside_numbers import is_rating
from amends.rules.capture.shares import spelled_out
from amends.rules.case.platforms import is_review_site, platform_name
from amends.rules.team.outside_dates import is_plausible
from amends.rules.vocabulary import PostKind
from amends.services.capture import captures
from amends.services.capture.captures import CaptureDiffers, Received
from amends.services.team.members import Act


class PostIncomplete(Invalid):
    """Something about this post is missing or wrong."""


class Written(AboutCase, frozen=True, kw_only=True):
    """A post as somebody wrote it down, and its case; without a platform, its address tells."""

    url: str = ""
    text: str = ""
    title: str = ""
    author: str = ""
    handle: str = ""
    platform: str | None = None
    posted_at: datetime | None = None
    captured_at: datetime | None = None
    rating: float | None = None
    rating_max: float = 5.0
    note: str = ""


async def open_case(act: Act, form_id: UUID, written: Written) -> tuple[UUID, Received]:
    """The id of the capture, and the case that it opened or that was there before.

    The same words from the same form are one capture, however often they are sent. Raises PostIncomplete.
    """
    capture_id = content_id(form_id, written)
    given = as_capture(written, reader="form", now=act.now)
    try:
        return capture_id, await captures.receive(act, capture_id, given)
    except CaptureDiffers:  # the same form a moment later: only its time is another
        return capture_id, Received(await captures.case_of(capture_id), existing=False)


def content_id(space: UUID, written: Written) -> UUID:
    """An id that is the same for the same words, and another for others."""
    return uuid5(space, json.dumps(msgspec.to_builtins(written), sort_keys=True))


def as_capture(written: Written, *, reader: str, now: datetime) -> NewCapture:
    """The capture of a written post, seen now unless it says when.

    Raises PostIncomplete, WrongPlatformName.
    """
    url = spelled_out(written.url)
    if wrong := _wrong(written, url, now=now):
        raise PostIncomplete(_(refusals.INCOMPLETE), fields=wrong)
    platform = platform_name(written.platform) if written.platform else platform_of(url)
    is_review = written.rating is not None or is_review_site(platform)
    # reviews share the address of their page: each is known by who wrote it and its words
    is_one_of_many = is_review and bool(written.text) and not post_id(url)
    return NewCapture(
        captured_at=written.captured_at or now,
        platform=platform,
        url=url or None,
        kind=PostKind.REVIEW if is_review else PostKind.POST,
        author=SeenAuthor(name=written.author, handle=written.handle),
        title=written.title,
        text=written.text,
        posted_at=written.posted_at,
        rating=Rating(written.rating, written.rating_max) if written.rating is not None else None,
        note=written.note,
        **{name: getattr(written, name) for name in AboutCase.__struct_fields__},
        adapter=Reader(name=reader),
        page=Page(url=url) if is_one_of_many else None,
    )


def _wrong(written: Written, url: str, *, now: datetime) -> dict[str, str]:
    """A sentence for each field that cannot be used."""
    wrong = {}
    if not url and not written.text.strip():
        wrong["url"] = wrong["text"] = _(refusals.EMPTY)
    if url and (not safe_url(url) or urlsplit(url).scheme not in ("http", "https")):
        wrong["url"] = _(refusals.ADDRESS)
    for name in ("posted_at", "captured_at"):
        at = getattr(written, name)
        if at is not None and not is_plausible(at):
            wrong[name] = _(refusals.IMPLAUSIBLE_DATE)
        elif at is not None and at > now:
            wrong[name] = _(refusals.FUTURE)
    if written.rating is not None and not is_rating(written.rating, written.rating_max):
        wrong["rating"] = _(refusals.RATING)
    return wrong
