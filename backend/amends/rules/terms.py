"""How long may each duty take? The default times, by kind and severity, as one table of data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from amends.rules.vocabulary import FollowUpKind as Kind
from amends.rules.vocabulary import Severity


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


TERMS: Mapping[Kind, tuple[Row, ...]] = {
    Kind.TRIAGE: ((minutes(30), bh(1), bh(2), bd(1)),),
    Kind.ACKNOWLEDGE: ((hours(1), bh(2), bh(4), bd(1)),),
    Kind.APPROVAL: ((minutes(15), bh(1), bh(2), bh(4)),),
    Kind.CONTACT: ((hours(2), bh(4), bd(1), bd(5)),),
    Kind.NEXT_STEP: ((bh(4), bd(1), bd(2), bd(5)),),
    Kind.RESOLVE_BY: ((bd(2), bd(5), bd(10), None),),
    Kind.WAIT_PING: ((bd(1), bd(2), bd(3), bd(5)), (bd(3), bd(5), bd(8), None)),
    Kind.WAIT_CLOSE: ((bd(7), bd(10), bd(15), bd(10)),),
    Kind.CONFIRM_FIX: ((bd(1), bd(2), bd(2), bd(5)),),
    Kind.SECOND_CHANCE: ((days(14), days(21), days(21), None),),
    Kind.CHECK_IN_ANSWER: ((days(10), days(10), days(10), days(10)),),
    Kind.ESCALATION_REVIEW: ((hours(4), bd(1), bd(2), bd(5)),),
    Kind.WATCH_REVIEW: ((hours(24), hours(48), hours(48), days(7)), (hours(24), hours(48), days(7), days(7))),
    Kind.WATCH_CLOSE: ((days(60), days(30), days(30), days(21)),),
}
"""By kind, a row for each occurrence (the last one holds for all later ones), S1 to S4 across.

People expect an answer within 4 h on a social account, within days on a site of reviews. Where a stage owes
nothing else, S4 has a long term instead of none, because an open case always owes something: contact, which
is optional for a rant, and confirming a fix have 5 working days.
"""

REVIEW_ACKNOWLEDGE: Row = (bh(4), bd(1), bd(2), bd(3))
"""Acknowledging on a site of reviews, where half of the people expect an answer within a week."""


def term(
    kind: Kind, severity: Severity | None, *, occurrence: int = 1, review_site: bool = False
) -> Term | None:
    """The term for a duty; a case that is not weighed yet counts as S3. None when there is none."""
    rows = TERMS.get(kind)
    if rows is None:
        return None
    row = (
        REVIEW_ACKNOWLEDGE
        if review_site and kind is Kind.ACKNOWLEDGE
        else rows[min(occurrence, len(rows)) - 1]
    )
    return row[list(Severity).index(severity or Severity.S3)]
