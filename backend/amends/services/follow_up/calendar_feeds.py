"""Calendar feeds: private links to a member's follow-ups as iCalendar."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends import tables
from amends.database import convert, run, transaction
from amends.errors import NotFound
from amends.i18n import gettext as _
from amends.rules.vocabulary import Role
from amends.rules.vocabulary.audit import AuditKind
from amends.services.follow_up import agenda
from amends.services.follow_up.agenda import AgendaEntry
from amends.services.team import audit, members
from amends.services.team.codes import hash_of
from amends.services.team.members import Act, Member

BACK, AHEAD = timedelta(days=90), timedelta(days=180)
MOST = 500
TOUCH_EVERY = timedelta(hours=1)


class NoCalendarFeed(NotFound):
    "This calendar feed no longer exists."


class FeedShown(msgspec.Struct, frozen=True, kw_only=True):
    """A member's feed as they see it: never the link."""

    with_titles: bool
    with_unowned: bool
    created_at: datetime
    read_at: datetime | None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What a calendar gets to read."""

    member: Member
    with_titles: bool
    entries: list[AgendaEntry]


async def make(act: Act) -> str:
    """A token of 256 bits for the member, shown this once; the one before is dead at once (R-26)."""
    token = secrets.token_urlsafe(32)
    feed = tables.CalendarFeed
    fresh = feed(id=uuid4(), member=act.by.id, token_hash=hash_of(token), created_at=act.now)
    async with transaction():
        await feed.insert(fresh).on_conflict(
            target=feed.member,
            action="DO UPDATE",
            values=[feed.token_hash, feed.created_at, feed.read_at],
        )
        await audit.record(AuditKind.FEED_MADE, by=act.by, now=act.now)
    return token


async def change(act: Act, *, with_titles: bool, with_unowned: bool) -> None:
    """Whether cases' titles stand in the feed, and, for leads, what nobody owns. Raises NoCalendarFeed."""
    feed = tables.CalendarFeed
    unowned = with_unowned and act.by.role.reaches(Role.LEAD)
    async with transaction():
        changed = feed.update({feed.with_titles: with_titles, feed.with_unowned: unowned})
        if not await changed.where(feed.member == act.by.id).returning(feed.id):
            raise NoCalendarFeed(
                _("Your calendar feed has been switched off in the meantime. Create a new link.")
            )
        told = {"titles": str(with_titles), "unowned": str(unowned)}
        await audit.record(AuditKind.FEED_CHANGED, by=act.by, now=act.now, **told)


async def switch_off(act: Act) -> None:
    """The link is dead; without one nothing happens."""
    feed = tables.CalendarFeed
    async with transaction():
        if await feed.delete().where(feed.member == act.by.id).returning(feed.id):
            await audit.record(AuditKind.FEED_REMOVED, by=act.by, now=act.now)


async def of_member(member_id: UUID) -> FeedShown | None:
    """The member's feed, if they have one."""
    feed = tables.CalendarFeed
    rows = await feed.select(feed.with_titles, feed.with_unowned, feed.created_at, feed.read_at).where(
        feed.member == member_id
    )
    return FeedShown(**rows[0]) if rows else None


BY_TOKEN = f"""
SELECT feed.id, feed.with_titles, feed.with_unowned, feed.read_at, {members.AS_MEMBER}
FROM calendar_feed AS feed JOIN member ON member.id = feed.member
WHERE feed.token_hash = :token_hash AND member.disabled_at IS NULL
"""  # noqa: S608


async def read(token: str, *, now: datetime) -> Feed | None:
    """What is due from 90 days back to 180 ahead, 500 at most; None for a token that is not good."""
    rows = await run(BY_TOKEN, token_hash=hash_of(token))
    if not rows:
        return None
    await _touch(rows[0], now)
    member = convert(rows[0], Member, prefix="member_")
    first, last = now - BACK, now + AHEAD
    found = (await agenda.page(first, last, whose="mine", by=member, limit=MOST)).entries
    if rows[0]["with_unowned"] and member.role.reaches(Role.LEAD):  # whoever was a lead may be none now
        found += (await agenda.page(first, last, whose="team", by=member, limit=MOST)).entries
        found.sort(key=lambda entry: entry.due_at)
    return Feed(member=member, with_titles=bool(rows[0]["with_titles"]), entries=found[:MOST])


async def _touch(row: Mapping[str, Any], now: datetime) -> None:
    if row["read_at"] is None or now - row["read_at"] >= TOUCH_EVERY:
        feed = tables.CalendarFeed
        await feed.update({feed.read_at: now}).where(feed.id == row["id"])
