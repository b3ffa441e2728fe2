"""Feeds that the team follows: add, remove, fetch soon, and what became of the last fetch."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from amends.database import add, columns_of, converter, hold, read, run, transaction
from amends.errors import Conflict, Invalid, NotFound
from amends.i18n import gettext as _
from amends.rules.capture import mail_alerts
from amends.rules.capture.links import safe_url
from amends.rules.case.texts import clean_name
from amends.services.team.members import Act
from amends.tables.capture import Feed

MOST_FEEDS = 50
LONGEST_NAME = 80
LONGEST_ADDRESS = 2_000


class WrongFeed(Invalid):
    "This feed is not valid."


class FeedThere(Conflict):
    """The team follows this feed already."""


class FeedUnknown(NotFound):
    "This feed no longer exists."


class TooManyFeeds(Conflict):
    """Too many feeds."""


class Subscription(msgspec.Struct, frozen=True, kw_only=True):
    """One feed and its last fetch; `failure` is the word of it, empty where it went well."""

    id: UUID
    name: str
    address: str
    next_at: datetime
    fetched_at: datetime | None
    failures: int
    failure: str
    status: int


LISTED = f"""
SELECT {columns_of(Subscription, table="feed")} FROM feed ORDER BY name, id LIMIT {MOST_FEEDS}
"""  # noqa: S608 - the statement is ours alone


async def listed() -> list[Subscription]:
    """All feeds, by name."""
    return await read(converter(Subscription), LISTED)


async def subscribe(act: Act, name: str, address: str) -> UUID:
    """One more feed, which is fetched within a minute, or one more sender of alerts by mail.

    Raises WrongFeed, FeedThere, TooManyFeeds.
    """
    name, address = clean_name(name, limit=LONGEST_NAME + 1), address.strip()
    address = mail_alerts.source_address(address) or address
    _check(name, address)
    feed = uuid4()
    async with transaction():
        await hold("feeds")
        known = {row["address"] for row in await run("SELECT address FROM feed")}
        if address in known:
            raise FeedThere(_("This feed is followed already."))
        if len(known) >= MOST_FEEDS:
            raise TooManyFeeds(_("No more than %(most)s feeds. Remove one first.") % {"most": MOST_FEEDS})
        made: dict[str, Any] = {"made_by": act.by.id, "made_at": act.now, "next_at": act.now}
        await add(Feed, id=feed, name=name, address=address, **made)
    return feed


async def unsubscribe(act: Act, feed: UUID) -> None:
    """It is fetched no more; what it proposed goes with it, cases stay. Raises FeedUnknown."""
    table = Feed
    if not await table.delete().where(table.id == feed).returning(table.id):
        raise unknown()


async def fetch_soon(act: Act, feed: UUID) -> None:
    """It is fetched within a minute, however often that has failed. Raises FeedUnknown."""
    table = Feed
    soon: dict[Any, Any] = {table.next_at: act.now, table.failures: 0, table.failure: "", table.status: 0}
    if not await table.update(soon).where(table.id == feed).returning(table.id):
        raise unknown()


def unknown() -> FeedUnknown:
    """The error for a feed that was removed."""
    return FeedUnknown(_("This feed was removed. Go back to the list."))


def _check(name: str, address: str) -> None:
    wrong = {}
    if not 1 <= len(name) <= LONGEST_NAME:
        wrong["name"] = _("Give it a name of up to %(most)s characters.") % {"most": LONGEST_NAME}
    is_web = address.lower().startswith(("http://", "https://")) and len(address) <= LONGEST_ADDRESS
    if not (address.startswith(mail_alerts.SCHEME) or (is_web and safe_url(address))):
        wrong["address"] = _(
            "Enter the address of a feed that begins with https://, or the mail address that sends alerts."
        )
    if wrong:
        raise WrongFeed(fields=wrong)
