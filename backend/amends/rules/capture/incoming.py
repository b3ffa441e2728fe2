"""Shape of a capture that a browser sends, and its cleaning."""

import hashlib
import json
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.capture import captures as rules
from amends.rules.capture.authors import NewAuthor
from amends.rules.capture.links import safe_url
from amends.rules.capture.outside_numbers import is_rating, plausible
from amends.rules.capture.particulars import LIST_LIMIT, harmless
from amends.rules.capture.post_times import approximate
from amends.rules.case.platforms import WEB, platform_name
from amends.rules.case.texts import JOINERS, KEPT_CHARACTERS, clean, clean_name
from amends.rules.team.outside_dates import is_plausible
from amends.rules.vocabulary import PostKind, Severity

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
Json = dict[str, Any] | list[Any] | str | int | float | bool | None
NOTE_LIMIT = 10_000
"""As many as the field of the extension takes."""
LARGEST_NUMBER = 2**31 - 1
ID_LIMIT = 2_048
YOUNGER = ("sameCaseAs", "revisit", "translated", "translatedTo")
"""Fields that captures which still wait in a browser may lack; each is something or nothing."""
NOT_COLUMNS = frozenset({"post_key", "author", "shares_address", "same_case_as", "revisit", "about"})


class NothingCaptured(Invalid):
    """There is nothing in this capture that a case could be made from."""


class NoteTooLong(Invalid):
    """This note is too long."""


class WrongClock(Invalid):
    """The time of this capture cannot be right."""


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
    page: Page | None = None
    note: str | None = None
    severity: Severity | None = None
    adapter: Reader | None = None
    same_case_as: UUID | None = None
    revisit: Revisit | None = None


class AboutCase(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever captures a post may say of its case: columns of the case, and fields of NewCapture."""

    severity: Severity | None = None


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


def cleaned(given: NewCapture) -> Clean:
    """The capture as it is kept.

    Raises NothingCaptured when neither words nor an address are left, WrongPlatformName, NoteTooLong, and
    WrongClock. What the page says of the post is a stranger's: a date or number that cannot be is unknown.
    """
    _check_sender(given)
    text = clean(given.text or "")
    title = clean_name(given.title or "")
    platform = platform_name(given.platform)
    url = _canonical(given.url, platform)
    if not (text.text.strip() or title or url):
        raise NothingCaptured(_("Select some text, or open the post itself, and capture again."))
    author = _author(given.author or SeenAuthor())
    external_id = clean_name(given.id or "", limit=ID_LIMIT)
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
        external_id=external_id[:200],
        url=url,
        author=author,
        title=title,
        text=text.text,
        truncated=text.truncated or given.truncated or _fills_a_reader(given.text or ""),
        **_plain(given),
    )


def _check_sender(given: NewCapture) -> None:
    """What the member and their browser say, and no stranger, has to be right."""
    if not is_plausible(given.captured_at):
        sentence = _("The clock of this browser is wrong: it gives a date before 1990 or after 2100.")
        raise WrongClock(sentence, fields={"captured_at": sentence})
    if len(given.note or "") > NOTE_LIMIT:
        sentence = _("Use at most %(count)s characters.") % {"count": NOTE_LIMIT}
        raise NoteTooLong(sentence, fields={"note": sentence})


def _fills_a_reader(text: str) -> bool:
    """Whether a text is as long as readers cut it, which count as JavaScript does."""
    return len(text.encode("utf-16-le", "replace")) // 2 >= KEPT_CHARACTERS


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


def _plain(given: NewCapture) -> dict[str, Any]:
    page = given.page or Page()
    reader = given.adapter or Reader()
    time_text = clean_name(given.time_text or given.date_text or "")
    posted_at = _known(given.posted_at)
    about = _known(approximate(time_text, given.captured_at)) if time_text and not posted_at else None
    rating = given.rating if given.rating and is_rating(given.rating.value, given.rating.max) else None
    return {
        "kind": given.kind,
        "lang": clean_name(given.lang or "")[:35],
        "translated_to": clean_name(given.translated_to or "")[:35] if given.translated else None,
        "posted_at": posted_at or about,
        "posted_approximately": given.posted_approx or given.time_approx or about is not None,
        "time_text": time_text,
        "rating": rating.value if rating else None,
        "rating_max": rating.max if rating else None,
        "metrics": _metrics(given),
        "context": harmless(given.context or {}),
        "media": [link for url in (given.media or [])[:LIST_LIMIT] if (link := safe_url(url))],
        "quoted": clean(given.quoted if isinstance(given.quoted, str) else "").text,
        "missing": [clean_name(name)[:40] for name in (given.missing or [])[:LIST_LIMIT]],
        "reader": {"name": clean_name(reader.name or ""), "version": clean_name(str(reader.version or ""))},
        "page_url": safe_url(page.url or "") or "",
        "page_title": clean_name(page.title or ""),
        "note": clean(given.note or "", limit=NOTE_LIMIT).text.strip(),
        "about": AboutCase(severity=given.severity),
        "captured_at": given.captured_at,
    }


def _known(at: datetime | None) -> datetime | None:
    """The instant of a page; None for one that cannot be."""
    return at if at and is_plausible(at) else None


def _metrics(given: NewCapture) -> dict[str, float]:
    """What the page counts of the post, and how many follow its author."""
    counted = {"followers": given.author.followers if given.author else None, **(given.metrics or {})}
    known = ((clean_name(name)[:40], plausible(value)) for name, value in list(counted.items())[:LIST_LIMIT])
    return {name: value for name, value in known if value is not None}


def _name_of(author: NewAuthor) -> str:
    """As it tells posts apart that have no id, in captures from before joiners were kept too."""
    return JOINERS.sub("", author.handle or author.name)


def _author(seen: SeenAuthor) -> NewAuthor:
    return NewAuthor(
        name=clean_name(seen.name or ""),
        handle=clean_name(seen.handle or ""),
        url=safe_url(seen.url or "") or "",
        avatar=safe_url(seen.avatar or "") or "",
    )
