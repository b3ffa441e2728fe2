"""Tables of what we owe next: follow-ups, remedies, calendar feeds."""

from collections.abc import Iterable

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.follow_up.kinds import which
from amends.rules.vocabulary import FollowUpState, RemedyState, Repeats
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


def in_sql(kinds: Iterable[str]) -> str:
    """Kinds of follow-ups as a list of SQL literals, for `IN (…)`."""
    return ", ".join(f"'{kind}'" for kind in kinds)


INDEXES = (
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
    # The worker page and the metrics: what is overdue, the longest first. The agenda: what is due, by key
    Index("ix_follow_up_due", FollowUp, (FollowUp.due_at, FollowUp.id), where="state = 'due'"),
    # The agenda and the calendar feeds: the same of one owner, or of nobody
    Index(
        "ix_follow_up_owner_due",
        FollowUp,
        (FollowUp.owner, FollowUp.due_at, FollowUp.id),
        where="state = 'due'",
    ),
)
