"""How good is the early warning on invented years: how often is it wrong, and how late?

Five kinds of business and what befalls them, after the study of the warning rule: days are wilder than
chance alone (a gamma factor), Mondays and daytime are busier. The rule is asked every hour, for all posts and
for the theme in which the event falls (a tenth of the posts), in the last four of twelve weeks.
"""

import bisect
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from amends.rules.insight.waves import HOURS, WEEKS, Growth, Past, growth, strongest

DAY, WEEK = 24, 168
LENGTH = 12 * WEEK
JUDGED = 8 * WEEK
EVENT = 10 * WEEK + 12
APART = 24
"""Two alarms within so many hours are one."""


@dataclass(frozen=True)
class Business:
    """A kind of business: how many people write in an hour, and what happens to it from `EVENT` on.

    `rises` are hours from nothing to `height` people an hour; it then takes `fades` hours to end.
    """

    name: str
    rate: float
    height: float = 0
    rises: float = 0
    fades: float = 0


KINDS = (
    Business("quiet shop", 0.1),
    Business("review-led hotel", 1),
    Business("product recall", 0.1, height=1.5, rises=6, fades=48),
    Business("troll raid", 1, height=10, rises=0.1, fades=6),
    Business("slow burn", 1, height=1, rises=240, fades=1),
)


@dataclass(frozen=True)
class Alarms:
    """Of one invented year: false alarms, and after how many hours and posts the event was told."""

    false: int
    hours: float | None
    posts: int


def table(*, seeds: int) -> list[str]:
    """A line for each kind of business and each scope."""
    head = f"{'':<18}{'scope':<8}{'false a month':>14}{'precision':>11}{'told':>7}{'hours':>8}{'posts':>7}"
    return [head, *(line for kind in KINDS for line in _lines(kind, seeds))]


def _lines(kind: Business, seeds: int) -> Iterator[str]:
    for scope, part in (("all", 1.0), ("theme", 0.1)):
        found = [_tried(kind, part, seed) for seed in range(seeds)]
        false = sum(one.false for one in found)
        told = [one for one in found if one.hours is not None]
        line = f"{kind.name:<18}{scope:<8}{false / seeds:>14.2f}"
        if not kind.height:
            yield line
            continue
        hours, posts = [one.hours or 0 for one in told], [one.posts for one in told]
        precision = len(told) / max(1, len(told) + false)
        middle = f"{median(hours):>8.0f}{median(posts):>7.0f}" if told else ""
        yield f"{line}{precision:>11.0%}{len(told) / seeds:>7.0%}{middle}"


def _tried(kind: Business, part: float, seed: int) -> Alarms:
    dice = random.Random(f"{kind.name}:{seed}")
    usual = list(arrivals(kind.rate * part, dice))
    event = list(_event(kind, dice))
    people = sorted([*usual, *event])
    alarms = list(_alarms(people))
    ends = EVENT + kind.rises + kind.fades + APART
    episodes = [at for place, at in enumerate(alarms) if not place or at - alarms[place - 1] > APART]
    false = [at for at in episodes if not (kind.height and EVENT <= at <= ends)]
    told = next((at for at in alarms if kind.height and EVENT <= at <= ends), None)
    if told is None:
        return Alarms(len(false), None, 0)
    return Alarms(len(false), told - EVENT, bisect.bisect_right(event, told))


def arrivals(rate: float, dice: random.Random) -> Iterator[float]:
    """The hours at which people write over the whole length, so many an hour at the middle."""
    for day in range(LENGTH // DAY):
        wild = dice.gammavariate(11, 1 / 11) * (2.5 if day % 7 == 0 else 0.75)
        for hour in range(DAY):
            expected = rate * wild * (1.5 if 8 <= hour < 20 else 0.5)
            yield from sorted(day * DAY + hour + dice.random() for _ in range(_poisson(expected, dice)))


def _event(kind: Business, dice: random.Random) -> Iterator[float]:
    for hour in range(int(kind.rises + kind.fades) + 1) if kind.height else ():
        rising = hour < kind.rises
        share = (hour + 1) / kind.rises if rising else 1 - (hour - kind.rises) / kind.fades
        expected = kind.height * min(1.0, max(0.0, share))
        yield from sorted(EVENT + hour + dice.random() for _ in range(_poisson(expected, dice)))


def _poisson(expected: float, dice: random.Random) -> int:
    """How many happen within an hour."""
    count, left = 0, dice.expovariate(1)
    while left < expected:
        count, left = count + 1, left + dice.expovariate(1)
    return count


def _alarms(people: Sequence[float]) -> Iterator[int]:
    """The hours at which the rule warns. A window that holds an alarm that is over is not looked at."""
    last = -LENGTH
    for at in range(JUDGED, LENGTH):
        windows = [hours for hours in HOURS if at - last <= APART or at - hours >= last]
        if strongest(_growth(people, at, hours) for hours in windows):
            last = at
            yield at


def _growth(people: Sequence[float], at: int, hours: int) -> Growth:
    def within(end: float) -> int:
        return bisect.bisect_right(people, end) - bisect.bisect_right(people, end - hours)

    return growth(hours, within(at), [Past(within(at - week * WEEK)) for week in range(1, WEEKS + 1)])
