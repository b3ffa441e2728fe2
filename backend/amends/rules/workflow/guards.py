"""Guards of moves: named conditions on facts, each with its sentence."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from amends.i18n import N_
from amends.rules.person.customer_links import CheckInAnswer
from amends.rules.team.reply_rules import ReplyRules
from amends.rules.vocabulary import (
    FINAL_OUTCOMES,
    CustomerStatus,
    Nature,
    Outcome,
    Role,
    Severity,
    Stage,
)
from amends.rules.vocabulary import FollowUpKind as Kind

NOT_FROM_HERE = N_("This action is not possible at this stage of the case.")
USUAL_RULES = ReplyRules()
ALLOWED_PINGS = {Severity.S4: 1}
"""How many times we may write again while waiting; two unless said otherwise, ever (nudge policy, 12)."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the guards need to know of a case; `due` holds the date of each live follow-up by kind.

    `approval` says how its draft stands: pending, approved, rejected, ready (nobody has to read it), or None.
    `reader` is the member who was asked to read it, `read_by` the one whose approval is due at `read_until`;
    `rules` are the team's for answering. `due_kind` and `due_at` are the earliest live follow-up, as the case
    repeats it for the lists, `ending_until` is the date of the public ending that is owed: the next step
    follows from these, and not from all that is in `due`. By a private link that stands under their post the
    person may answer `link_until`, while they have not. `answer` is the customer's to the check-in.
    `on_hold` says that an incident holds what is said in public, `threat_hold` that a threat does;
    `has_measure` that a block or report with its proof is recorded, `undelivered` that a message by mail did
    not arrive, with which nobody has dealt.
    """

    stage: Stage
    outcome: Outcome | None = None
    severity: Severity | None = None
    nature: Nature | None = None
    customer_status: CustomerStatus = CustomerStatus.UNKNOWN
    opted_out: bool = False
    second_chance_used: bool = False
    approval: str | None = None
    draft_by: UUID | None = None
    reader: UUID | None = None
    held_until: datetime | None = None
    public_replies: int = 0
    plan_given: bool = False
    place_given: bool = False
    thread_ended: bool = False
    rules: ReplyRules = field(default=USUAL_RULES, hash=False)
    pings: int = 0
    failed_fixes: int = 0
    open_promises: int = 0
    newer_open_case: bool = False
    remedies_asked: int = 0
    remedy_declined: bool = False
    due: Mapping[Kind, datetime] = field(default_factory=dict, hash=False)
    owner: UUID | None = None
    due_kind: Kind | None = None
    due_at: datetime | None = None
    read_by: UUID | None = None
    read_until: datetime | None = None
    ending_until: datetime | None = None
    link_until: datetime | None = None
    answer: CheckInAnswer | None = None
    came_back: bool = False
    snoozed_until: datetime | None = None
    on_hold: bool = False
    threat_hold: bool = False
    has_measure: bool = False
    undelivered: bool = False

    @property
    def is_silenced(self) -> bool:
        """Whether nothing may be said in public now, for an incident or a threat."""
        return self.on_hold or self.threat_hold


@dataclass(frozen=True, slots=True)
class Mover:
    """Who wants to move the case; `stands_in` for a lead who is away."""

    id: UUID
    role: Role
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition and the sentence that says what to do when it does not hold."""

    holds: Callable[[CaseFacts, Mover, datetime], bool]
    sentence: str


def allowed_pings(severity: Severity | None) -> int:
    """How many gentle pings a waiting case allows, in all."""
    return ALLOWED_PINGS.get(severity, 2) if severity else 2


def _second_chance_left(facts: CaseFacts) -> bool:
    real = facts.customer_status is not CustomerStatus.NOT_A_CUSTOMER
    return real and not facts.opted_out and not facts.second_chance_used and facts.severity is not Severity.S4


def _reached(facts: CaseFacts, kind: Kind, now: datetime) -> bool:
    due = facts.due.get(kind)
    return due is not None and due <= now


NO_OPEN_PROMISE = Guard(
    lambda facts, by, now: facts.open_promises == 0,
    N_("A promise is still open. Mark it kept or broken first."),
)
REMEDY_AGREED = Guard(
    lambda facts, by, now: facts.remedies_asked == 0,
    N_("A remedy is waiting for a lead to approve or refuse it first."),
)
REMEDY_NOT_DECLINED = Guard(
    lambda facts, by, now: not facts.remedy_declined,
    N_("The customer declined the offer. Record what they get instead, then deliver it."),
)
PINGS_LEFT = Guard(
    lambda facts, by, now: facts.pings < allowed_pings(facts.severity),
    N_("We have written twice; that is the limit. Wait, settle, or close without action."),
)
PING_DUE = Guard(
    lambda facts, by, now: Kind.WAIT_PING not in facts.due or _reached(facts, Kind.WAIT_PING, now),
    N_("It is too soon to write again. Wait until the day shown."),
)
SILENCE_OUT = Guard(
    lambda facts, by, now: _reached(facts, Kind.WAIT_CLOSE, now),
    N_("The customer still has time to answer, or we have not written twice yet."),
)
SECOND_CHANCE_LEFT = Guard(
    lambda facts, by, now: _second_chance_left(facts),
    N_("No second chance here: not a customer, opted out, a rant, or already given. Settle instead."),
)
FIRST_FAILURE = Guard(
    lambda facts, by, now: facts.failed_fixes == 0,
    N_("This is the second fix that failed. Escalate, concede, or close without action."),
)
DAY_REACHED = Guard(
    lambda facts, by, now: _reached(facts, Kind.SECOND_CHANCE, now),
    N_("The day of the second chance has not come yet."),
)
CONTACT_WANTED = Guard(
    lambda facts, by, now: not facts.opted_out,
    N_("They asked for no more contact. Skip the second chance."),
)
NO_NEWER_CASE = Guard(
    lambda facts, by, now: not facts.newer_open_case,
    N_("This person has complained again. Deal with the newer case first."),
)
ANSWER_OVERDUE = Guard(
    lambda facts, by, now: _reached(facts, Kind.CHECK_IN_ANSWER, now),
    N_("They still have time to answer the check-in."),
)
NOT_ANSWERED = Guard(
    lambda facts, by, now: facts.answer is None,
    N_("The check-in was answered. Decide by what they wrote."),
)
WATCHED_OUT = Guard(
    lambda facts, by, now: _reached(facts, Kind.WATCH_CLOSE, now),
    N_("It has not been quiet for long enough."),
)
TRIAGED = Guard(
    lambda facts, by, now: facts.severity is not None,
    N_("Set the severity first: this decision depends on it."),
)
LEAD_WHEN_SEVERE = Guard(
    lambda facts, by, now: facts.severity not in (Severity.S1, Severity.S2) or by.role.reaches(Role.LEAD),
    N_("Only a lead may decide this on a critical or serious case. Ask one."),
)
NO_THREAT_HELD = Guard(
    lambda facts, by, now: not facts.threat_hold,
    N_("This case is flagged as a threat. Merge the other case into this one instead."),
)
REOPENABLE = Guard(
    lambda facts, by, now: facts.outcome is not None and facts.outcome not in FINAL_OUTCOMES,
    N_("A case that was merged into another one, or erased, cannot be reopened."),
)
