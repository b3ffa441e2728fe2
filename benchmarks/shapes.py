"""Which shapes does a team's data have? Even, as few are; skewed, as most are; and with everything open."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate
from typing import Any, TypeVar
from uuid import UUID

from amends import tables
from amends.rules.case.searches import index_of
from benchmarks.seeds import DAY, HOUR, WORDS, Amounts, World, usual

One = TypeVar("One")

THREE_YEARS = 3 * 365 * DAY
SYLLABLES = ("ba", "co", "de", "fi", "gu", "ha", "jo", "ki", "lu", "ma", "ne", "po", "ra", "si", "tu", "ve")
RARE_WORDS = 16**3
MEMBERS = 41
LANGUAGES = ("en", "fr", "de", "es", "it", "nl")
PLATFORMS = ("x", "google", "trustpilot", "facebook", "reddit", "tripadvisor", "booking", "mastodon")
SIGNS = 200
"""One open case in so many came back, and one in as many was not fixed, as its customer says."""
A_NUDGE = 4
"""One case in so many has had a nudge that was sent."""


class Shape(StrEnum):
    """How cases, words, owners and dates are spread."""

    EVEN = "even"
    SKEWED = "skewed"
    OPEN = "open"


def amounts(shape: Shape, cases: int) -> Amounts:
    """How many cases of that shape are open, late and due today; one entry each, so that a million fits."""
    if shape is Shape.OPEN:
        return Amounts(cases, cases, cases * 3 // 100, cases * 5 // 100, entries=1)
    return replace(usual(cases), entries=1)


def world(shape: Shape, cases: int, now: datetime) -> World:
    """The team of that shape."""
    kind = World if shape is Shape.EVEN else Skewed
    return kind(amounts(shape, cases), now, spread=THREE_YEARS)


def weighted(values: Sequence[One], chance: random.Random, share: Sequence[float]) -> One:
    """One of the values, the first ones most often; `share` are their weights, added up."""
    return chance.choices(values, cum_weights=share)[0]


def falling(count: int) -> list[float]:
    """Weights after Zipf, added up: the second comes half as often as the first, the third a third."""
    return list(accumulate(1 / place for place in range(1, count + 1)))


class Skewed(World):
    """Few owners, platforms, themes and words have most of the cases; most words are hardly ever said."""

    found_by = staticmethod(index_of)

    def __init__(self, amounts: Amounts, now: datetime, *, spread: timedelta = THREE_YEARS) -> None:
        super().__init__(amounts, now, spread=spread)
        self.members = [self.id() for _ in range(MEMBERS)]
        rare = ("".join(SYLLABLES[place >> shift & 15] for shift in (8, 4, 0)) for place in range(RARE_WORDS))
        self.vocabulary = [*dict.fromkeys(WORDS.split()), *rare]
        self._share = {
            count: falling(count)
            for count in (
                len(self.vocabulary),
                MEMBERS - 1,
                len(LANGUAGES),
                len(PLATFORMS),
                len(self.themes),
            )
        }

    def often_first(self, values: Sequence[One]) -> One:
        """One of these, after Zipf."""
        return weighted(values, self.random, self._share[len(values)])

    def _words(self) -> str:
        count = self.random.randint(8, 45)
        share = self._share[len(self.vocabulary)]
        return " ".join(self.random.choices(self.vocabulary, cum_weights=share, k=count))

    def _author_of_case(self) -> UUID:
        """Most write once; some again and again."""
        return self.authors[int(len(self.authors) * self.random.random() ** 3)]

    def _owner(self) -> UUID | None:
        return self.often_first(self.members[1:]) if self.random.random() < 0.9 else None

    def _about(self) -> dict[str, Any]:
        chance = self.random
        return {
            "platform": self.often_first(PLATFORMS),
            "lang": self.often_first(LANGUAGES),
            "severity": chance.choices(("s1", "s2", "s3", "s4", None), (1, 9, 60, 20, 10))[0],
            "came_back_at": self.now - HOUR if chance.random() < 1 / SIGNS else None,
            "check_in_answer": "badly" if chance.random() < 1 / SIGNS else None,
        }

    def _theme_of(self, number: int) -> UUID | None:
        return self.often_first(self.themes) if self.random.random() < 0.75 else None

    def _owed(self, case: UUID, owner: UUID | None, due_at: datetime | None, kind: str, at: datetime) -> None:
        super()._owed(case, owner, due_at, kind, at)
        if self.random.random() < 1 / A_NUDGE:
            self._told(owner or self.members[1], at)

    def _told(self, member: UUID, at: datetime) -> None:
        nudge, about = self.id(), self.rows[tables.FollowUp]
        place = about.columns.index("id")
        self.add(
            tables.Nudge,
            **{"id": nudge, "key": str(nudge), "follow_up": about.tuples[-1][place], "generation": 1},
            **{"rung": 1, "audience": "owner", "member": member, "target": self.targets[member]},
            **{"state": "sent", "run_at": at, "created_at": at, "settled_at": at + HOUR, "attempts": 1},
        )
