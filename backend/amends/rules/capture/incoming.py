"""Shape of a capture that a browser sends."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends.rules.case.platforms import WEB
from amends.rules.vocabulary import PostKind, Severity

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Json = dict[str, Any] | list[Any] | str | int | float | bool | None
LARGEST_NUMBER = 2**31 - 1


class Strict(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """What is not named here is refused, so that a spelling mistake is not silence."""


class Rating(Strict, frozen=True):
    """Stars given, of how many."""

    value: float
    max: float = 5.0


class SeenAuthor(Strict, frozen=True):
    """Who wrote it, as far as the page shows."""

    id: str | None = None
    name: str | None = None
    handle: str | None = None
    url: str | None = None
    avatar: str | None = None
    followers: int | float | None = None


class Page(Strict, frozen=True):
    """The page on which the post was seen."""

    url: str | None = None
    title: str | None = None


class Reader(Strict, frozen=True):
    """Which of the extension's readers read the page."""

    name: str | None = None
    version: int | str | None = None


class Revisit(Strict, frozen=True):
    """A second look at a case's post that the team asked for; `gone` when the post is not there any more."""

    case_number: Annotated[int, msgspec.Meta(ge=0, le=LARGEST_NUMBER)]
    gone: bool = False


class NewCapture(Strict, frozen=True):
    """A post as the extension read it; the keys of `Amends.readAll`, and what the member added."""

    captured_at: Instant
    platform: str = WEB
    id: str | None = None
    url: str | None = None
    kind: PostKind = PostKind.POST
    author: SeenAuthor | None = None
    title: str | None = None
    text: str | None = None
    truncated: bool = False
    lang: str | None = None
    translated: bool = False
    translated_to: str | None = None
    posted_at: Instant | None = None
    posted_approx: bool = False
    time_approx: bool = False
    time_text: str | None = None
    date_text: str | None = None
    rating: Rating | None = None
    metrics: dict[str, float | None] | None = None
    context: dict[str, Json] | None = None
    media: list[str] | None = None
    quoted: Json = None
    missing: list[str] | None = None
    shortened: list[str] | None = None
    """Fields that were longer than LIMITS; what is too long here is added to them."""
    page: Page | None = None
    note: str | None = None
    severity: Severity | None = None
    location: UUID | None = None
    adapter: Reader | None = None
    same_case_as: UUID | None = None
    revisit: Revisit | None = None


class AboutCase(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever captures a post may say of its case: columns of the case, and fields of NewCapture."""

    severity: Severity | None = None
    location: UUID | None = None
