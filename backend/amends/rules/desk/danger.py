"""Danger: what on Today comes before what is only late."""

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

    `tables.case.IN_DANGER` says in SQL which cases have any of it.
    """
    signs = {
        Danger.ESCALATED: stage is Stage.ESCALATED,
        Danger.URGENT: severity is Severity.S1,
        Danger.NOT_FIXED: not_fixed,
        Danger.CAME_BACK: came_back,
    }
    return next((sign for sign, holds in signs.items() if holds), Danger.NONE)
