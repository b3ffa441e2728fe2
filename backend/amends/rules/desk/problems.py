"""Problems: when several people have one concern, who may be told of a fix, what comes back (P74 to P76)."""

from datetime import timedelta

from amends.rules.vocabulary import Language, ProblemState

WITHIN = timedelta(days=14)
PEOPLE = 3
"""So many different people with one concern within that time raise the question whether it is a problem."""


def is_shared(people: int) -> bool:
    """Whether a concern of so many different people is to be looked at."""
    return people >= PEOPLE


def asks_again(people: int, *, dismissed_at: int) -> bool:
    """Whether a concern that was no problem with so many people is asked about again: with twice as many."""
    return is_shared(people) and people >= 2 * dismissed_at


def has_returned(state: ProblemState, people_since: int) -> bool:
    """Whether a fixed problem is one again: as many people as made it one have written since the fix."""
    return state is ProblemState.FIXED and is_shared(people_since)


def text_in(language: Language, *, english: str, french: str) -> str:
    """A text of a problem in a language; in the other one where there is none in it."""
    texts = {Language.ENGLISH: english, Language.FRENCH: french}
    return texts[language] or next((text for text in texts.values() if text), "")


def may_be_told(state: ProblemState, *, has_change: bool, is_approved: bool) -> bool:
    """Whether people are told: it is fixed, what has changed is written, and a lead approved the words."""
    return state is ProblemState.FIXED and has_change and is_approved
