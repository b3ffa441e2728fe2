"""Erased case: it counts and is read, and nothing is written to it any more."""

from amends.rules.vocabulary import Outcome


def is_only_read(outcome: str | None) -> bool:
    """Whether who wrote the post was erased: what is written now would be about them again."""
    return outcome == Outcome.ERASED
