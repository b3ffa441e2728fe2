"""Account matching: reasons why two accounts may be one person; a member decides (P64)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from amends.rules.case.near_texts import are_near, normal, says_enough
from amends.rules.case.searches import words_of

LEAST = 0.4
"""Below this nothing is said: a hint that is mostly wrong is soon no longer read."""

LONG_ENOUGH = 4
"""Letters of a handle below which two accounts have it by chance."""
SOON_AFTER = timedelta(days=14)
FEW = 10
READ = 4_000
"""Letters of each text in which addresses are looked for."""

LINK = re.compile(r"https?://([^\s<>\"')\]]+)", re.IGNORECASE)


class Sign(StrEnum):
    """What two accounts have in common."""

    SAME_HANDLE = "same_handle"
    SAME_NAME = "same_name"
    SAME_TEXT = "same_text"
    SAME_LINKS = "same_links"
    AFTER_BLOCK = "after_block"
    FEW_FOLLOWERS = "few_followers"


class Verdict(StrEnum):
    """What a member decided about two accounts."""

    SAME = "same"
    DIFFERENT = "different"


WEIGHTS = {
    Sign.SAME_HANDLE: 0.5,
    Sign.SAME_NAME: 0.25,
    Sign.SAME_TEXT: 0.5,
    Sign.SAME_LINKS: 0.3,
    Sign.AFTER_BLOCK: 0.35,
    Sign.FEW_FOLLOWERS: 0.15,
}
"""How much of the doubt each sign takes away."""
ALONE_NOTHING = frozenset({Sign.FEW_FOLLOWERS})
"""Nobody is somebody's twin by that alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is known of one account; `blocked_at` when a case of theirs ended with a block. In UTC."""

    handle: str
    name: str
    texts: tuple[str, ...]
    first_seen_at: datetime
    blocked_at: datetime | None = None
    followers: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One sign, and what it was seen by: the handle, the words, the address."""

    sign: Sign
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two accounts are one person, from 0 to 1, with every reason."""

    share: float
    reasons: tuple[Reason, ...]


def likeness(one: Trace, other: Trace) -> Likeness | None:
    """Why the two may be the same person; None when too little says so.

    Each sign takes away a part of the doubt that the others left. The same whichever comes first.
    """
    earlier, later = sorted((one, other), key=_age)
    reasons = tuple(reason for look in SIGNS if (reason := look(earlier, later)))
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - WEIGHTS[reason.sign]
    share = 1 - doubt
    if share < LEAST or {reason.sign for reason in reasons} <= ALONE_NOTHING:
        return None
    return Likeness(round(share, 2), reasons)


def _age(trace: Trace) -> tuple[object, ...]:
    """Who was there first; of two who came at once, who was blocked."""
    followers = -1.0 if trace.followers is None else trace.followers
    return (
        trace.first_seen_at,
        trace.blocked_at is None,
        trace.blocked_at or trace.first_seen_at,
        trace.handle,
        trace.name,
        trace.texts,
        followers,
    )


def _same_handle(earlier: Trace, later: Trace) -> Reason | None:
    handle, other = (words_of(one.handle).replace(" ", "") for one in (earlier, later))
    if handle != other or len(handle) < LONG_ENOUGH:
        return None
    return Reason(Sign.SAME_HANDLE, later.handle)


def _same_name(earlier: Trace, later: Trace) -> Reason | None:
    name = words_of(earlier.name)
    return Reason(Sign.SAME_NAME, later.name) if name and name == words_of(later.name) else None


def _same_text(earlier: Trace, later: Trace) -> Reason | None:
    known = [normal(text) for text in earlier.texts]
    for text in later.texts:
        words = normal(text)
        if says_enough(words) and any(are_near(words, others) for others in known):
            return Reason(Sign.SAME_TEXT, " ".join(text.split())[:80])
    return None


def _same_links(earlier: Trace, later: Trace) -> Reason | None:
    shared = links_of(earlier.texts) & links_of(later.texts)
    return Reason(Sign.SAME_LINKS, min(shared)) if shared else None


def links_of(texts: tuple[str, ...]) -> frozenset[str]:
    """The addresses that texts name, without what changes from copy to copy."""
    found = (link for text in texts for link in LINK.findall(text[:READ]))
    return frozenset(link.lower().removeprefix("www.").split("?")[0].rstrip("/.,;:!") for link in found)


def _after_block(earlier: Trace, later: Trace) -> Reason | None:
    blocked = earlier.blocked_at
    if blocked is None or not timedelta(0) <= later.first_seen_at - blocked <= SOON_AFTER:
        return None
    return Reason(Sign.AFTER_BLOCK, str((later.first_seen_at - blocked).days))


def _few_followers(_earlier: Trace, later: Trace) -> Reason | None:
    few = later.followers is not None and later.followers < FEW
    return Reason(Sign.FEW_FOLLOWERS, f"{later.followers:.0f}") if few else None


SIGNS: tuple[Callable[[Trace, Trace], Reason | None], ...] = (
    _same_handle,
    _same_name,
    _same_text,
    _same_links,
    _after_block,
    _few_followers,
)
