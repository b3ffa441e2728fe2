"""Remedies: kinds, approval and states (P52)."""

import re

from amends.errors import Invalid
from amends.i18n import gettext as _
from amends.rules.vocabulary import RemedyState, Role

NEXT: dict[RemedyState, frozenset[RemedyState]] = {
    RemedyState.ASKED: frozenset({RemedyState.OFFERED, RemedyState.REFUSED}),
    RemedyState.OFFERED: frozenset({RemedyState.ACCEPTED, RemedyState.DECLINED}),
    RemedyState.ACCEPTED: frozenset({RemedyState.DELIVERED}),
    RemedyState.DELIVERED: frozenset({RemedyState.ACCEPTED}),  # the move that delivered it was taken back
    RemedyState.REFUSED: frozenset(),
    RemedyState.DECLINED: frozenset(),
}
"""What can become of a remedy in each state."""

AMOUNT = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
GAPS = re.compile(r"[\s\u00a0\u202f'’]")


class AmountUnclear(Invalid):
    "Enter an amount such as 12.50."


COUNTED = (RemedyState.ASKED, RemedyState.OFFERED, RemedyState.ACCEPTED, RemedyState.DELIVERED)
"""The states in which a remedy counts against the ceiling: what was refused or declined costs nothing."""


def is_within(cost: int | None, ceiling: int | None, *, spent: int = 0) -> bool:
    """Whether a remedy stays under the ceiling with what the same person was offered before.

    All are in hundredths of the team's currency; without a ceiling everything does, and without a cost too.
    """
    return ceiling is None or not cost or spent + cost <= ceiling


def begins(cost: int | None, ceiling: int | None, *, spent: int = 0, role: Role) -> RemedyState:
    """How a new remedy begins: offered, or asked of a lead where it goes over the ceiling."""
    within = is_within(cost, ceiling, spent=spent)
    return RemedyState.OFFERED if within or role.reaches(Role.LEAD) else RemedyState.ASKED


def read_amount(typed: str) -> int | None:
    """Hundredths of what was typed, "12,50" or "1 200"; None for nothing. Raises AmountUnclear."""
    plain = GAPS.sub("", typed)
    if not plain:
        return None
    found = AMOUNT.fullmatch(plain)
    if not found:
        raise AmountUnclear(fields={"cost": _("Enter an amount such as 12.50.")})
    whole, part = found[1], (found[2] or "").ljust(2, "0")
    return int(whole) * 100 + int(part)
