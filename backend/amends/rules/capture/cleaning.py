"""Cleaning of a capture: harmless texts within their limits, and the key of its post."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture import account_dates, refusals
from amends.rules.capture import captures as rules
from amends.rules.capture.authors import NewAuthor
from amends.rules.capture.fingerprints import fingerprint
from amends.rules.capture.incoming import AboutCase, NewCapture, Page, Reader, Revisit, SeenAuthor
from amends.rules.capture.limits import LIMITS, Shortening
from amends.rules.capture.links import safe_url
from amends.rules.capture.outside_numbers import is_rating, plausible
from amends.rules.capture.particulars import harmless
from amends.rules.capture.post_times import approximate
from amends.rules.case.platforms import platform_name
from amends.rules.case.texts import JOINERS, clean, clean_name
from amends.rules.team.outside_dates import is_plausible
from amends.rules.vocabulary import PostKind

YOUNGER = ("sameCaseAs", "revisit", "translated", "translatedTo", "shortened", "location")
"""Fields that captures which still wait in a browser may lack; each is something or nothing."""
NOT_COLUMNS = frozenset({"post_key", "author", "shares_address", "same_case_as", "revisit", "about"})
TOO_LONG = {
    "note": refusals.LONG_NOTE,
    "url": refusals.LONG_ADDRESS,
    "id": refusals.LONG_ID,
}
"""What a member wrote and what tells the post from others is never cut: the capture is refused."""


class NothingCaptured(Invalid):
    "This capture contains nothing to open a case from."


class FieldTooLong(Invalid):
    """A part of this capture is too long, and must not be cut."""


class WrongClock(Invalid):
    "The time of this capture is wrong."


class Clean(msgspec.Struct, frozen=True, kw_only=True):
    """A capture whose texts are harmless and whose post has a key."""

    body_hash: str
    post_key: str
    shares_address: bool
    same_case_as: UUID | None
    revisit: Revisit | None
    platform: str
    kind: PostKind
    external_id: str
    url: str
    author: NewAuthor
    title: str
    text: str
    truncated: bool
    lang: str
    translated_to: str | None
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
    shortened: list[str]
    reader: dict[str, Any]
    page_url: str
    page_title: str
    note: str
    about: AboutCase
    captured_at: datetime

    def columns(self) -> dict[str, Any]:
        """What the table of captures keeps of it."""
        kept = {name: getattr(self, name) for name in self.__struct_fields__ if name not in NOT_COLUMNS}
        return {**kept, "severity": self.about.severity}

    def told(self, capture_id: UUID) -> dict[str, Any]:
        """What its entry on the timeline tells: enough to find out later whether the copy was altered."""
        return {
            "url": self.url,
            "note": self.note,
            "capture": str(capture_id),
            "content": fingerprint(self.columns()),
            "author_name": self.author.name,
            "author_handle": self.author.handle,
        }


def cleaned(given: NewCapture) -> Clean:
    """The capture as it is kept; what a stranger wrote too long is cut and named in `shortened`.

    Raises NothingCaptured when neither words nor an address are left, WrongPlatformName, FieldTooLong, and
    WrongClock. What the page says of the post is a stranger's: a date or number that cannot be is unknown.
    """
    _check_sender(given)
    shortening = Shortening(given.shortened or ())
    text = clean(given.text or "", limit=LIMITS.text)
    title = shortening.line("title", given.title, LIMITS.title)
    platform = platform_name(given.platform)
    url = _canonical(given.url, platform)
    if not (text.text.strip() or title or url):
        raise NothingCaptured(_(refusals.NOTHING))
    author = _author(given, shortening)
    external_id = clean_name(given.id or "", limit=LIMITS.id)
    page: dict[str, Any] = {
        "kind": given.kind,
        "page_url": _canonical(given.page.url if given.page else None, platform),
    }
    return Clean(
        body_hash=_hash(given),
        post_key=rules.page_key(platform, external_id, url, _name_of(author), text.text, **page),
        shares_address=rules.shares_address(external_id, url, **page),
        same_case_as=given.same_case_as,
        revisit=given.revisit,
        platform=platform,
        external_id=external_id,
        url=_kept(given.url, platform),
        author=author,
        title=title,
        text=text.text,
        truncated=text.truncated or given.truncated or _fills_a_reader(given.text or ""),
        **_plain(given, shortening),
        **_surroundings(given, shortening),
        shortened=sorted(shortening.fields),
    )


def _check_sender(given: NewCapture) -> None:
    """What the member and their browser say, and what names the post, has to be right."""
    if not is_plausible(given.captured_at):
        sentence = _(refusals.CLOCK)
        raise WrongClock(sentence, fields={"captured_at": sentence})
    for name, limit in (("note", LIMITS.note), ("url", LIMITS.address), ("id", LIMITS.id)):
        if len(getattr(given, name) or "") > limit:
            sentence = _(TOO_LONG[name]) % {"count": limit}
            raise FieldTooLong(sentence, fields={name: sentence})


def _fills_a_reader(text: str) -> bool:
    """Whether a text is as long as readers cut it, which count as JavaScript does."""
    return len(text.encode("utf-16-le", "replace")) // 2 >= LIMITS.text


def _hash(given: NewCapture) -> str:
    """The same for the same request, whatever the order of its keys; broken text can be hashed too."""
    body = msgspec.to_builtins(given)
    for name in YOUNGER:
        if not body[name]:
            del body[name]
    plain = json.dumps(body, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


def _canonical(url: str | None, platform: str) -> str:
    safe = safe_url(url or "")
    return rules.canonical_url(safe, platform) if safe else ""


def _kept(url: str | None, platform: str) -> str:
    safe = safe_url(url or "")
    return rules.kept_url(safe, platform) if safe else ""


def _plain(given: NewCapture, shortening: Shortening) -> dict[str, Any]:
    page = given.page or Page()
    reader = given.adapter or Reader()
    rating = given.rating if given.rating and is_rating(given.rating.value, given.rating.max) else None
    return {
        "kind": given.kind,
        "lang": shortening.exact("lang", clean_name(given.lang or ""), LIMITS.language),
        "translated_to": clean_name(given.translated_to or "", limit=LIMITS.language)
        if given.translated
        else None,
        **_posted(given, shortening),
        "rating": rating.value if rating else None,
        "rating_max": rating.max if rating else None,
        "reader": {
            "name": shortening.line("adapter", reader.name, LIMITS.name),
            "version": shortening.line("adapter", str(reader.version or ""), LIMITS.name),
        },
        "page_url": safe_url(shortening.exact("page", page.url, LIMITS.address)) or "",
        "page_title": shortening.line("page", page.title, LIMITS.title),
        "note": clean(given.note or "", limit=LIMITS.note).text.strip(),
        "about": AboutCase(severity=given.severity, location=given.location),
        "captured_at": given.captured_at,
    }


def _posted(given: NewCapture, shortening: Shortening) -> dict[str, Any]:
    """When it was posted: the instant, else about when by the words of the page."""
    time_text = shortening.line("timeText", given.time_text or given.date_text, LIMITS.time)
    posted_at = _known(given.posted_at)
    about = _known(approximate(time_text, given.captured_at)) if time_text and not posted_at else None
    return {
        "posted_at": posted_at or about,
        "posted_approximately": given.posted_approx or given.time_approx or about is not None,
        "time_text": time_text,
    }


def _surroundings(given: NewCapture, shortening: Shortening) -> dict[str, Any]:
    """What stands around the post and in it."""
    media = shortening.entries("media", given.media or ())
    links = (safe_url(shortening.exact("media", url, LIMITS.address)) for url in media)
    missing = shortening.entries("missing", given.missing or ())
    return {
        "metrics": _metrics(given, shortening),
        "context": harmless(given.context or {}, shortening),
        "media": [link for link in links if link],
        "quoted": shortening.text(
            "quoted", given.quoted if isinstance(given.quoted, str) else "", LIMITS.quoted
        ),
        "missing": [shortening.line("missing", name, LIMITS.key) for name in missing],
    }


def _known(at: datetime | None) -> datetime | None:
    """The instant of a page; None for one that cannot be."""
    return at if at and is_plausible(at) else None


def _metrics(given: NewCapture, shortening: Shortening) -> dict[str, float]:
    """What the page counts of the post, and how many follow its author."""
    counted = {"followers": given.author.followers if given.author else None, **(given.metrics or {})}
    known = (
        (shortening.line("metrics", name, LIMITS.key), plausible(value))
        for name, value in shortening.entries("metrics", counted.items())
    )
    return {name: value for name, value in known if value is not None}


def _name_of(author: NewAuthor) -> str:
    """As it tells posts apart that have no id, in captures from before joiners were kept too."""
    return JOINERS.sub("", author.handle or author.name)


def _author(given: NewCapture, shortening: Shortening) -> NewAuthor:
    """A handle or address that is too long would be another account's when cut: it is left out."""
    seen = given.author or SeenAuthor()
    handle = clean_name(seen.handle or "", limit=LIMITS.name + 1)
    return NewAuthor(
        name=shortening.line("author", seen.name, LIMITS.name),
        handle=shortening.exact("author", handle, LIMITS.name),
        url=safe_url(shortening.exact("author", seen.url, LIMITS.address)) or "",
        avatar=safe_url(shortening.exact("author", seen.avatar, LIMITS.address)) or "",
        since=account_dates.stated((given.context or {}).get("authorSince"), given.captured_at),
    )
