"""Duration buckets: times that can be added up by day, and the quantiles that are read from them."""

from bisect import bisect_right
from collections.abc import Mapping

LONGEST = 400 * 1440
"""In minutes: what took longer falls into the last bucket."""


def _edges() -> tuple[int, ...]:
    edges = [1]
    while edges[-1] < LONGEST:
        edges.append(max(edges[-1] + 1, edges[-1] * 5 // 4))
    return tuple(edges)


EDGES = _edges()
"""Where each bucket begins, in whole minutes, a quarter above the last: kept rows always mean the same."""


def bucket(minutes: int) -> int:
    """The number of the bucket in which so many minutes fall; less than a minute is bucket 0."""
    return bisect_right(EDGES, minutes)


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The minutes that `share` of all took at most, interpolated within its bucket; None of nothing."""
    wanted = share * sum(counts.values())
    before = 0
    for number in sorted(counts):
        if counts[number] and before + counts[number] >= wanted:
            return _within(number, (wanted - before) / counts[number])
        before += counts[number]
    return None


def _within(number: int, part: float) -> float:
    low = EDGES[number - 1] if number else 0
    high = EDGES[min(number, len(EDGES) - 1)]
    return low + (high - low) * part
