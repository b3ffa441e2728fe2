"""Tables of a case: authors, posts, timeline, search words."""

from piccolo.columns import (
    JSONB,
    UUID,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.reference import LazyTableReference
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from amends.rules.vocabulary import CustomerStatus, Nature, Occasion, Outcome, Severity, Stage, Stance
from amends.tables.indexes import OURS_ANYWAY, Index
from amends.tables.team import Location, Member


class Author(Table, tablename="author"):
    """A public account on one platform: platform and handle, unique; not yet a person."""

    id = UUID(primary_key=True)
    key = Varchar(length=400, unique=True)  # platform:folded handle, or the account's address
    platform = Varchar(length=32)
    handle = Varchar(length=200, default="")
    name = Varchar(length=200, default="")
    url = Text(default="")
    avatar = Text(default="")
    customer_status = Varchar(length=16, choices=CustomerStatus, default=CustomerStatus.UNKNOWN)
    opted_out = Boolean(default=False)  # asked not to be contacted again
    person: ForeignKey[Table] = ForeignKey(  # by name: persons stand above cases in the order of subjects
        LazyTableReference("Person", module_path="amends.tables.person"),
        on_delete=OnDelete.set_null,
        null=True,
        default=None,
    )
    account_since = Varchar(length=32, null=True, default=None)  # ISO 8601, as precise as the site
    first_seen_at = Timestamptz(default=None)
    last_seen_at = Timestamptz(default=None)


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
    platform = Varchar(length=32)
    lang = Varchar(length=35, default="")
    author = ForeignKey(Author, on_delete=OnDelete.set_null, null=True, default=None)
    owner = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    location = ForeignKey(Location, on_delete=OnDelete.restrict, null=True, default=None)
    opened_at = Timestamptz(default=None)
    moved_at = Timestamptz(default=None)
    closed_at = Timestamptz(null=True, default=None)
    came_back_at = Timestamptz(null=True, default=None)
    due_at = Timestamptz(null=True, default=None)
    due_kind = Varchar(length=20, null=True, default=None)
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
    draft_template: ForeignKey[Table] = (
        ForeignKey(  # by name: replies stand above cases in the order of subjects
            LazyTableReference("ReplyTemplate", module_path="amends.tables.reply"),
            on_delete=OnDelete.set_null,
            null=True,
            default=None,
        )
    )
    # Asked to read it
    draft_reader = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
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
    check_in_answer = Varchar(length=8, null=True, default=None)  # the customer's, until the case moves on
    counted_version = Integer(null=True, default=None)  # the version that reports have counted

    closed_has_outcome = Check("(stage = 'closed') = (outcome IS NOT NULL)")
    closed_has_date = Check("(stage = 'closed') = (closed_at IS NOT NULL)")


class RemovedCase(Table, tablename="removed_case"):
    """What is left of a removed case: its number, which no other case gets, who removed it, when and why.

    `reason` is empty where whoever captured it took it back. `files` are pictures still to be erased.
    """

    id = UUID(primary_key=True)
    number = Integer(unique=True)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    reason = Text(default="")
    removed_at = Timestamptz(default=None)
    files = JSONB(null=True, default=None)


class RemovedCapture(Table, tablename="removed_capture"):
    """The id of a capture that went with its case: sent again, it opens no other one."""

    id = UUID(primary_key=True)
    removed = ForeignKey(RemovedCase, on_delete=OnDelete.cascade, null=False, index=True)


class Post(Table, tablename="post"):
    """Which case a post belongs to; its key folds every address form: one post never makes two cases."""

    id = UUID(primary_key=True)
    key = Varchar(length=500, unique=True)
    url = Text(default="")
    external_id = Varchar(length=4_100, null=True, default=None)
    shares_address = Boolean(null=True, default=None)  # one of several on a page, without a permalink
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)


class Entry(Table, tablename="entry"):
    """One line of a timeline: append-only, numbered and hash-chained per case.

    The particulars are apart, so that erasing a person removes them and leaves a chain that still verifies.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    position = Integer()
    kind = Varchar(length=24)
    at = Timestamptz(default=None)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    actor = Varchar(length=40)  # the member's id, "author" or "system": what the hash covers
    channel = Varchar(length=16, null=True, default=None)
    commitment = Varchar(length=64)
    previous = Varchar(length=64)
    hash = Varchar(length=64)

    one_place_each = Unique([case, position])


class Particulars(Table, tablename="particulars"):
    """What an entry tells, and the salt that hides it once it is erased."""

    entry = ForeignKey(Entry, on_delete=OnDelete.cascade, null=False, unique=True, primary_key=True)
    salt = Varchar(length=64, null=True, default=None)
    body = Text(null=True, default=None)  # canonical JSON
    erased_at = Timestamptz(null=True, default=None)


class Attachment(Table, tablename="attachment"):
    """A file that a member attached to a case, named by its SHA-256; never altered. Pages show a preview.

    Which entry it came with, that entry says. A removed one is no picture any more, and goes with its bytes.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=120)
    media_type = Varchar(length=40)
    sha256 = Varchar(length=64)
    size = BigInt()
    width = Integer(null=True, default=None)  # of a picture, as its height
    height = Integer(null=True, default=None)
    shown_sha256 = Varchar(length=64, null=True, default=None)
    damage = Varchar(length=16, null=True, default=None)  # why there is no preview: missing, altered, …
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    kept_at = Timestamptz(default=None)
    removed_at = Timestamptz(null=True, default=None)


