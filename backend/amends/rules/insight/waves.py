"""Early warning: when more people than usual write about one thing, and how that looks (P3, P4, P17).

One rule for every scope (all posts, a platform, a theme, a text): at least five people more than three times
the busiest of the same hours of the last four weeks. Of twelve rules that were tried on invented weeks it had
the fewest false alarms; scopes make it quick, not statistics.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

HOURS = (3, 24, 168)
"""The windows that are looked at, the last of them a week."""
WEEK = timedelta(days=7)
WEEKS = 4
TIMES = 3
MORE = 5
ENDS_AFTER = timedelta(hours=24)
"""Without crossing the line again."""
SOON = timedelta(hours=6)


class Verdict(StrEnum):
    """How a wave looks; never who anybody is."""

    ISOLATED = "isolated"
    SHARED = "shared"
    COORDINATED = "coordinated"
    SPREADING = "spreading"


@dataclass(frozen=True, slots=True)
class Past:
    """How many people wrote in the same hours of an earlier week; `stormy` when a wave was then."""

    people: int
    stormy: bool = False


@dataclass(frozen=True, slots=True)
class Growth:
    """How many people wrote within so many hours, how many usually do, and from how many on we warn."""

    hours: int
    people: int
    usual: int
    line: int
    weeks: int

    @property
    def is_over(self) -> bool:
        """Whether it is to be told."""
        return self.people >= self.line


def growth(hours: int, people: int, before: Sequence[Past]) -> Growth:
    """What is usual is the busiest calm week; where all were stormy, the calmest of them."""
    calm = [one.people for one in before if not one.stormy]
    usual = max(calm, default=min((one.people for one in before), default=0))
    return Growth(hours, people, usual, TIMES * usual + MORE, len(before))


def strongest(found: Iterable[Growth]) -> Growth | None:
    """Of the windows over their line the one that is furthest over it, the shorter of two; None of none."""
    over = [one for one in found if one.is_over]
    return max(over, key=lambda one: (one.people / one.line, -one.hours), default=None)


def is_told_again(people: int, *, told: int) -> bool:
    """After the first message, one at each doubling."""
    return people >= 2 * told


def has_ended(seen_at: datetime, now: datetime) -> bool:
    """Whether a wave is over, by when it was last over its line."""
    return now - seen_at >= ENDS_AFTER


def is_looked_at(begin: datetime, over: Iterable[datetime]) -> bool:
    """Whether a window that begins then is counted: not where its people were told of already.

    `over` are the instants at which waves of the same scope, that have ended, were last over their line.
    Without this, a storm warns a second time days later: its weeks no longer count as usual, and the window
    of seven days still holds its people.
    """
    return all(begin >= seen_at for seen_at in over)


def overlaps(begin: datetime, end: datetime, waves: Iterable[tuple[datetime, datetime]]) -> bool:
    """Whether there was a wave between two instants, or on the day after one."""
    return any(began <= end and begin <= ended + ENDS_AFTER for began, ended in waves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a wave: people and posts, and for how many people each sign holds.

    `alike` wrote the text that most wrote, `link` name the address that most name and that is not ours, `new`
    were never seen before, `soon` wrote within the same six hours. `young` accounts are younger than thirty
    days, of `young_known` whose age is known; `customers` say or are known to be, of `customers_known`.
    `reach` is how many saw or follow, as captured of `reach_known` people. `doublings` are since it was told.
    """

    people: int
    posts: int
    alike: int
    new: int
    soon: int
    customers: int
    platforms: int
    doublings: int
    customers_known: int = 0
    link: int = 0
    young: int = 0
    young_known: int = 0
    reach: int = 0
    reach_known: int = 0


class Sign(StrEnum):
    """What speaks for a wave being arranged, or against it."""

    ONE_TEXT = "one_text"
    ONE_LINK = "one_link"
    YOUNG = "young"
    NEVER_SEEN = "never_seen"
    WITHIN_HOURS = "within_hours"
    CUSTOMERS = "customers"


FEWEST = 5
"""Of fewer people no sign says anything."""
COPIED = frozenset({Sign.ONE_TEXT, Sign.ONE_LINK})
"""One of these has to be among the signs of an arrangement."""
SIGNS_NEEDED = 3


def signs(facts: Facts) -> tuple[Sign, ...]:
    """The signs that hold; `CUSTOMERS` speaks against."""
    if facts.people < FEWEST:
        return ()
    holds = {
        Sign.ONE_TEXT: facts.alike >= max(FEWEST, facts.people / 2),
        Sign.ONE_LINK: facts.link >= max(FEWEST, 0.6 * facts.people),
        Sign.YOUNG: facts.young_known >= FEWEST and facts.young >= 0.3 * facts.young_known,
        Sign.NEVER_SEEN: facts.new >= 0.9 * facts.people,
        Sign.WITHIN_HOURS: facts.soon >= 8,
        Sign.CUSTOMERS: facts.customers_known >= FEWEST and facts.customers >= 0.3 * facts.customers_known,
    }
    return tuple(sign for sign in Sign if holds[sign])


def verdict(facts: Facts) -> Verdict:
    """How it looks. Coordinated takes three signs, one of them the text or the link, and few customers."""
    found = set(signs(facts))
    if facts.people < 3:
        return Verdict.ISOLATED
    if len(found) >= SIGNS_NEEDED and found & COPIED and Sign.CUSTOMERS not in found:
        return Verdict.COORDINATED
    if facts.platforms >= 2 or facts.doublings >= 2:
        return Verdict.SPREADING
    return Verdict.SHARED


def within_hours(instants: Sequence[datetime]) -> int:
    """How many of these instants fall into the fullest stretch of six hours."""
    ordered = sorted(instants)
    most = first = 0
    for place, at in enumerate(ordered):
        while at - ordered[first] > SOON:
            first += 1
        most = max(most, place - first + 1)
    return most
