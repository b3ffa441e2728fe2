"""Numbers of cases as members type them: “#12, 14 15”."""

import re

NUMBER = re.compile(r"\d+")
MOST_DIGITS = 18
"""More than any case has: a longer number is none of a case, however much of it is read."""


def numbers_in(typed: str) -> frozenset[int]:
    """The numbers in what was typed, each once; without a sign beside them or with any."""
    return frozenset(int(found[:MOST_DIGITS]) for found in NUMBER.findall(typed))
