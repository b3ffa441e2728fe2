"""Post copies: whether one post may have been captured twice, where no number says so."""

from dataclasses import dataclass

from amends.rules.case.near_texts import FEWEST_WORDS, are_near, normal, says_enough
from amends.rules.case.searches import words_in, words_of

READ = 4_000
"""Letters of each text that are compared word by word."""
BEGINNING = 15
"""Words of a text by which its copy is looked for: what a page cuts, it cuts at the end."""
ASKED = 6
SELECTED = "#words-"
"""What the number of selected words begins with, after their page's address: it stands for the words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A post as one page showed it; `number` is the site's own, "" where the page had none.

    `url` is its address, or its page's where it has none of its own.
    """

    platform: str
    number: str
    name: str
    text: str
    url: str = ""


def number_of(external_id: str) -> str:
    """The site's own number of a post; "" for one that we made of selected words."""
    return "" if SELECTED in external_id else external_id


def may_be_one(one: Sight, other: Sight) -> bool:
    """Whether the two may be one post: same platform and name, and the same words or nearly so.

    A text that was cut is the beginning of the whole one. Two numbers that differ are two posts, whatever
    they say. Where nobody knows who wrote either, the page stands for the name, and one may be a part of the
    other. The same whichever comes first.
    """
    if one.platform != other.platform or (one.number and other.number and one.number != other.number):
        return False
    name = words_of(one.name)
    if name != words_of(other.name):
        return False
    if name:
        return _say_the_same(one.text, other.text)
    return _are_of_one_page(one, other) and _say_nearly_all_of_it(one.text, other.text)


def _are_of_one_page(one: Sight, other: Sight) -> bool:
    page = one.url.partition("#")[0]
    return bool(page) and page == other.url.partition("#")[0]


def _say_nearly_all_of_it(text: str, other: str) -> bool:
    """Whether one says what the other does or a part of it; a few words are anybody's."""
    if not (says_enough(normal(text)) and says_enough(normal(other))):
        return False
    shorter, longer = sorted((words_in(text[:READ]), words_in(other[:READ])), key=len)
    whole = shorter[1:-1]  # who selects words may begin and end within one
    return f" {' '.join(whole)} " in f" {' '.join(longer)} " or _say_the_same(text, other)


def _say_the_same(text: str, other: str) -> bool:
    words, others = words_in(text[:READ]), words_in(other[:READ])
    shorter, longer = sorted((words, others), key=len)
    whole = shorter[:-1]  # its last word may have been cut
    is_beginning = len(whole) >= FEWEST_WORDS and longer[: len(whole)] == whole
    return bool(words) and (words == others or is_beginning or are_near(normal(text), normal(other)))


def looked_for(sight: Sight) -> tuple[str, ...]:
    """The words by which copies are found: the name's, and the longest of the text's beginning."""
    name, words = words_of(sight.name).split(), words_in(sight.text[:READ])
    if not name:
        words = words[1:-1] if says_enough(normal(sight.text)) else []
    words = words[:BEGINNING]
    if not words:
        return ()
    return (*name[: ASKED // 2], *sorted(dict.fromkeys(words), key=len, reverse=True)[:ASKED])
