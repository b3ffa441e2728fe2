"""Tables of running it: backups, verification, links to dossiers, erasures, webhooks, retention."""

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
from piccolo.table import Table

from amends.rules.vocabulary import NudgeState
from amends.tables.case import Author, Case
from amends.tables.indexes import Index
from amends.tables.team import Member


class RecurringWork(Table, tablename="recurring_work"):
    """What the worker does for the installation every day or week: the run begun last, and how it ended.

    `good_at` is when one was last good. `asked_at`: somebody wants another one. One that `is_retried` failed.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=20, unique=True)
    begun_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)
    good_at = Timestamptz(null=True, default=None)
    asked_at = Timestamptz(null=True, default=None)
    problem = Varchar(length=300, default="")
    is_retried = Boolean(default=False)


class BackupPlan(Table, tablename="backup_plan"):
    """How often the worker makes a backup, and how many stay. No row, no backups by themselves."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    every_days = Integer(default=0)  # 0: never
    kept = Integer(default=7)
    changed_at = Timestamptz(default=None)


class BackupRun(Table, tablename="backup_run"):
    """One backup that was begun: finished with a name and without a problem, it is good."""

    id = UUID(primary_key=True)
    started_at = Timestamptz(default=None, index=True)
    finished_at = Timestamptz(null=True, default=None)
    name = Varchar(length=100, default="")
    size = BigInt(default=0)
    rows = Integer(default=0)
    files = Integer(default=0)
    problem = Varchar(length=300, default="")
    by_hand = Boolean(default=False)


class VerificationRun(Table, tablename="verification_run"):
    """One look at everything recorded: how much there was, how much did not fit, and the first of it.

    `part` is which part of the files it read; none: all of them.
    """

    id = UUID(primary_key=True)
    started_at = Timestamptz(default=None, index=True)
    finished_at = Timestamptz(null=True, default=None)
    cases = Integer(default=0)
    entries = Integer(default=0)
    files = Integer(default=0)
    faults = Integer(default=0)
    found = JSONB()
    part = Integer(null=True, default=None)


class DossierLink(Table, tablename="dossier_link"):
    """A link to one dossier as it was when it was made; only a hash of its token is kept.

    `sha256` names the ZIP in the evidence store; once the link has `ended_at`, the file is erased.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    token_hash = Varchar(length=64, unique=True)
    name = Varchar(length=80)  # for whom
    sha256 = Varchar(length=64, index=True)
    size = BigInt(default=0)
    manifest = Varchar(length=64)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    ended_at = Timestamptz(null=True, default=None)
    erased_at = Timestamptz(null=True, default=None)
    opened = Integer(default=0)
    fetched = Integer(default=0)
    opened_at = Timestamptz(null=True, default=None)


class Erasure(Table, tablename="erasure"):
    """That a person was erased: by whom, when and how much; of whom, only keyed hashes of accounts say.

    Where a case went because its time was over, `of_case` is its id, and no account is named.

    `kept` are the ids of rows that an admin looked at and left as they were. `files` are still to be erased,
    and until `cleaned_at` the database has not been compacted.
    """

    id = UUID(primary_key=True)
    at = Timestamptz(default=None, index=True)
    member = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    cases = Integer(default=0)
    rows = JSONB()  # how many, by table
    accounts = JSONB()
    kept = JSONB()
    files = JSONB(null=True, default=None)
    cleaned_at = Timestamptz(null=True, default=None)
    of_case = UUID(null=True, default=None)  # no reference: it outlives the case


class Webhook(Table, tablename="webhook"):
    """An endpoint of another program that hears of events, at an address that an admin chose.

    `events` are the types that it wants, separated by spaces; none is all. `sealed` holds its secret, and
    after it, until `previous_until`, the one before.
    """

    id = UUID(primary_key=True)
    name = Varchar(length=60)
    url = Varchar(length=500)
    events = Text(default="")
    sealed = Text()
    previous_until = Timestamptz(null=True, default=None)
    is_on = Boolean(default=True)
    ended = Varchar(length=8, default="")  # why it was switched off by itself: gone, failing
    failures = Integer(default=0)  # since the last success
    failing_since = Timestamptz(null=True, default=None)
    paused_until = Timestamptz(null=True, default=None)
    succeeded_at = Timestamptz(null=True, default=None)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


class WebhookDelivery(Table, tablename="webhook_delivery"):
    """One event on its way to one endpoint: what it is about by id alone; the body is made when it leaves.

    Those of one `subject` leave in the order of their `turn`. `holder` is the fencing token of its sender.
    """

    id = UUID(primary_key=True)
    webhook = ForeignKey(Webhook, on_delete=OnDelete.cascade, null=False)
    event = UUID()  # the same for every endpoint that hears of it
    kind = Varchar(length=24)
    subject = Varchar(length=48)  # case:17, problem:3
    about = UUID(null=True, default=None)  # the entry, the follow-up, the nudge
    at = Timestamptz(default=None)
    turn = BigInt()
    state = Varchar(length=8, choices=NudgeState, default=NudgeState.READY)
    run_at = Timestamptz(default=None)  # when it may be tried; while sending, when its lease ends
    holder = Varchar(length=32, default="")
    attempts = Integer(default=0)
    outcome = Varchar(length=12, default="")  # of the last try
    status = Integer(null=True, default=None)
    answer = Varchar(length=500, default="")  # how the endpoint's answer began
    settled_at = Timestamptz(null=True, default=None)


class RetentionPlan(Table, tablename="retention_plan"):
    """How many months closed cases are kept, 0 for ever. No row, or not `is_on`: nothing goes by itself."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    is_on = Boolean(default=False)
    ended = Integer(default=0)
    silence = Integer(default=0)
    refused = Integer(default=0)
    threat = Integer(default=0)
    drafts = Integer(default=0)
    notice_days = Integer(default=30)
    changed_at = Timestamptz(default=None)


