"""The clock of the servers that browser tests start: it goes on from the instant that a test has set."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from amends.clock import utc_now

AHEAD = Path(os.environ.pop("SECONDS_AHEAD_FILE"))


def moved_clock() -> datetime:
    """The present instant, so many seconds ahead as the file says: a test may move it at any moment."""
    return utc_now() + timedelta(seconds=float(AHEAD.read_text()))
