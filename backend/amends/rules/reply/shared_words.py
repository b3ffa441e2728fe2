"""Words that a post and a prepared reply share, so that what it is about decides before a title does."""

from collections import Counter
from collections.abc import Sequence

from amends.rules.case.word_folding import terms

STEM = 6
"""Letters by which two words are the same one: livraison and livraisons, deliver and delivery."""
SHORTEST = 5
"""Letters of a word that tells what a text is about."""
COMMON, LEAST = 4, 2
"""A word tells nothing that stands in more than one of four replies; in two it may."""


def shared(post: str, replies: Sequence[str]) -> list[tuple[str, ...]]:
    """For each reply the words of the post that it has as well, as the post has them, and few others have."""
    stems = _stems(post)
    found = [_stems(one).keys() & stems.keys() for one in replies]
    everywhere = Counter(stem for one in found for stem in one)
    most = max(LEAST, len(replies) // COMMON)
    return [
        tuple(word for stem, word in stems.items() if stem in one and everywhere[stem] <= most)
        for one in found
    ]


def _stems(text: str) -> dict[str, str]:
    """The words that may tell something, by their stems; of those that share one, the first."""
    found = dict[str, str]()
    for start, end, term in terms(text):
        if len(term) >= SHORTEST and term.isalpha():
            found.setdefault(term[:STEM], text[start:end].lower())
    return found
