"""Terms: an amount of working time or of elapsed time."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """How a term is counted: in working time of the team's calendar, or on the clock."""

    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time in which something is owed."""

    amount: int
    unit: Unit

    @property
    def is_working(self) -> bool:
        """Whether nights, week-ends and holidays do not count."""
        return self.unit in (Unit.WORKING_HOURS, Unit.WORKING_DAYS)


Row = tuple[Term | None, Term | None, Term | None, Term | None]
"""The terms of one duty, S1 to S4 across; None where nothing of the kind is owed."""


def bh(amount: int) -> Term:
    """Working hours."""
    return Term(amount, Unit.WORKING_HOURS)


def bd(amount: int) -> Term:
    """Working days."""
    return Term(amount, Unit.WORKING_DAYS)


def minutes(amount: int) -> Term:
    """Minutes on the clock."""
    return Term(amount, Unit.MINUTES)


def hours(amount: int) -> Term:
    """Hours on the clock."""
    return Term(amount, Unit.HOURS)


def days(amount: int) -> Term:
    """Days on the clock."""
    return Term(amount, Unit.DAYS)
