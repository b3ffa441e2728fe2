"""Bounds of dates that come from outside: captures, forms, tables, calendar files."""

from datetime import UTC, date, datetime

EARLIEST = date(1990, 1, 1)
"""Before the web there was no post to complain in."""
LATEST = date(2100, 12, 31)
FIRST_INSTANT = datetime(1990, 1, 1, tzinfo=UTC)
LAST_INSTANT = datetime(2101, 1, 1, tzinfo=UTC)


def is_plausible(at: date) -> bool:
    """Whether a day, or an instant with its zone, lies between 1990 and 2100.

    Nearer to the years 1 and 9999 no zone can be applied to an instant: a page that shows it breaks.
    """
    if isinstance(at, datetime):
        return FIRST_INSTANT <= at < LAST_INSTANT
    return EARLIEST <= at <= LATEST
