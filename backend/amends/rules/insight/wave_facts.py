"""Facts of a wave from its posts: for how many people each sign holds, of how many of whom it is known."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from amends.rules.capture.account_dates import Span
from amends.rules.capture.hosts import platform_of
from amends.rules.case.platforms import WEB
from amends.rules.insight.waves import Facts, within_hours
from amends.rules.person.matching import links_of
from amends.rules.vocabulary import CustomerStatus

YOUNG = timedelta(days=30)
"""An account is young until then."""
CUSTOMERS = frozenset({CustomerStatus.VERIFIED, CustomerStatus.CLAIMED})


@dataclass(frozen=True, slots=True, kw_only=True)
class WavePost:
    """One post of a wave and its author, as far as they were captured.

    `group` names the texts that read alike; `since` is when the site says that the account was made.
    """

    who: str
    at: datetime
    platform: str
    group: str | None = None
    first_seen_at: datetime
    customer: CustomerStatus = CustomerStatus.UNKNOWN
    text: str = ""
    metrics: Mapping[str, Any] = field(default_factory=dict)
    since: Span | None = None


def facts_of(
    posts: Sequence[WavePost], *, begin: datetime, now: datetime, ours: Collection[str], doublings: int
) -> Facts:
    """What is known of a wave whose window began then; `ours` are addresses that point to ourselves."""
    people = {one.who: one for one in posts}
    young = [is_young(one.since, one.first_seen_at, now) for one in people.values()]
    customers = [one.customer for one in people.values() if one.customer is not CustomerStatus.UNKNOWN]
    reached = _reach(posts)
    return Facts(
        people=len(people),
        posts=len(posts),
        alike=_most((one.group, one.who) for one in posts if one.group),
        link=_most((link, one.who) for one in posts for link in _links(one.text, ours)),
        young=sum(one is True for one in young),
        young_known=sum(one is not None for one in young),
        new=sum(one.first_seen_at > begin for one in people.values()),
        soon=within_hours([one.at for one in people.values()]),
        customers=sum(one in CUSTOMERS for one in customers),
        customers_known=len(customers),
        platforms=len({one.platform for one in posts}),
        doublings=doublings,
        reach=round(sum(reached.values())),
        reach_known=len(reached),
    )


def is_young(since: Span | None, first_seen_at: datetime, now: datetime) -> bool | None:
    """Whether an account is young: by its date, or not, where we saw it long ago; None if nothing tells.

    A date that is still to come tells nothing, nor a month whose end is young and whose beginning is not.
    """
    if since is not None and since.earliest <= now:
        if now - since.earliest < YOUNG:
            return True
        if now - since.latest >= YOUNG:
            return False
    return False if now - first_seen_at >= YOUNG else None


def own_links(addresses: Iterable[str]) -> frozenset[str]:
    """What a link to us begins with: our accounts, and the whole of a site that is no platform."""
    links = {link for address in addresses for link in links_of((address,))}
    return frozenset(
        link if platform_of(f"https://{link}") != WEB else link.partition("/")[0] for link in links
    )


def _links(text: str, ours: Collection[str]) -> set[str]:
    return {
        link
        for link in links_of((text,))
        if not any(link == own or link.startswith(f"{own}/") for own in ours)
    }


def _most(named: Iterable[tuple[str, str]]) -> int:
    """How many people share the one thing that most of them do."""
    return max(Counter(thing for thing, _who in set(named)).values(), default=0)


def _reach(posts: Sequence[WavePost]) -> dict[str, float]:
    """By person, how often their posts were seen; else how many follow them, where either was captured."""
    seen: dict[str, float] = {}
    follow: dict[str, float] = {}
    for one in posts:
        if (views := _count(one.metrics, "views")) is not None:
            seen[one.who] = seen.get(one.who, 0) + views
        if (followers := _count(one.metrics, "followers")) is not None:
            follow[one.who] = max(follow.get(one.who, 0), followers)
    return {**follow, **seen}


def _count(metrics: Mapping[str, Any], name: str) -> float | None:
    value = metrics.get(name)
    return (
        float(value)
        if isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        else None
    )
