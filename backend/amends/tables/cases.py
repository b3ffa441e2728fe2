"""What do we remember of a case?"""

from piccolo.columns import (
    UUID,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check
from piccolo.table import Table

from amends.rules.vocabulary import (
    CustomerStatus,
    FollowUpKind,
    Nature,
    Occasion,
    Outcome,
    Platform,
    Severity,
    Stage,
    Stance,
)
from amends.tables.authors import Author
from amends.tables.members import Member
from amends.tables.reply_templates import ReplyTemplate


class Case(Table, tablename="case_file"):
    """Our undertaking to deal with one complaint until it has an outcome.

    `due_at` and `due_kind` repeat the earliest live follow-up for Today and Cases; only
    `services.follow_up.follow_ups` writes them. `version` goes up with each change: who changes a
    case says which they saw.
    """

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    version = Integer(default=0)
    stage = Varchar(length=16, choices=Stage, default=Stage.NEW)
    outcome = Varchar(length=16, choices=Outcome, null=True, default=None)
    severity = Varchar(length=2, choices=Severity, null=True, default=None)
    nature = Varchar(length=20, choices=Nature, null=True, default=None)
    stance = Varchar(length=20, choices=Stance, null=True, default=None)
    fault = Varchar(length=16, null=True, default=None)
    customer_status = Varchar(length=16, choices=CustomerStatus, default=CustomerStatus.UNKNOWN)
    title = Varchar(length=200)
    platform = Varchar(length=16, choices=Platform)
    lang = Varchar(length=35, default="")
    author = ForeignKey(Author, on_delete=OnDelete.set_null, null=True, default=None, index=True)
    owner = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    opened_at = Timestamptz(default=None)
    moved_at = Timestamptz(default=None)
    closed_at = Timestamptz(null=True, default=None)
    came_back_at = Timestamptz(null=True, default=None)
    due_at = Timestamptz(null=True, default=None)
    due_kind = Varchar(length=20, choices=FollowUpKind, null=True, default=None)
    snoozed_until = Timestamptz(null=True, default=None)
    look_asked_at = Timestamptz(null=True, default=None)  # a member wants to know what became of the post
    looked_at = Timestamptz(null=True, default=None)
    wake_on_reply = Boolean(default=True)
    next_step = Text(default="")
    remedy = Text(default="")
    approval = Varchar(length=10, null=True, default=None)
    draft = Text(default="")
    draft_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    draft_occasion = Varchar(length=10, choices=Occasion, null=True, default=None)
    draft_template = ForeignKey(ReplyTemplate, on_delete=OnDelete.set_null, null=True, default=None)
    draft_reader = ForeignKey(
        Member, on_delete=OnDelete.set_null, null=True, default=None
    )  # asked to read it
    draft_held_until = Timestamptz(null=True, default=None)
    review_on = Date(null=True, default=None)
    duplicate_of: ForeignKey["Case"] = ForeignKey(
        "self", on_delete=OnDelete.set_null, null=True, default=None
    )
    public_replies = Integer(default=0)
    plan_given = Boolean(default=False)  # in public: what we will do, and where it goes on
    place_given = Boolean(default=False)
    thread_ended_at = Timestamptz(null=True, default=None)
    pings = Integer(default=0)
    failed_fixes = Integer(default=0)
    second_chance_used = Boolean(default=False)
    contact_request = Varchar(length=8, null=True, default=None)

    closed_has_outcome = Check("(stage = 'closed') = (outcome IS NOT NULL)")
    closed_has_date = Check("(stage = 'closed') = (closed_at IS NOT NULL)")


class Undo(Table, tablename="undo"):
    """How a case and its follow-ups stood before a move, for the half minute in which it can be undone."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    version = Integer()  # the case's version after the move: any later change forbids undoing
    move = Varchar(length=32)
    before = Text()  # JSON of the case's columns and follow-up rows
    expires_at = Timestamptz(default=None)
