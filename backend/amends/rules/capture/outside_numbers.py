"""Bounds of numbers that come from outside: every one is finite and fits its column on both databases."""

MOST = 2**53
"""Up to here every whole number is exact in JSON and JavaScript; no post has as many of anything."""
MOST_STARS = 100.0


def plausible(value: float | None) -> float | None:
    """The number itself; None for one that is infinite, none at all, or beyond MOST."""
    return value if value is not None and -MOST <= value <= MOST else None


def is_rating(value: float, most: float) -> bool:
    """Whether so many of `most` stars can be given: 0 <= value <= most <= 100, and not of none."""
    return 0 <= value <= most <= MOST_STARS and most > 0
