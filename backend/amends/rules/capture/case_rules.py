"""Rules by condition: which of the team's rules fit a case that comes in, and what each of them does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from amends.rules.capture.location_pages import keys_of, page_key
from amends.rules.case.searches import words_in

MOST = 30
LONGEST_NAME = 80
LONGEST_WORDS = 500
STARS = 5
"""Ratings are compared on this scale, whatever that of their site is."""
EFFECTS = ("owner", "theme", "playbook", "field", "severity")
"""What a rule can do; of several that do the same, the first one counts. Severity is only proposed."""


class Rule(Protocol):
    """A rule's conditions, empty where they do not narrow, and whether it does something of a kind."""

    @property
    def platform(self) -> str:
        """The site of the post."""

    @property
    def language(self) -> str:
        """The language of the post, as fr of fr-CA."""

    @property
    def words(self) -> str:
        """Words and phrases of which one is in the post, with commas between them."""

    @property
    def stars(self) -> int | None:
        """The most stars of five that the post gives."""

    @property
    def location(self) -> UUID | None:
        """The shop or brand that the case belongs to."""

    @property
    def page(self) -> str:
        """The address of the place to watch on which the post was seen."""

    def does(self, effect: str) -> bool:
        """Whether it does this one of `EFFECTS`, and may now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What is known of a case that comes in."""

    platform: str
    language: str
    text: str
    rating: float | None = None
    rating_max: float | None = None
    location: UUID | None = None
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """That a rule, by its place in the list, does some of its `EFFECTS`."""

    place: int
    effects: tuple[str, ...]


def matches(rule: Rule, arrival: Arrival) -> bool:
    """Whether all conditions of a rule hold."""
    return (
        rule.platform in ("", arrival.platform)
        and rule.language in ("", arrival.language.partition("-")[0].lower())
        and (not rule.words or _says(rule.words, arrival.text))
        and (rule.stars is None or _gives_at_most(rule.stars, arrival))
        and rule.location in (None, arrival.location)
        and (not rule.page or _stands_on(rule.page, arrival))
    )


def decide(rules: Sequence[Rule], arrival: Arrival) -> tuple[Action, ...]:
    """What the rules do, in their order; none undoes what one before it did, and nothing calls them again."""
    done: set[str] = set()
    actions = []
    for place, rule in enumerate(rules):
        if not matches(rule, arrival):
            continue
        effects = tuple(one for one in EFFECTS if rule.does(one) and one not in done)
        done.update(effects)
        if effects:
            actions.append(Action(place, effects))
    return tuple(actions)


def phrases(words: str) -> tuple[str, ...]:
    """What one of has to be in a post, each folded as it is compared."""
    folded = (" ".join(words_in(part)) for part in words.split(","))
    return tuple(dict.fromkeys(one for one in folded if one))


def _says(words: str, text: str) -> bool:
    said = f" {' '.join(words_in(text))} "
    return any(f" {one} " in said for one in phrases(words))


def _gives_at_most(stars: int, arrival: Arrival) -> bool:
    if arrival.rating is None:
        return False
    return arrival.rating * STARS / (arrival.rating_max or STARS) <= stars


def _stands_on(page: str, arrival: Arrival) -> bool:
    """Whether the post, or the page on which it was seen, is that page or lies below it."""
    wanted = page_key(page)
    return bool(wanted) and any(wanted in keys_of(one) for one in arrival.addresses)


def moved_up(ids: Iterable[str], one: str) -> list[str]:
    """The list in which one rule has changed places with the one above it."""
    found = list(ids)
    place = found.index(one)
    if place:
        found[place - 1 : place + 1] = found[place], found[place - 1]
    return found
