"""Batch changes: what one wish does to each of many cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from amends.i18n import N_
from amends.rules.desk.themes import MOST_OF_A_CASE
from amends.rules.vocabulary import Severity, Stage
from amends.rules.workflow.guards import CaseFacts, Mover
from amends.rules.workflow.moves import BY_NAME, Move, refusal

MOST = 100
"""Cases of one batch: what one person can still look over before saying yes."""

CLOSED = N_("Closed. Reopen it first.")
SLEPT_OFTEN = N_("Already snoozed twice. Give a reason.")
MESSAGE_WAITS = N_("A new message is waiting. Answer it first, or snooze the case on its own page.")
THEMED_OFTEN = N_("It already has ten themes.")


class Deed(StrEnum):
    """What is to be done with the cases of a batch."""

    ASSIGN = "assign"
    SEVERITY = "severity"
    THEME = "theme"
    SNOOZE = "snooze"
    NOT_OURS = "not_ours"
    LET_GO = "let_go"


MOVES: dict[Deed, Move] = {deed: BY_NAME[deed.value] for deed in (Deed.NOT_OURS, Deed.LET_GO)}
"""Deeds that are moves of the case."""


class Effect(StrEnum):
    """What becomes of one case."""

    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """One deed with its particulars; `owner` None gives back to the pool, `until` is an instant."""

    deed: Deed
    owner: UUID | None = None
    severity: Severity | None = None
    theme: UUID | None = None
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One case as a wish finds it; `slept_often` when one more snooze needs a reason,
    `message_waits` when something of the customer's waits for us.

    `themes` are those that a member gave it.
    """

    facts: CaseFacts
    owner: UUID | None
    snoozed_until: datetime | None
    slept_often: bool
    message_waits: bool = False
    themes: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What would happen to a case, and why it would not: a sentence for the catalogue."""

    effect: Effect
    sentence: str = ""


IS_ALREADY: dict[Deed, Callable[[Wish, Standing], bool]] = {
    Deed.ASSIGN: lambda wish, case: wish.owner == case.owner,
    Deed.SEVERITY: lambda wish, case: wish.severity == case.facts.severity,
    Deed.THEME: lambda wish, case: wish.theme in case.themes,
    Deed.SNOOZE: lambda wish, case: wish.until == case.snoozed_until,
}


def verdict(wish: Wish, case: Standing, *, by: Mover, now: datetime) -> Verdict:
    """What the wish does to the case: changes it, leaves it as it is already, or is refused, and why."""
    if move := MOVES.get(wish.deed):
        sentence = refusal(move, case.facts, by=by, now=now)
        return Verdict(Effect.REFUSED, sentence) if sentence else Verdict(Effect.CHANGED)
    if case.facts.stage is Stage.CLOSED and wish.deed is not Deed.THEME:  # its story is still told
        return Verdict(Effect.REFUSED, CLOSED)
    if IS_ALREADY[wish.deed](wish, case):
        return Verdict(Effect.SAME)
    if wish.deed is Deed.THEME and len(case.themes) >= MOST_OF_A_CASE:
        return Verdict(Effect.REFUSED, THEMED_OFTEN)
    if wish.deed is Deed.SNOOZE and case.message_waits:
        return Verdict(Effect.REFUSED, MESSAGE_WAITS)
    if wish.deed is Deed.SNOOZE and case.slept_often and not wish.reason:
        return Verdict(Effect.REFUSED, SLEPT_OFTEN)
    return Verdict(Effect.CHANGED)