class CaseWords(Table, tablename="case_words"):
    """The folded words of a case's posts, authors and timeline, with an index of each engine over it."""

    number = ForeignKey(
        Case, target_column="number", on_delete=OnDelete.cascade, primary_key=True, null=False
    )
    words = Text(default="")


SIGNS = {
    "escalated": "stage = 'escalated'",
    "urgent": "severity = 's1'",
    "not_fixed": "check_in_answer = 'badly'",
    "came_back": "came_back_at IS NOT NULL",
}
"""What makes it dangerous to leave an open case alone, the gravest first; see `rules.desk.danger`."""
IN_DANGER = f"({' OR '.join(SIGNS.values())})"
NEWS = f"({SIGNS['not_fixed']} OR {SIGNS['came_back']})"
"""The customer said something that nobody has answered."""
UNDRAWN = "width IS NOT NULL AND shown_sha256 IS NULL AND damage IS NULL"
OPEN_AND = "stage <> 'closed' AND "

UNCOUNTED = "(counted_version IS NULL OR counted_version <> version)"
"""Reports have not counted this case as it is now."""

IN_LANE = (Case.due_at, Case.number, Case.id, Case.snoozed_until)
"""The order of a lane of Today, and who sleeps, which is read from the index too."""

INDEXES = (
    # The worker: cases that reports are to count again
    Index("ix_case_uncounted", Case, (Case.number,), where=UNCOUNTED),
    # A person: the accounts that were joined
    Index("ix_author_person", Author, (Author.person,), where="person IS NOT NULL"),
    # A person: who came within days after a block; People: seen last, by key
    Index("ix_author_first_seen", Author, (Author.first_seen_at,)),
    Index("ix_author_last_seen", Author, (Author.last_seen_at, Author.id)),
    # Today: each lane of open cases by date; who sleeps and whose it is are read from the index too
    Index("ix_case_stage_due", Case, (Case.stage, *IN_LANE, Case.owner)),
    # Today: its first lane, one index for each sign of danger; escalated ones are a stage
    *(
        Index(
            f"ix_case_{sign}",
            Case,
            (Case.due_at, Case.number, Case.id),
            where=OPEN_AND + SIGNS[sign],
        )
        for sign in ("urgent", "not_fixed", "came_back")
    ),
    # Cases: newest first, by key
    Index("ix_case_number_open", Case, (Case.number,), where="stage <> 'closed'"),
    Index("ix_case_stage_number", Case, (Case.stage, Case.number)),
    # Today: how many were captured this week. Cases: those opened on some days
    Index("ix_case_opened", Case, (Case.opened_at, Case.number)),
    # Insights: how many cases are open, by age
    Index("ix_case_opened_open", Case, (Case.opened_at,), where="stage <> 'closed'"),
    # Cases: by severity, the gravest first; mostly the open ones are asked for
    Index("ix_case_severity_number", Case, (Case.severity, Case.number)),
    Index("ix_case_severity_number_open", Case, (Case.severity, Case.number), where="stage <> 'closed'"),
    # Cases: those with one outcome, newest first
    Index("ix_case_outcome", Case, (Case.outcome, Case.number), where="stage = 'closed'"),
    # Today: how many were won back this week. Suspects: who was blocked before
    Index("ix_case_outcome_closed", Case, (Case.outcome, Case.closed_at), where="stage = 'closed'"),
    # Cases: one language's, newest first; and the languages in which there are cases
    Index("ix_case_lang_number", Case, (Case.lang, Case.number)),
    # A case: the files of those that were merged into it. Removal: whether any was
    Index("ix_case_duplicate_of", Case, (Case.duplicate_of,), where="duplicate_of IS NOT NULL"),
    # Posts that browsers mark: cases closed lately
    Index("ix_case_closed", Case, (Case.closed_at,), where="stage = 'closed'"),
    # Cases: one platform's, newest first; and the platforms of which there are cases
    Index("ix_case_platform_number", Case, (Case.platform, Case.number)),
    # Today: one owner's lanes, as those of all
    Index("ix_case_owner_stage_due", Case, (Case.owner, Case.stage, *IN_LANE)),
    # A person: their cases, newest first. An account that goes: its cases
    Index("ix_case_author_number", Case, (Case.author, Case.number)),
    # A second chance: what the same person wrote since, and is open
    Index("ix_case_author_open", Case, (Case.author, Case.number), where="stage <> 'closed'"),
    # Cases: one owner's, newest first; mostly the open ones are asked for
    Index("ix_case_owner_number", Case, (Case.owner, Case.number)),
    Index("ix_case_owner_number_open", Case, (Case.owner, Case.number), where="stage <> 'closed'"),
    # Today and the summary: what is overdue, soonest first
    Index("ix_case_due_open", Case, (*IN_LANE, Case.owner), where="stage <> 'closed'"),
    # Today: what is our move in a stage that waits for the customer
    Index("ix_case_ours_anyway", Case, (*IN_LANE, Case.owner), where=OURS_ANYWAY),
    # Attached pictures that have no preview yet
    Index("ix_attachment_redraw", Attachment, (Attachment.kept_at,), where=UNDRAWN),
    # The worker page, `doctor` and the hourly look: attached pictures without a preview
    Index("ix_attachment_damage", Attachment, (Attachment.kept_at,), where="damage IS NOT NULL"),
    # Attached files that were removed, and whose bytes are still to be erased
    Index("ix_attachment_removed", Attachment, (Attachment.removed_at,), where="removed_at IS NOT NULL"),
    # Waking: snoozed cases whose time has come
    Index("ix_case_snoozed", Case, (Case.snoozed_until,), where="snoozed_until IS NOT NULL"),
)
