"""Erasures ahead: how many cases are on the list of those whose retention period is over, and from when."""

from datetime import datetime

import msgspec

from amends.database import convert, run

AHEAD = """
SELECT COUNT(*) AS count, MIN(goes_at) AS first FROM retention_case WHERE kept_until IS NULL
"""


class Ahead(msgspec.Struct, frozen=True):
    """So many cases are erased from `first` on, unless a lead keeps them longer."""

    count: int = 0
    first: datetime | None = None


async def ahead() -> Ahead:
    """What is on the list now."""
    return convert((await run(AHEAD))[0], Ahead)
