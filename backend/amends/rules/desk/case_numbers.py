"""Numbers of cases as members type them: “#12, 14 15”."""

import re

NUMBER = re.compile(r"\d{1,9}")
MOST = 600


def numbers_in(typed: str) -> frozenset[int]:
    """The numbers in what was typed, each once; without a sign beside them or with any."""
    return frozenset(int(found) for found in NUMBER.findall(typed)[:MOST])
