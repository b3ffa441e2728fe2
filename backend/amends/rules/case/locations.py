"""Names of locations."""

from amends.rules.case.texts import clean_name

LONGEST_NAME = 60
MOST = 200
"""Locations of a team: what one person can still look over."""
MOST_PAGES = 20
"""Public pages of one location."""


def checked_name(typed: str) -> str:
    """A location's name without what has no place in one; "" when nothing is left."""
    return clean_name(typed, limit=LONGEST_NAME)


def key_of(name: str) -> str:
    """What two names have in common that are the same to a reader."""
    return " ".join(name.split()).casefold()
