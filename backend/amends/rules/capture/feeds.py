"""Feeds: when one is fetched again, what its items propose, and which are old (P1, P2)."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from urllib.parse import urljoin

from amends.rules.capture.feed_documents import FeedItem
from amends.rules.capture.links import safe_url
from amends.rules.case.texts import clean, clean_name
from amends.rules.team.outside_dates import is_plausible

EVERY = timedelta(minutes=30)
LONGEST_PAUSE = timedelta(days=1)
NEWS = timedelta(days=7)
"""How far back the first fetch of a feed proposes; older items are known, and proposed no more."""
MOST_AT_FIRST = 20
"""Items without a date that the first fetch proposes."""
MOST_WAITING = 200
"""Proposals of one feed that wait at once: one whose ids change with every fetch fills no database."""
LONGEST_ADDRESS = 2_000
LONGEST_WORDS = 5_000
HIDDEN = frozenset({"script", "style", "template", "head"})
BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})
MARKUP = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|[!?][^<>]*+>|(?P<closes>/?)(?P<name>[a-zA-Z][^\s/<>]*+)[^<>]*+>)", re.DOTALL
)
"""A comment, a declaration or a tag; a “<” that begins none of them is a character like others."""
NO_CHARACTER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
"""References beyond all characters, with more digits than a number may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What one item proposes: a post with its page, or words without one. `key` knows it again."""

    key: str
    address: str
    title: str
    words: str
    author: str
    posted_at: datetime | None


def next_fetch(now: datetime, failures: int, *, asked_pause: int = 0) -> datetime:
    """When a feed is fetched again: every half hour; each failure in a row doubles that, up to a day.

    `asked_pause` are the seconds that its server asked to be left alone (Retry-After).
    """
    pause = min(EVERY * (1 << min(failures, 10)), LONGEST_PAUSE)
    asked = timedelta(seconds=min(asked_pause, LONGEST_PAUSE.total_seconds()))
    return now + max(pause, asked)


def proposal(item: FeedItem, *, base: str, now: datetime) -> Proposal | None:
    """What an item proposes, as text without markup; None where it says nothing at all."""
    link = item.link or (item.id if item.id.startswith(("http://", "https://")) else "")
    address = _page(link, base) if link else ""
    title = clean_name(plain(item.title), limit=300)
    words = clean(plain(item.words), limit=LONGEST_WORDS).text.strip()
    if not (address or title or words):
        return None
    name = item.id or address or f"{title}\n{words}"
    return Proposal(
        key=hashlib.sha256(name.encode(errors="replace")).hexdigest(),
        address=address,
        title=title,
        words=words,
        author=clean_name(plain(item.author), limit=200),
        posted_at=_instant(item.at, now),
    )


def is_news(posted_at: datetime | None, place: int, *, is_first: bool, now: datetime) -> bool:
    """Whether an item is proposed: all that are new to us, of the first fetch those of the last week.

    `place` counts from 0 in the document, and decides where the item has no date.
    """
    if not is_first:
        return True
    return place < MOST_AT_FIRST if posted_at is None else posted_at >= now - NEWS


def _page(link: str, base: str) -> str:
    try:
        address = urljoin(base, clean(link).text.strip())
    except ValueError:
        return ""
    return address if len(address) <= LONGEST_ADDRESS and safe_url(address) else ""


def _instant(written: str, now: datetime) -> datetime | None:
    """An instant as RSS (RFC 822) or Atom (RFC 3339) writes it; None for one to come or that is none."""
    readers: tuple[Callable[[str], datetime], ...] = (parsedate_to_datetime, datetime.fromisoformat)
    for read in readers:
        try:
            at = read(written.strip())
            at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return at if is_plausible(at) and at <= now else None
    return None


def plain(markup: str) -> str:
    """The words of a text that may hold HTML, a line for each paragraph.

    In one pass: whatever strangers write takes time in proportion to its length, and none of it fails.
    """
    parts: list[str] = []
    hidden = end = 0
    for tag in MARKUP.finditer(markup):
        name = (tag["name"] or "").lower()
        parts += [] if hidden else [markup[end : tag.start()]]
        parts += ["\n"] if name in BREAKS else []
        hidden = max(0, hidden + (-1 if tag["closes"] else 1)) if name in HIDDEN else hidden
        end = tag.end()
    parts += [] if hidden else [markup[end:]]
    words = unescape(NO_CHARACTER.sub("\ufffd", "".join(parts)))
    lines = (" ".join(line.split()) for line in words.split("\n"))
    return "\n".join(line for line in lines if line)
