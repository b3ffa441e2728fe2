"""A post as it was captured, ready to show."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from amends.i18n import gettext as _
from amends.i18n import language, number
from amends.rules.capture.links import display_host, safe_url
from amends.rules.capture.titles import stars
from amends.rules.case import platforms
from amends.rules.case.author_names import author_name
from amends.rules.vocabulary import CustomerStatus
from amends.services.desk.cases import AuthorShown, CaptureShown
from amends.web import dates
from amends.web.capture.labels import posts
from amends.web.case.labels.languages import language_name
from amends.web.dates import Moment
from amends.web.labels import label


class Screenshot(msgspec.Struct, frozen=True):
    """A picture of the post; `ready` once its redrawn copy can be shown, `sha256` of the bytes that came."""

    src: str
    width: int
    height: int
    ready: bool
    redacted: bool
    sha256: str
    damage: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True, cache_hash=True):
    """One sight of a post, every string ready; texts of strangers are plain text."""

    id: UUID
    platform: str
    kind: str
    url: str
    host: str
    title: str
    text: str
    lang: str
    translation: str
    truncated: bool
    posted: Moment | None
    about: str
    time_text: str
    stars: str
    rating: str
    reach: tuple[tuple[str, str], ...]
    surroundings: tuple[tuple[str, str], ...]
    quoted: str
    media: int
    missing: tuple[str, ...]
    shortened: tuple[str, ...]
    note: str
    captured: Moment
    captured_by: str
    screenshots: tuple[Screenshot, ...]


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """Who wrote the post, as far as their account tells."""

    name: str
    handle: str
    initial: str
    url: str
    status: str
    cases: int
    href: str = ""


def letter(capture: CaptureShown, *, now: datetime) -> Letter:
    """One sight of a post as the page shows it, within one minute the same."""
    return _kept(capture, now.replace(second=0, microsecond=0), dates.reader_zone(), language())


@lru_cache(maxsize=256)
def _kept(capture: CaptureShown, now: datetime, _zone: ZoneInfo, _spoken: str) -> Letter:
    url = safe_url(capture.url) or ""
    return Letter(
        id=capture.id,
        platform=platforms.label(capture.platform),
        kind=label(capture.kind),
        url=url,
        host=display_host(url),
        title="" if capture.text.startswith(capture.title) else capture.title,
        text=capture.text,
        lang=capture.lang if capture.translated_to is None else capture.translated_to,
        translation=_translation(capture),
        truncated=capture.truncated,
        posted=dates.moment(capture.posted_at, now=now) if capture.posted_at else None,
        about=_about(capture),
        time_text=capture.time_text,
        stars="" if capture.rating is None else stars(capture.rating, capture.rating_max or 0),
        rating=_rating(capture),
        reach=tuple(
            (number(value), posts.metric(name, value))
            for name, value in capture.metrics.items()
            if isinstance(value, int | float)
        ),
        surroundings=_surroundings(capture.context),
        quoted=capture.quoted,
        media=len(capture.media),
        missing=tuple(posts.part(name) for name in capture.missing),
        shortened=tuple(posts.part(name) for name in capture.shortened or ()),
        note=capture.note,
        captured=dates.moment(min(capture.captured_at, capture.received_at), now=now),
        captured_by=capture.captured_by.name if capture.captured_by else "",
        screenshots=tuple(
            Screenshot(
                f"/evidence/{kept.id}",
                kept.width,
                kept.height,
                kept.ready,
                bool(kept.redacted),
                kept.sha256,
                _damage(kept.damage),
            )
            for kept in capture.evidence
        ),
    )


def _damage(damage: str | None) -> str:
    """What became of a screenshot that cannot be shown."""
    words = {
        "missing": _("The screenshot is missing: its file is not in the evidence folder."),
        "altered": _("The screenshot was altered: its file no longer matches its fingerprint."),
        "unreadable": _("The screenshot cannot be shown: its file is not a readable image."),
    }
    return words[damage] if damage else ""


def writer(author: AuthorShown | None) -> Writer:
    """Who wrote it; somebody unknown when the post did not say."""
    if author is None:
        return Writer(name=author_name(""), handle="", initial="?", url="", status="", cases=0)
    name = author_name(author.name, author.handle)
    return Writer(
        name=name,
        handle=author.handle if author.handle != author.name else "",
        initial=next((letter for letter in name if letter.isalnum()), "?").upper(),
        url=safe_url(author.url) or "",
        status="" if author.customer_status is CustomerStatus.UNKNOWN else label(author.customer_status),
        cases=author.cases,
        href=f"/people/{author.id}",
    )


def _translation(capture: CaptureShown) -> str:
    """What is to be known of words that their author did not write so."""
    if capture.translated_to is None:
        return ""
    before, after = language_name(capture.lang), language_name(capture.translated_to)
    if before and after:
        words = _(
            "Translated from %(before)s to %(after)s by the site or the browser: not the original words."
        )
        return words % {"before": before, "after": after}
    return _("Translated by the site or the browser: not the original words.")


def _about(capture: CaptureShown) -> str:
    """The day around which it was posted, when no more than that is known."""
    if capture.posted_at is None or not capture.posted_approximately:
        return ""
    return dates.day(dates.local_day(capture.posted_at))


def _rating(capture: CaptureShown) -> str:
    if capture.rating is None:
        return ""
    return _("%(value)s out of %(most)s") % {
        "value": number(capture.rating),
        "most": number(capture.rating_max or 5),
    }


def _surroundings(context: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The conversation around the post, as far as it is words: addresses are left to the post's own link."""
    shown = []
    for name, value in context.items():
        if value is True:
            shown.append((posts.context(name), _("Yes")))
        elif isinstance(value, str) and value and not value.startswith(("http://", "https://")):
            shown.append((posts.context(name), value))
        elif isinstance(value, dict) and value.get("text"):
            shown.append((posts.context(name), str(value["text"])))
    return tuple(shown)
