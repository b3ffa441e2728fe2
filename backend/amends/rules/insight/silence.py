"""Silence on purpose proposed when hours are short: which cases, and why (P10, P15, P69)."""

from dataclasses import dataclass
from datetime import datetime

from amends.i18n import N_
from amends.rules.desk.danger import Danger, danger
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.vocabulary import CustomerStatus, Severity, Stage, Stance
from amends.rules.workflow.guards import CaseFacts
from amends.rules.workflow.stances import Assessment, recommend

MOVES = {Stage.NEW: "watch_in_silence", Stage.ACKNOWLEDGE: "let_go"}
"""How a case is left in silence from each stage: watched until a day, or closed without an answer."""
REVIEW_DAYS = 7
"""After so many days a watched case is checked again."""
QUESTION_MARKS = "?\uff1f\u061f\u037e\u055e"
"""Latin, full-width, Arabic, Greek (which looks like a semicolon) and Armenian."""

NOT_A_CUSTOMER = N_("Not a customer, as far as is known.")
ASKS_NOTHING = N_("It asks no question, and it is a rant without a request.")
NOTHING_OWED = N_("Nothing was promised, nobody else is on it, and its author has no other open case.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A case as the proposal sees it; `text` is all that its posts say.

    `is_shared` when a colleague, an incident or a problem is concerned with it, or anything but its own
    answer is due; `is_known` when its author has another open case.
    """

    facts: CaseFacts
    fault: str | None
    text: str
    is_seen: bool
    is_shared: bool
    is_known: bool


def reasons(case: Unanswered, *, now: datetime) -> tuple[str, ...]:
    """Why a case may be left in silence, sentences for the catalogue; none where it may not.

    Never one with a promise, a danger, a deadline of the law or a second chance owed, nor a customer's.
    """
    if _is_owed(case, now) or _asks(case.text) or case.facts.severity is not Severity.S4:
        return ()
    facts = case.facts
    known = Assessment(facts.nature, facts.severity, case.fault, facts.customer_status, case.is_seen)
    recommended = recommend(known)
    if recommended is None or recommended.stance is not Stance.WATCH_IN_SILENCE or case.is_seen:
        return ()
    return (recommended.reason, NOT_A_CUSTOMER, ASKS_NOTHING, NOTHING_OWED)


def _is_owed(case: Unanswered, now: datetime) -> bool:
    facts = case.facts
    found = danger(
        stage=facts.stage,
        severity=facts.severity,
        not_fixed=facts.answer is CheckInAnswer.BADLY,
        came_back=facts.came_back,
    )
    return (
        facts.stage not in MOVES
        or found is not Danger.NONE
        or case.is_shared
        or case.is_known
        or facts.is_silenced
        or facts.open_promises > 0
        or facts.public_replies > 0
        or facts.approval is not None
        or facts.customer_status in (CustomerStatus.VERIFIED, CustomerStatus.CLAIMED)
        or (facts.snoozed_until is not None and facts.snoozed_until > now)
    )


def _asks(text: str) -> bool:
    return any(mark in text for mark in QUESTION_MARKS)
