"""Periods of a report: whole days of the team, the one before it, and the weeks or days of its charts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
LONGEST = 366 * 2
"""In days: longer ones are cut to their last two years."""
DAYS_AS_BARS = 31
"""Up to so many days, a chart has a bar for each; else for each week."""


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row, the last one included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """As many days, just before: a whole month is compared with the month before."""
        last = self.first - DAY
        if is_month(self):
            return Period(last.replace(day=1), last)
        return Period(self.first - self.days * DAY, last)

    def bars(self) -> Iterator["Period"]:
        """The days, or the calendar weeks as far as they lie in it."""
        first = self.first
        while first <= self.last:
            end = first if self.days <= DAYS_AS_BARS else first + (6 - first.weekday()) * DAY
            yield Period(first, min(end, self.last))
            first = end + DAY


def is_month(period: Period) -> bool:
    """Whether it is one whole calendar month."""
    return period.first.day == 1 and period.last == end_of_month(period.first)


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def month_of(day: date) -> Period:
    """The calendar month in which a day is."""
    return Period(day.replace(day=1), end_of_month(day))


def named(today: date) -> dict[str, Period]:
    """The periods that are offered, by the word in the address; today is the last day of those that go on."""
    this_month = month_of(today)
    return {
        "12w": Period(today - timedelta(days=today.weekday()) - 11 * 7 * DAY, today),
        "month": Period(this_month.first, today),
        "last_month": this_month.before(),
        "30d": Period(today - 29 * DAY, today),
        "year": Period(today.replace(month=1, day=1), today),
        "365d": Period(today - 364 * DAY, today),
    }


def chosen(first: date | None, last: date | None, *, today: date) -> Period | None:
    """Days that somebody typed, put in order and bounded; None without both."""
    if first is None or last is None:
        return None
    first, last = min(first, last), min(max(first, last), today)
    return Period(max(first, last - (LONGEST - 1) * DAY), last) if first <= last else None
