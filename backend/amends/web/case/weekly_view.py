"""Cases a week as a spark line, with its numbers in words."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec

from amends.i18n import gettext as _
from amends.rules.case.weekly import WEEKS
from amends.services.case.weekly import Counts

HEIGHT = 16
LEAST = 2.0
"""One case is to be seen beside fifty."""


class Bar(msgspec.Struct, frozen=True):
    """One week: how far from the left, and how high of 16."""

    x: int
    height: float


class Spark(msgspec.Struct, frozen=True):
    """The bars of twelve weeks; a week without a case has none."""

    words: str
    bars: tuple[Bar, ...]


def sparks(found: Mapping[UUID, Counts], of: Iterable[UUID]) -> dict[UUID, Spark]:
    """The spark line of each line of a list; all have one scale, so that they can be compared."""
    most = max((max(counts) for counts in found.values()), default=0)
    return {one: _spark(found.get(one, (0,) * WEEKS), most) for one in of}


def _spark(counts: Counts, most: int) -> Spark:
    bars = [Bar(4 * week, max(LEAST, HEIGHT * count / most)) for week, count in enumerate(counts) if count]
    if not bars:
        return Spark(_("No case in the last 12 weeks"), ())
    listed = ", ".join(map(str, counts))
    return Spark(_("Cases a week, the last 12 weeks: %(counts)s") % {"counts": listed}, tuple(bars))
