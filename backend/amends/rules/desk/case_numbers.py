"""Numbers of cases as members type or tick them: “#12, 14 15”."""

import re
from collections.abc import Collection

from amends.errors import Invalid
from amends.i18n import gettext as _

NUMBER = re.compile(r"\d+")
MOST_DIGITS = 18
"""More than any case has: a longer number is none of a case, however much of it is read."""


def numbers_in(typed: str) -> frozenset[int]:
    """The numbers in what was typed, each once; without a sign beside them or with any."""
    return frozenset(int(found[:MOST_DIGITS]) for found in NUMBER.findall(typed))


def chosen(numbers: Collection[int], *, most: int, refusal: type[Invalid]) -> list[int]:
    """These numbers in order, where there is one at least and `most` at most. Raises the refusal."""
    if not numbers:
        raise refusal(fields={"cases": _("Choose at least one case.")})
    if len(numbers) > most:
        raise refusal(fields={"cases": _("Choose at most %(most)s cases at once.") % {"most": most}})
    return sorted(numbers)
