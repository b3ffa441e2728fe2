"""Feeds: RSS and Atom that the worker fetches, alerts by mail, and the posts that they propose (P1, P2)."""

from amends.services.capture.feeds.fetching import fetch_next, propose_one
from amends.services.capture.feeds.items import (
    MOST_SHOWN,
    ItemSettled,
    ItemShown,
    ItemUnknown,
    forget_old,
    how_many_wait,
    ignore,
    ignored_lately,
    open_case,
    put_back,
    waiting,
)
from amends.services.capture.feeds.subscriptions import (
    FeedThere,
    FeedUnknown,
    Subscription,
    TooManyFeeds,
    WrongFeed,
    fetch_soon,
    listed,
    subscribe,
    unsubscribe,
)

__all__ = [
    "MOST_SHOWN",
    "FeedThere",
    "FeedUnknown",
    "ItemSettled",
    "ItemShown",
    "ItemUnknown",
    "Subscription",
    "TooManyFeeds",
    "WrongFeed",
    "fetch_next",
    "fetch_soon",
    "forget_old",
    "how_many_wait",
    "ignore",
    "ignored_lately",
    "listed",
    "open_case",
    "propose_one",
    "put_back",
    "subscribe",
    "unsubscribe",
    "waiting",
]
