"""Words that a post and a prepared reply share, the rarer the weightier."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log

from amends.rules.case.word_folding import terms
from amends.rules.reply.everyday_words import ENGLISH, FRENCH, STEM

SHORTEST = 5
"""Letters of a word that tells what a text is about."""
COMMON, LEAST = 4, 2
"""A word tells nothing that stands in more than one of four replies; in two it may."""


@dataclass(frozen=True, slots=True)
class Shared:
    """The words of a post that a reply has as well, as the post has them, the rarest first."""

    words: tuple[str, ...] = ()
    weight: float = 0.0


def shared(post: str, replies: Sequence[str]) -> list[Shared]:
    """For each reply what it shares with the post and few others do.

    A word weighs the logarithm of how rare it is among the replies (inverse document frequency); one of
    everyday speech tells nothing, however few replies have it.
    """
    stems = _stems(post)
    found = [_stems(one).keys() & stems.keys() for one in replies]
    in_replies = Counter(stem for one in found for stem in one)
    most = max(LEAST, len(replies) // COMMON)
    weights = {stem: log(1 + len(replies) / count) for stem, count in in_replies.items() if count <= most}
    return [_shared(one, stems, weights) for one in found]


def _shared(own: set[str], stems: Mapping[str, str], weights: Mapping[str, float]) -> Shared:
    """The words of one reply; those that weigh alike stay in the order of the post."""
    telling = [stem for stem in stems if stem in own and stem in weights]
    telling.sort(key=lambda stem: -weights[stem])
    return Shared(tuple(stems[stem] for stem in telling), sum(weights[stem] for stem in telling))


def _stems(text: str) -> dict[str, str]:
    """The words that may tell something, by their stems; of those that share one, the first."""
    found = dict[str, str]()
    for start, end, term in terms(text):
        if len(term) >= SHORTEST and term.isalpha() and not _is_everyday(term):
            found.setdefault(term[:STEM], text[start:end].lower())
    return found


def _is_everyday(term: str) -> bool:
    return term in _everyday() or (len(term) > STEM and term[:STEM] in _everyday())


@cache
def _everyday() -> frozenset[str]:
    """The common words and, of the long ones, their stems, as texts are folded for the search."""
    folded = [term for _start, _end, term in terms(f"{ENGLISH} {FRENCH}")]
    return frozenset([*folded, *(term[:STEM] for term in folded if len(term) >= STEM)])
