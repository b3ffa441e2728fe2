"""How long a browser stays signed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Life:
    """The longest time between two visits, and the longest in all."""

    idle: timedelta
    longest: timedelta


USUAL = Life(timedelta(hours=12), timedelta(days=14))
KEPT = Life(timedelta(days=30), timedelta(days=30))
"""On a device of one's own, where the team allows it: thirty days, however often one comes by."""


def life_of(*, kept: bool) -> Life:
    """How long a session lasts; `kept` when its member asked for it on a device of their own."""
    return KEPT if kept else USUAL


def is_alive(*, created_at: datetime, seen_at: datetime, kept: bool, now: datetime) -> bool:
    """Whether a session still counts (R-14)."""
    life = life_of(kept=kept)
    return now - seen_at < life.idle and now - created_at < life.longest
