"""Cases opened in each of the last twelve weeks, counted by one statement for a whole list."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amends.rules.case.weekly import WEEKS, edges

Counts = tuple[int, ...]
"""Cases a week, the oldest week first."""

COUNTED = ", ".join(
    f"SUM(CASE WHEN c.opened_at > :edge_{week}@ AND c.opened_at <= :edge_{week + 1}@ THEN 1 ELSE 0 END)"
    f" AS week_{week}"
    for week in range(WEEKS)
)
"""The columns of a statement that groups `case_file AS c`; it takes `values`."""
LATELY = "c.opened_at > :edge_0@"
"""The condition that leaves out what is older."""


def values(now: datetime) -> dict[str, Any]:
    """What the columns and the condition take."""
    return {f"edge_{number}": at for number, at in enumerate(edges(now))}


def counts_of(row: Mapping[str, Any]) -> Counts:
    """The counts of a row."""
    return tuple(int(row[f"week_{week}"]) for week in range(WEEKS))
