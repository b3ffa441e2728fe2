"""The last twelve weeks, for counts of cases a week."""

from datetime import datetime, timedelta

WEEKS = 12


def edges(now: datetime) -> tuple[datetime, ...]:
    """Where the last twelve weeks begin and end, the oldest first: seven days each, the last one ends now."""
    return tuple(now - timedelta(weeks=ago) for ago in range(WEEKS, -1, -1))
