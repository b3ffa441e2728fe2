"""Fetching of feeds by the worker: one at a time, with a lease, and a longer pause after each failure."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends.database import columns_of, convert, run, transaction
from amends.gateways.feeds import FeedReader, Fetched
from amends.rules.capture import feeds as rules
from amends.rules.capture.addresses import folded
from amends.rules.capture.feeds import Proposal
from amends.tables.capture import Feed, FeedItem

LEASE = timedelta(minutes=5)
"""In which another worker leaves a feed alone; a fetch takes less than one."""


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A feed that this worker fetches now."""

    id: UUID
    address: str
    etag: str
    modified: str
    failures: int
    fetched_at: datetime | None


CLAIM = f"""
UPDATE feed SET next_at = :leased WHERE id = (
    SELECT id FROM feed WHERE next_at <= :now AND failure <> 'gone' AND address NOT LIKE 'mailto:%'
    ORDER BY next_at LIMIT 1
) AND next_at <= :now RETURNING {columns_of(Claimed, table="feed")}
"""  # noqa: S608 - the statement is ours alone


async def fetch_next(reader: FeedReader, *, now: datetime) -> bool:
    """Fetches the feed that has waited longest, if any is due: whether one was."""
    rows = await run(CLAIM, now=now, leased=now + LEASE)
    if not rows:
        return False
    feed = convert(rows[0], Claimed)
    fetched = await reader.fetch(feed.address, etag=feed.etag, modified=feed.modified)
    async with transaction():
        if await _note(feed, fetched, now) and fetched.outcome == "items":
            await _propose(feed, fetched, now)
    return True


WELL: dict[Any, Any] = {Feed.failures: 0, Feed.failure: "", Feed.status: 0}
"""What stands in a feed whose last fetch went well."""


async def _note(feed: Claimed, fetched: Fetched, now: datetime) -> bool:
    """Step: what became of the fetch, and when the next one is; False for a feed that was removed."""
    table = Feed
    if fetched.outcome in ("items", "same"):
        values: dict[Any, Any] = dict(WELL) | {table.fetched_at: now}
        if fetched.outcome == "items":
            values |= {table.etag: fetched.etag, table.modified: fetched.modified}
        next_at = rules.next_fetch(now, 0)
    else:
        failures = feed.failures + 1
        values = {table.failures: failures, table.failure: fetched.outcome, table.status: fetched.status}
        next_at = rules.next_fetch(now, failures, asked_pause=fetched.pause)
    written = table.update({**values, table.next_at: next_at}).where(table.id == feed.id)
    return bool(await written.returning(table.id))


async def _propose(feed: Claimed, fetched: Fetched, now: datetime) -> None:
    """Step: what is new waits for somebody, as far as there is room; what is old at first is only known."""
    read = [rules.proposal(item, base=fetched.address, now=now) for item in fetched.items]
    found = list({one.key: one for one in read if one is not None}.values())
    known = await _known(feed.id, found)
    is_first, room = feed.fetched_at is None, await _room(feed.id)
    for place, one in enumerate(found):
        if one.key in known or page_of(one.address) in known:
            continue
        is_news = rules.is_news(one.posted_at, place, is_first=is_first, now=now)
        if is_news and not room:
            return await _ask_for_all(feed.id)
        room -= is_news
        await _insert(feed.id, one, "waiting" if is_news else "old", now)
        known |= {page_of(one.address)} - {""}


async def propose_one(feed: UUID, one: Proposal, *, now: datetime) -> bool:
    """Step: a post that a mail told of waits with those of this feed; False where it has no room for more."""
    known = await _known(feed, [one])
    if one.key in known or page_of(one.address) in known:
        return True
    if not await _room(feed):
        return False
    await _insert(feed, one, "waiting", now)
    return True


async def _room(feed: UUID) -> int:
    """How many more proposals of this feed may wait."""
    waiting = (FeedItem.feed == feed) & (FeedItem.state == "waiting")
    return max(0, rules.MOST_WAITING - int(await FeedItem.count().where(waiting)))


async def _ask_for_all(feed: UUID) -> None:
    """Step: the next fetch is without a condition, so that what found no room is read again."""
    await Feed.update({Feed.etag: "", Feed.modified: ""}).where(Feed.id == feed)


async def _known(feed: UUID, found: Sequence[Proposal]) -> set[str]:
    """Keys of this feed, and pages of any, that were proposed before or are posts of cases."""
    if not found:
        return set()
    table = FeedItem
    mine = await table.select(table.key).where(
        table.feed == feed, table.key.is_in([one.key for one in found])
    )
    pages = [page for one in found if (page := page_of(one.address))]
    elsewhere = await table.select(table.page).where(table.page.is_in(pages)) if pages else []
    return {row["key"] for row in mine} | {row["page"] for row in elsewhere}


def page_of(address: str) -> str:
    """By what the page of an item is known again, however its address is written; "" where nothing tells."""
    key = folded(address)
    return hashlib.sha256(key.encode()).hexdigest() if key else ""


async def _insert(feed: UUID, one: Proposal, state: str, now: datetime) -> None:
    is_kept = state == "waiting"
    row = FeedItem(
        id=uuid4(),
        feed=feed,
        key=one.key,
        page=page_of(one.address),
        state=state,
        address=one.address if is_kept else "",
        title=one.title if is_kept else "",
        words=one.words if is_kept else "",
        author=one.author if is_kept else "",
        posted_at=one.posted_at,
        found_at=now,
    )
    await FeedItem.insert(row)
