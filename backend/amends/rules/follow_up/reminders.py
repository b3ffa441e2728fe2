"""Recurrence of a member's own reminders."""

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from amends.rules.vocabulary import Repeats


def following(first: datetime, repeats: Repeats, *, zone: str, now: datetime) -> datetime:
    """The next date after now, counted from the first one, at its hour on the wall clock of the zone.

    What was missed meanwhile comes once. The 31st is the last day of a shorter month, and the 31st again
    after it: months are counted from the first date, as RFC 5545 advises against skipping silently.
    """
    local, count = first.astimezone(ZoneInfo(zone)), 1
    if repeats is not Repeats.MONTHLY:
        length = 1 if repeats is Repeats.DAILY else 7
        count = max(1, (now.astimezone(ZoneInfo(zone)).date() - local.date()).days // length)
    while (at := _later(local, repeats, count).astimezone(UTC)) <= now:
        count += 1
    return at


def _later(local: datetime, repeats: Repeats, count: int) -> datetime:
    if repeats is not Repeats.MONTHLY:
        return local + timedelta(days=count * (1 if repeats is Repeats.DAILY else 7))
    years, month = divmod(local.month - 1 + count, 12)
    year, month = local.year + years, month + 1
    return local.replace(year=year, month=month, day=min(local.day, monthrange(year, month)[1]))
