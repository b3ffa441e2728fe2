"""Tables of what we owe next: follow-ups, remedies, calendar feeds, playbooks and checklists."""

from collections.abc import Iterable

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.follow_up.kinds import which
from amends.rules.vocabulary import FollowUpState, RemedyState, Repeats, StepState
from amends.tables.case import Case
from amends.tables.indexes import Index
from amends.tables.team import Member


class FollowUp(Table, tablename="follow_up"):
    """What we owe next on a case, and by when.

    `generation` goes up when the date changes, which makes older nudges untrue. `rung` is the last rung of
    the ladder that was planned, `next_at` when the next one is to be planned; both belong to the generation.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    kind = Varchar(length=20)
    words = Text(default="")  # what was promised, or what somebody wants to be reminded of
    repeats = Varchar(length=8, choices=Repeats, null=True, default=None)  # reminders only
    state = Varchar(length=8, choices=FollowUpState, default=FollowUpState.DUE)
    owner = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    occurrence = Integer(default=1)  # the first ping, the second
    generation = Integer(default=1)
    rung = Integer(default=0)
    starts_at = Timestamptz(default=None)
    due_at = Timestamptz(default=None)
    climbs_from = Timestamptz(null=True, default=None)  # when the ladder begins, if not at the due date
    next_at = Timestamptz(null=True, default=None)
    allotted = Integer(default=0)  # seconds, of working or of wall time
    counted = Varchar(length=8, default="working")
    steps = JSONB()  # how the date was computed
    paused_at = Timestamptz(null=True, default=None)
    remaining = Integer(null=True, default=None)  # working seconds left when it was paused
    news = Varchar(length=8, null=True, default=None)  # what is still to be told of its case at once
    created_at = Timestamptz(default=None)
    settled_at = Timestamptz(null=True, default=None)


class Remedy(Table, tablename="remedy"):
    """One thing that was offered on a case; `cost` is in hundredths of its currency."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=12)
    words = Text(default="")
    cost = Integer(null=True, default=None)
    currency = Varchar(length=3)
    state = Varchar(length=10, choices=RemedyState)
    offered_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    offered_at = Timestamptz(default=None)
    agreed_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)  # the lead, if asked
    decided_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)  # when it came to stand as it does


class CalendarFeed(Table, tablename="calendar_feed"):
    """One member's link, at most one each; only a hash of its token is kept."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, unique=True)
    token_hash = Varchar(length=64, unique=True)
    with_titles = Boolean(default=False)  # else kinds and numbers alone
    with_unowned = Boolean(default=False)  # leads: what nobody owns, too
    created_at = Timestamptz(default=None)
    read_at = Timestamptz(null=True, default=None)


class Contact(Table, tablename="contact"):
    """Whom a step needs outside the team, such as the warehouse; `key` is the folded name.

    One with a `role` is brought threats.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=80)
    key = Varchar(length=240, unique=True)
    reach = Varchar(length=300)  # any other way, such as an extension or a place
    hours = Varchar(length=120, default="")
    role = Varchar(length=12, null=True, default=None)
    phone = Varchar(length=40, null=True, default=None)
    email = Varchar(length=254, null=True, default=None)


class Playbook(Table, tablename="playbook"):
    """What to do for cases of one subject; `about` is the id of a theme, or a word of the vocabulary.

    `version` goes up with every change. A retired one is offered no more.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=80)
    subject = Varchar(length=10)
    about = Varchar(length=36)
    version = Integer(default=1)
    changed_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    changed_at = Timestamptz(default=None)
    retired_at = Timestamptz(null=True, default=None)


class PlaybookStep(Table, tablename="playbook_step"):
    """One step of a playbook; `variable` names the answer of a question in prepared replies."""

    id = UUID(primary_key=True)
    playbook = ForeignKey(Playbook, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=4)
    words = Varchar(length=300)
    variable = Varchar(length=30, default="")
    contact = ForeignKey(Contact, on_delete=OnDelete.set_null, null=True, default=None)
    within_hours = Integer(null=True, default=None)  # after the start; by the clock in a threat plan

    one_place_in_playbook = Unique([playbook, position])


class Checklist(Table, tablename="checklist"):
    """A playbook at work on a case, with its name and version as they were when it was started."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    playbook = ForeignKey(Playbook, on_delete=OnDelete.set_null, null=True, default=None)
    name = Varchar(length=80)
    version = Integer()
    started_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    started_at = Timestamptz(default=None)

    one_start_a_case = Unique([case, playbook])


