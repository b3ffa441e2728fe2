"""Feeds and what they propose, ready to show."""

from datetime import datetime

import msgspec

from amends.i18n import N_
from amends.i18n import gettext as _
from amends.rules.capture.addresses import platform_of
from amends.rules.capture.links import display_host, safe_url
from amends.rules.capture.mail_alerts import SCHEME
from amends.rules.case.texts import shortened
from amends.services.capture.feeds import ItemShown, Subscription
from amends.web import dates
from amends.web.dates import Moment

LONGEST = 400
FAILURES = {
    "unreachable": N_("It cannot be reached."),
    "private": N_("It leads to a private address, which is never fetched."),
    "redirects": N_("It redirects without end."),
    "huge": N_("It is larger than 2 MB."),
    "slow": N_("It is too slow."),
    "not_a_feed": N_("This address is not an RSS or Atom feed."),
    "gone": N_("Its site says that it is gone for good. It is no longer fetched."),
    "status": N_("Its site refuses it (%(status)s)."),
}
"""What leads read of a fetch that failed."""


class ItemLine(msgspec.Struct, frozen=True, kw_only=True):
    """One proposed post."""

    action: str
    platform: str
    title: str
    words: str
    author: str
    feed: str
    address: str
    host: str
    at: Moment


class FeedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One feed: when it answered last, and what is wrong with it."""

    action: str
    name: str
    host: str
    fetched: Moment | None
    next: Moment | None
    failure: str
    by_mail: bool


def item(one: ItemShown, *, now: datetime) -> ItemLine:
    """A proposed post as the list shows it."""
    address = safe_url(one.address) or ""
    words = shortened(one.words, LONGEST)
    return ItemLine(
        action=f"/feeds/items/{one.id}",
        platform=platform_of(address) if address else "web",
        title=one.title or shortened(one.words, 80) or display_host(address),
        words=words if one.title else "",
        author=one.author,
        feed=one.feed_name,
        address=address,
        host=display_host(address),
        at=dates.moment(one.posted_at or one.found_at, now=now),
    )


def subscription(one: Subscription, *, now: datetime) -> FeedLine:
    """A feed as leads and members see it."""
    by_mail = one.address.startswith(SCHEME)
    is_fetched = one.failure != "gone" and not by_mail
    return FeedLine(
        action=f"/feeds/{one.id}",
        name=one.name,
        host=one.address.removeprefix(SCHEME) if by_mail else display_host(one.address),
        fetched=dates.moment(one.fetched_at, now=now) if one.fetched_at else None,
        next=dates.moment(one.next_at, now=now) if is_fetched else None,
        by_mail=by_mail,
        failure=_(FAILURES[one.failure]) % {"status": one.status} if one.failure else "",
    )
