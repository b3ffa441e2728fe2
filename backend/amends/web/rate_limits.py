"""Rate limits by token buckets."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from amends.errors import Conflict
from amends.i18n import gettext as _

MOST_KEYS = 10_000


class TooFast(Conflict):
    """Too many requests in a short time.

    Its `retry_after` is in seconds.
    """

    status = 429


@dataclass(frozen=True, slots=True)
class Left:
    """What a key may still ask: `left` of `quota`, all of them again in `seconds`."""

    quota: int
    left: int
    seconds: int


class Buckets:
    """A bucket of `burst` tokens for each key, filled again at `per_minute`, in this process's memory (R-31).

    With several web processes the limit holds for each of them.
    """

    def __init__(self, *, per_minute: int, burst: int) -> None:
        self._per_second = per_minute / 60
        self._burst = burst
        self._left: OrderedDict[str, tuple[float, datetime]] = OrderedDict()

    @property
    def quota(self) -> int:
        """How many there are when none was taken."""
        return self._burst

    def take(self, key: str, *, now: datetime, tokens: int = 1) -> Left:
        """Takes one token, or several at once: what is left. Raises TooFast when there are not enough."""
        left, since = self._left.pop(key, (float(self._burst), now))
        left = min(self._burst, left + max(0.0, (now - since).total_seconds()) * self._per_second)
        after = left - tokens if left >= tokens else left
        self._left[key] = (after, now)
        while len(self._left) > MOST_KEYS:
            self._left.popitem(last=False)
        if left < tokens:
            raise TooFast(
                _("Too many requests in a short time. Wait a little, then try again."),
                retry_after=max(1, ceil((tokens - left) / self._per_second)),
            )
        return Left(self._burst, int(after), ceil((self._burst - after) / self._per_second))