class ChecklistStep(Table, tablename="checklist_step"):
    """One step of a checklist, copied from the playbook; whoever settled it, and the answer of a question.

    `follow_up` is the reminder of a step that has a date.
    """

    id = UUID(primary_key=True)
    checklist = ForeignKey(Checklist, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=4)
    words = Varchar(length=300)
    variable = Varchar(length=30, default="")
    contact = ForeignKey(Contact, on_delete=OnDelete.set_null, null=True, default=None)
    follow_up = ForeignKey(FollowUp, on_delete=OnDelete.set_null, null=True, default=None)
    state = Varchar(length=8, choices=StepState, default=StepState.OPEN)
    answer = Text(default="")
    reason = Text(default="")
    settled_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)

    one_place_in_checklist = Unique([checklist, position])


PLAYBOOKS = (Contact, Playbook, PlaybookStep, Checklist, ChecklistStep)
"""In the order in which they can be created."""


def in_sql(kinds: Iterable[str]) -> str:
    """Kinds of follow-ups as a list of SQL literals, for `IN (…)`."""
    return ", ".join(f"'{kind}'" for kind in kinds)


INDEXES = (
    # A reminder that is done: the step of a checklist that it was for
    Index(
        "ix_checklist_step_follow_up",
        ChecklistStep,
        (ChecklistStep.follow_up,),
        where="follow_up IS NOT NULL",
    ),
    # Approvals: remedies that wait for a lead
    Index("ix_remedy_asked", Remedy, (Remedy.offered_at,), where="state = 'asked'"),
    # A case's page: its follow-ups
    Index("ix_follow_up_case", FollowUp, (FollowUp.case, FollowUp.state)),
    # One live follow-up of a kind per case, but for kinds of which there may be several
    Index(
        "uq_follow_up_live",
        FollowUp,
        (FollowUp.case, FollowUp.kind),
        where=f"state = 'due' AND kind NOT IN ({in_sql(which(lambda one: one.several))})",
        unique=True,
    ),
    # Today and the masthead: what is due though its case is snoozed or closed, or shows another date
    Index(
        "ix_follow_up_awake",
        FollowUp,
        (FollowUp.kind, FollowUp.due_at, FollowUp.case),
        where=f"state = 'due' AND kind IN ({in_sql(which(lambda one: not one.sleeps))})",
    ),
    # Approvals and the masthead: drafts that wait for a reader, the soonest due first
    Index(
        "ix_follow_up_approval",
        FollowUp,
        (FollowUp.kind, FollowUp.due_at, FollowUp.case),
        where="state = 'due' AND kind = 'approval'",
    ),
    # Today: what waits for a member's answer
    Index(
        "ix_follow_up_question",
        FollowUp,
        (FollowUp.owner, FollowUp.starts_at),
        where="state = 'due' AND kind = 'question'",
    ),
    # Figures: what became of the promises that came due
    Index("ix_follow_up_promise", FollowUp, (FollowUp.kind, FollowUp.due_at), where="kind = 'promise'"),
    # Today: how many were answered this week
    Index(
        "ix_follow_up_answered",
        FollowUp,
        (FollowUp.settled_at, FollowUp.due_at),
        where="kind = 'acknowledge' AND state = 'done'",
    ),
    # The sweep: what needs a rung planned
    Index("ix_follow_up_next", FollowUp, (FollowUp.next_at,), where="state = 'due' AND next_at IS NOT NULL"),
    # Today: what has come to the end of its ladder
    Index(
        "ix_follow_up_ended", FollowUp, (FollowUp.rung, FollowUp.case), where="state = 'due' AND rung >= 4"
    ),
    # The worker: what is to be told at once
    Index("ix_follow_up_news", FollowUp, (FollowUp.news,), where="news IS NOT NULL"),
    # The worker page and the metrics: what is overdue, the longest first. The agenda: what is due, by key;
    # and how much of it is late or due on a day, for which no row is looked up
    Index(
        "ix_follow_up_due",
        FollowUp,
        (FollowUp.due_at, FollowUp.id, FollowUp.paused_at, FollowUp.kind, FollowUp.case),
        where="state = 'due'",
    ),
    # The agenda and the calendar feeds: the same of one owner, or of nobody
    Index(
        "ix_follow_up_owner_due",
        FollowUp,
        (FollowUp.owner, FollowUp.due_at, FollowUp.id),
        where="state = 'due'",
    ),
)
