"""Which words belong to replies: when one is given, and in which tone."""

from enum import StrEnum


class Occasion(StrEnum):
    """When in a public thread we speak."""

    FIRST = "first"
    FOLLOWING = "following"
    SOLUTION = "solution"
    CLOSING = "closing"


class Tone(StrEnum):
    """In which of four ways we speak: sorry for what we did, with them, thankful, or from afar (P27)."""

    APOLOGY = "apology"
    EMPATHY = "empathy"
    THANKS = "thanks"
    DISTANCE = "distance"
