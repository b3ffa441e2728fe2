"""Danger: what on Today comes before what is only late."""

from datetime import datetime
from enum import IntEnum
from functools import cache

from amends.rules.vocabulary import Severity, Stage


class Danger(IntEnum):
    """How dangerous it is to leave a case alone; the lowest comes first."""

    ESCALATED = 0
    URGENT = 1
    NOT_FIXED = 2
    CAME_BACK = 3
    NONE = 4


@cache
def danger(*, stage: Stage, severity: Severity | None, not_fixed: bool, came_back: bool) -> Danger:
    """The gravest of what is true: escalated, an S1, the customer’s “not fixed”, a post that is back.

    A closed case is not left alone any more. `tables.case.SIGNS` says the same in SQL.
    """
    if stage is Stage.CLOSED:
        return Danger.NONE
    signs = {
        Danger.ESCALATED: stage is Stage.ESCALATED,
        Danger.URGENT: severity is Severity.S1,
        Danger.NOT_FIXED: not_fixed,
        Danger.CAME_BACK: came_back,
    }
    return next((sign for sign, holds in signs.items() if holds), Danger.NONE)


def comes_first(
    found: Danger, *, not_fixed: bool, came_back: bool, due_at: datetime | None, midnight: datetime
) -> bool:
    """Whether a case stands in the first lane of Today: it is in danger, and asks for somebody today.

    What the customer said and nobody has answered does so whatever its date.
    """
    if found is Danger.NONE:
        return False
    return not_fixed or came_back or (due_at is not None and due_at < midnight)
