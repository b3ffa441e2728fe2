"""Days on which the clock changes, and one on which it does not: by zone, how many hours each has."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CHANGES = (
    ("Europe/Paris", date(2026, 3, 29), 23),
    ("Europe/Paris", date(2026, 10, 25), 25),
    ("America/New_York", date(2026, 3, 8), 23),
    ("America/New_York", date(2026, 11, 1), 25),
    ("Asia/Tokyo", date(2026, 3, 29), 24),
    ("Asia/Tokyo", date(2026, 10, 25), 24),
)
"""All of them are Sundays."""


def midnight(zone: str, day: date) -> datetime:
    """The instant (UTC) at which a day begins there."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def moments(zone: str, day: date, hours: int) -> list[datetime]:
    """Every half hour of that day, as instants."""
    begins = midnight(zone, day)
    return [begins + number * HOUR / 2 for number in range(2 * hours)]


def jump(zone: str, day: date, hours: int) -> datetime:
    """The instant at which the clock changes on that day; noon where it does not."""
    inside = moments(zone, day, hours)
    offsets = [at.astimezone(ZoneInfo(zone)).utcoffset() for at in inside]
    changed = [at for at, offset in zip(inside, offsets, strict=True) if offset != offsets[0]]
    return changed[0] if changed else inside[len(inside) // 2]