class RetentionCase(Table, tablename="retention_case"):
    """A case on the list of those whose retention period is over, or one that a lead keeps longer.

    It goes at `goes_at`, which stays as it was when the case was listed; or, where it is `kept_until` a day,
    is listed anew after that.
    """

    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, primary_key=True)
    term = Varchar(length=10)
    listed_at = Timestamptz(default=None)
    goes_at = Timestamptz(default=None)
    kept_until = Date(null=True, default=None)
    kept_reason = Text(default="")
    kept_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)


class MentionSearch(Table, tablename="mention_search"):
    """How far the worker has looked for what names a person: `found` are ids of mentions, up to `after`.

    `words` is a hash of what is looked for: other words, another search. `place` is the table looked through.
    """

    author = ForeignKey(Author, on_delete=OnDelete.cascade, null=False, primary_key=True)
    words = Varchar(length=64)
    asked_at = Timestamptz(default=None)
    begun_at = Timestamptz(default=None)
    finished_at = Timestamptz(null=True, default=None)
    place = Varchar(length=40)
    after = Varchar(length=36)
    rows = BigInt(default=0)
    of_rows = BigInt(default=0)
    found = JSONB()


INDEXES = (
    # The worker: what may be tried
    Index(
        "ix_webhook_delivery_ready",
        WebhookDelivery,
        (WebhookDelivery.webhook, WebhookDelivery.run_at),
        where="state IN ('ready', 'sending')",
    ),
    # The worker: what is to leave before it
    Index(
        "ix_webhook_delivery_turn",
        WebhookDelivery,
        (WebhookDelivery.webhook, WebhookDelivery.subject, WebhookDelivery.turn),
    ),
    # The page of an endpoint: its deliveries, newest first
    Index("ix_webhook_delivery_at", WebhookDelivery, (WebhookDelivery.webhook, WebhookDelivery.at)),
    # Retention: those that were settled long ago
    Index(
        "ix_webhook_delivery_settled",
        WebhookDelivery,
        (WebhookDelivery.settled_at,),
        where="settled_at IS NOT NULL",
    ),
    # The worker: dossiers whose file is to be erased
    Index("ix_dossier_link_kept", DossierLink, (DossierLink.expires_at,), where="erased_at IS NULL"),
    # The worker, Today and the list of cases whose period is over: what goes next
    Index("ix_retention_case_goes", RetentionCase, (RetentionCase.goes_at,), where="kept_until IS NULL"),
)

TABLES = (
    RecurringWork,
    BackupPlan,
    BackupRun,
    VerificationRun,
    DossierLink,
    Erasure,
    Webhook,
    WebhookDelivery,
    RetentionPlan,
    RetentionCase,
    MentionSearch,
)
