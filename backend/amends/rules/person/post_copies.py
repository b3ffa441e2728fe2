"""Post copies: whether one post may have been captured twice, where no number says so."""

from dataclasses import dataclass

from amends.rules.case.near_texts import FEWEST_WORDS, are_near, normal
from amends.rules.case.searches import words_in, words_of

READ = 4_000
"""Letters of each text that are compared word by word."""
BEGINNING = 15
"""Words of a text by which its copy is looked for: what a page cuts, it cuts at the end."""
ASKED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A post as one page showed it; `number` is the site's own, "" where the page had none."""

    platform: str
    number: str
    name: str
    text: str


def may_be_one(one: Sight, other: Sight) -> bool:
    """Whether the two may be one post: same platform and name, and the same words or nearly so.

    A text that was cut is the beginning of the whole one. Two numbers that differ are two posts, whatever
    they say. The same whichever comes first.
    """
    if one.platform != other.platform or (one.number and other.number and one.number != other.number):
        return False
    name = words_of(one.name)
    return bool(name) and name == words_of(other.name) and _say_the_same(one.text, other.text)


def _say_the_same(text: str, other: str) -> bool:
    words, others = words_in(text[:READ]), words_in(other[:READ])
    shorter, longer = sorted((words, others), key=len)
    whole = shorter[:-1]  # its last word may have been cut
    is_beginning = len(whole) >= FEWEST_WORDS and longer[: len(whole)] == whole
    return bool(words) and (words == others or is_beginning or are_near(normal(text), normal(other)))


def looked_for(sight: Sight) -> tuple[str, ...]:
    """The words by which copies are found: the name's, and the longest of the text's beginning."""
    name, words = words_of(sight.name).split(), words_in(sight.text[:READ])[:BEGINNING]
    if not (name and words):
        return ()
    return (*name[: ASKED // 2], *sorted(dict.fromkeys(words), key=len, reverse=True)[:ASKED])
