"""Erasures ahead: which cases are on the list of those whose retention period is over, and from when."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from amends.database import convert, run, run_with_rows

AHEAD = """
SELECT COUNT(*) AS count, MIN(goes_at) AS first FROM retention_case WHERE kept_until IS NULL
"""
OF_CASES = """
WITH asked (number) AS (VALUES :rows)
SELECT c.number, l.goes_at, l.kept_until FROM asked JOIN case_file AS c ON c.number = asked.number
JOIN retention_case AS l ON l."case" = c.id
"""


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """The erasure of one case, from `goes_at` on; or until when a lead keeps it."""

    number: int
    goes_at: datetime
    kept_until: date | None


class Ahead(msgspec.Struct, frozen=True):
    """So many cases are erased from `first` on, unless a lead keeps them longer."""

    count: int = 0
    first: datetime | None = None


async def ahead() -> Ahead:
    """What is on the list now."""
    return convert((await run(AHEAD))[0], Ahead)


async def of_cases(numbers: Sequence[int]) -> dict[int, Erasure]:
    """Those of these cases that are on the list, by number."""
    if not numbers:
        return {}
    rows = await run_with_rows(OF_CASES, [(one,) for one in numbers], types=("integer",))
    return {row["number"]: convert(row, Erasure) for row in rows}
