"""Incidents: checklists, the hold on replies, deadlines and the review (P4, P17 to P20, P77 to P79)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from amends.i18n import N_
from amends.rules.vocabulary import IncidentEntry, IncidentKind, ReviewState, Role, TaskState

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
REVIEW_WITHIN = 5 * DAY
"""After an incident is closed its review is to be written."""
TO_THE_AUTHORITY = 72 * HOUR
"""A leak of personal data is notified to the authority within that time (GDPR Art. 33)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a checklist; `within` is how long after the beginning it is due, where it has a date."""

    name: str
    words: str
    within: timedelta | None = None
    is_clock: bool = False
    """A deadline that others set: it is the lead's from the beginning, and reminds like every follow-up."""


HOLD = Step("hold", N_("Put the replies on hold"))
SPOKESPERSON = Step("spokesperson", N_("Name one spokesperson"), HOUR / 2)
FACTS = Step("facts", N_("Write down what is known, what is being checked and what is unknown"), HOUR)
LINE = Step("line", N_("Write the holding statement"), HOUR)
TELL = Step("tell", N_("Tell management and the people who answer customers"), HOUR)
PLACES = Step("places", N_("Decide where to speak, platform by platform"), 2 * HOUR)
REPLIES = Step("replies", N_("Answer every post, or decide to stay silent"), DAY)
FIRST, LAST = (SPOKESPERSON, HOLD, FACTS), (TELL, LINE, PLACES, REPLIES)

CHECKLISTS: dict[IncidentKind, tuple[Step, ...]] = {
    IncidentKind.BAD_PRESS: (
        *FIRST,
        Step("article", N_("Keep a copy of what was published, with its date"), HOUR),
        Step("editors", N_("Ask the editors to correct what is false"), DAY),
        *LAST,
    ),
    IncidentKind.DATA_LEAK: (
        *FIRST,
        Step("stop_leak", N_("Close the access, and keep the traces"), HOUR),
        Step("extent", N_("Find out whose data is concerned, and which"), 12 * HOUR),
        Step("privacy_officer", N_("Tell the data protection officer"), HOUR),
        Step(
            "notify_authority",
            N_("Notify the data protection authority (GDPR Art. 33)"),
            TO_THE_AUTHORITY,
            is_clock=True,
        ),
        Step(
            "notify_people", N_("Write to the people concerned, where their risk is high (GDPR Art. 34)"), DAY
        ),
        *LAST,
    ),
    IncidentKind.DEFECTIVE_PRODUCT: (
        *FIRST,
        Step("stop_sale", N_("Stop selling what may be defective"), 2 * HOUR),
        Step("danger", N_("Say whether anyone is in danger, and what to do now"), 2 * HOUR),
        Step("product_authority", N_("Ask the legal team whether an authority must be told"), DAY),
        Step("remedy", N_("Decide on repair, refund or recall"), 2 * DAY),
        *LAST,
    ),
    IncidentKind.HARASSMENT: (
        *FIRST,
        Step("protect", N_("Look after the colleagues concerned; hand over their cases"), HOUR),
        Step("evidence", N_("Keep screenshots and addresses as evidence"), 2 * HOUR),
        Step("report", N_("Report the accounts to their platforms"), DAY),
        Step("police", N_("Decide with the legal team whether to go to the police"), DAY),
        *LAST,
    ),
    IncidentKind.OWN_POST: (
        *FIRST,
        Step("copy", N_("Keep a copy of our post before anything is changed"), HOUR / 2),
        Step("campaign", N_("Stop scheduled posts and advertisements"), HOUR),
        Step("correct", N_("Correct it, withdraw it, or apologise, and say so"), 2 * HOUR),
        *LAST,
    ),
    IncidentKind.OUTAGE: (
        *FIRST,
        Step("status", N_("Say on the status page what does not work"), HOUR / 2),
        Step("repair", N_("Ask when the service will be back"), HOUR),
        *LAST,
    ),
    IncidentKind.OTHER: (*FIRST, *LAST),
}
"""What is to be done, by what happened; copied into an incident when it begins."""

STEPS = {step.name: step.words for steps in CHECKLISTS.values() for step in steps}
CLOCKS = frozenset(step.name for steps in CHECKLISTS.values() for step in steps if step.is_clock)
"""Deadlines that others set: they go on when the incident is closed."""

PROMINENT = frozenset(
    {
        IncidentEntry.OPENED,
        IncidentEntry.HELD,
        IncidentEntry.RESUMED,
        IncidentEntry.PUBLISHED,
        IncidentEntry.ESCALATED,
        IncidentEntry.CLOSED,
    }
)
"""What a review's timeline begins with: changes of state. Everything else is added by hand."""

REVIEW_GOES_TO: dict[ReviewState, tuple[ReviewState, ...]] = {
    ReviewState.DRAFT: (ReviewState.IN_REVIEW,),
    ReviewState.IN_REVIEW: (ReviewState.REVIEWED, ReviewState.DRAFT),
    ReviewState.REVIEWED: (ReviewState.CLOSED, ReviewState.DRAFT),
    ReviewState.CLOSED: (ReviewState.DRAFT,),
}


def may_act_as(role: Role, *, has_role: bool) -> bool:
    """Whether a member may do what a role of the incident does: who has it, and every lead."""
    return has_role or role.reaches(Role.LEAD)


def due(step: Step, *, began_at: datetime) -> datetime | None:
    """By when a step is to be done, in hours that pass; None where it has no date."""
    return began_at.astimezone(UTC) + step.within if step.within else None


def needs_an_action(state: ReviewState, *, actions: int) -> bool:
    """Whether a review cannot be reviewed yet: it ends in at least one action (P78)."""
    return state is ReviewState.REVIEWED and actions == 0


def is_told(kind: IncidentEntry, pinned: bool | None) -> bool:
    """Whether a review tells a line of the timeline: by its kind, unless a member said otherwise."""
    return kind in PROMINENT if pinned is None else pinned


def is_late(state: TaskState, due_at: datetime | None, now: datetime) -> bool:
    """Whether a task should have been done."""
    return state is TaskState.OPEN and due_at is not None and due_at <= now
