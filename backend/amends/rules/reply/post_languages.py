"""Language in which a post is answered: what it says, and hints around it where it says too little."""

from collections.abc import Callable
from dataclasses import dataclass

from amends.rules.reply.reply_lint import language_of, small_words
from amends.rules.vocabulary import Language

LETTERS = {Language.FRENCH: frozenset("éèêëàâçùûîïôœ«»"), Language.ENGLISH: frozenset[str]()}
"""Letters that one of our languages has and the other one all but never."""
MOST_WORDS = 2
SURE_BY = 3
"""By how much a language that the words speak for must lead before the other one is not offered, too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known of a post: its words, the tag of its page (BCP 47), what its author wrote before.

    `earlier` holds texts of theirs; `team` and `member` are the languages of the team and of who answers.
    """

    text: str
    page: str = ""
    earlier: str = ""
    team: Language | None = None
    member: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class Guess:
    """The language, and whether it is certain enough not to offer replies in another one."""

    language: Language
    is_sure: bool


HINTS: tuple[tuple[int, Callable[[Hints, Language], int | bool]], ...] = (
    (2, lambda hints, one: min(small_words(hints.text, one.value), MOST_WORDS)),
    (2, lambda hints, one: not LETTERS[one].isdisjoint(hints.text.lower())),
    (4, lambda hints, one: bool(hints.earlier) and language_of(hints.earlier) == one),
    (2, lambda hints, one: _names(hints.page, one)),
    (1, lambda hints, one: hints.team is one),
)
"""How much each hint counts, and how often it speaks for a language."""


def guess(hints: Hints) -> Guess:
    """The language of ours in which a post is answered.

    Enough words decide alone. In a language that is none of ours, by its words or by its page, who answers
    writes in their own; so it is where nothing speaks for any.
    """
    heard = language_of(hints.text)
    if heard is not None:
        return Guess(next((one for one in Language if one == heard), hints.member), is_sure=True)
    weights = {one: sum(weight * how(hints, one) for weight, how in HINTS) for one in Language}
    is_foreign = bool(hints.page) and not any(_names(hints.page, one) for one in Language)
    first, second = sorted(Language, key=lambda one: (-weights[one], one is not hints.member))[:2]
    is_said = _says(hints, first)
    if is_foreign and not is_said:
        return Guess(hints.member, is_sure=False)
    return Guess(first, is_sure=is_said and weights[first] - weights[second] >= SURE_BY)


def heard(hints: Hints) -> str | None:
    """The language of a post (ISO 639) where that is certain, be it one of ours or not; else None.

    By its words, else by what else is known of it; the tag of a page alone, as that of a site in English on
    which people write in French, makes none certain.
    """
    of_words = language_of(hints.text)
    guessed = guess(hints)
    return of_words or (guessed.language.value if guessed.is_sure else None)


def _says(hints: Hints, language: Language) -> bool:
    """Whether the words themselves, or those of their author before, speak for a language."""
    return any(how(hints, language) for _weight, how in HINTS[:3])


def _names(tag: str, language: Language) -> bool:
    return tag[:2].lower() == language
