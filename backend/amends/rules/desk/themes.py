"""Theme suggestions from the words of cases that members have labelled."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log2
from uuid import UUID

from amends.rules.case.texts import clean_name

LONGEST_NAME = 60
MOST = 100
"""Themes of a team: what one person can still look over."""
MOST_OF_A_CASE = 10
FEWEST_CASES = 2
"""Cases of a theme that have to share a word before it tells anything."""
FEWEST_WORDS = 2
"""Telling words that a case has to share with a theme."""
STEM = 6
"""Letters by which two words are the same one: livraison and livraisons, deliver and delivery."""
SHORTEST = 4
"""Letters of a word that may tell what a text is about."""
TELLING = 1.5
"""How much oftener a word stands in cases of a theme than elsewhere, before it tells anything."""
MOST_SUGGESTED = 3
WORDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A case of which somebody said what it is about: the ids of its themes, its folded words."""

    themes: frozenset[UUID]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A theme that may fit; the words of the case by which it was found, the most telling one first."""

    theme: UUID
    words: tuple[str, ...]


def checked_name(typed: str) -> str:
    """A theme's name without what has no place in one; "" when nothing is left."""
    return clean_name(typed, limit=LONGEST_NAME)


def key_of(name: str) -> str:
    """What two names have in common that are the same to a reader."""
    return " ".join(name.split()).casefold()


def suggested(words: Iterable[str], past: Sequence[Labelled]) -> tuple[Suggestion, ...]:
    """At most three themes whose cases share telling words with this one, the likeliest first (P74).

    `past` are other cases; those without a theme say what is said everywhere.

    A word tells something about a theme when it stands in at least two of its cases and one and a half times
    as often as in all of `past`; a theme is suggested for at least two such words.
    """
    stems = {word[:STEM]: word for word in sorted(words, reverse=True) if _may_tell(word)}
    cases = [(one.themes, _stems(one.words) & stems.keys()) for one in past]
    everywhere = Counter(stem for _themes, shared in cases for stem in shared)
    scored = [
        _scored(theme, [shared for themes, shared in cases if theme in themes], everywhere, len(cases))
        for theme in {theme for themes, _shared in cases for theme in themes}
    ]
    likely = sorted((one for one in scored if len(one[2]) >= FEWEST_WORDS), key=lambda one: (-one[0], one[1]))
    return tuple(
        Suggestion(theme, tuple(stems[stem] for stem in telling[:WORDS_SHOWN]))
        for _score, theme, telling in likely[:MOST_SUGGESTED]
    )


def _stems(words: Collection[str]) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words if _may_tell(word))


def _may_tell(word: str) -> bool:
    return len(word) >= SHORTEST and not word.isdecimal()


def _scored(
    theme: UUID, cases: Sequence[frozenset[str]], everywhere: Counter[str], total: int
) -> tuple[float, UUID, list[str]]:
    """How well the theme fits, and its telling words, the most telling one first."""
    inside = Counter(stem for shared in cases for stem in shared)
    gains = {
        stem: log2(lift) * count / len(cases)
        for stem, count in inside.items()
        if count >= FEWEST_CASES and (lift := count * total / (len(cases) * everywhere[stem])) >= TELLING
    }
    return sum(gains.values()), theme, sorted(gains, key=lambda stem: (-gains[stem], stem))
