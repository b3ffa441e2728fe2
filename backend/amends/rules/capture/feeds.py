"""Feeds: when one is fetched again, what its items propose, and which are old (P1, P2)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
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
LONGEST_ADDRESS = 2_000
LONGEST_WORDS = 5_000
HIDDEN = frozenset({"script", "style", "template", "head"})
BREAKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})


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
        posted_at=_instant(item.at),
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


def _instant(written: str) -> datetime | None:
    """An instant as RSS (RFC 822) or Atom (RFC 3339) writes it; None for one that is none or cannot be."""
    readers: tuple[Callable[[str], datetime], ...] = (parsedate_to_datetime, datetime.fromisoformat)
    for read in readers:
        try:
            at = read(written.strip())
            at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        return at if is_plausible(at) else None
    return None


class _Plain(HTMLParser):
    """Collects the words of markup."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in HIDDEN
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in HIDDEN))
        if tag in BREAKS:
            self.parts.append("\n")

    def collect(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)

    handle_data = collect  # as the library calls it


def plain(markup: str) -> str:
    """The words of a text that may hold HTML, a line for each paragraph."""
    reader = _Plain()
    reader.feed(markup)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)
