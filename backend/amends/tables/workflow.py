"""Tables of moves: undo, batches and threats."""

from piccolo.columns import (
    JSONB,
    UUID,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from amends.tables.case import Case
from amends.tables.desk import Theme, WatchedPlace
from amends.tables.fields import CaseField
from amends.tables.follow_up import Checklist, Playbook
from amends.tables.indexes import Index
from amends.tables.team import Location, Member


class CaseRule(Table, tablename="case_rule"):
    """What is done with cases that come in under some conditions; an empty condition does not narrow.

    `words` are separated by commas; `stars` are at most so many of five; `place` is one to watch, on whose
    page the post was seen. `severity` is proposed, and set by nobody but a member.
    """

    id = UUID(primary_key=True)
    position = Integer()
    name = Varchar(length=80)
    is_on = Boolean(default=False)
    platform = Varchar(length=32, default="")
    language = Varchar(length=8, default="")
    words = Varchar(length=500, default="")
    stars = Integer(null=True, default=None)
    owner = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    theme = ForeignKey(Theme, on_delete=OnDelete.set_null, null=True, default=None)
    playbook = ForeignKey(Playbook, on_delete=OnDelete.set_null, null=True, default=None)
    field = ForeignKey(CaseField, on_delete=OnDelete.set_null, null=True, default=None)
    value = Varchar(length=200, default="")
    location = ForeignKey(Location, on_delete=OnDelete.cascade, null=True, default=None)
    place = ForeignKey(WatchedPlace, on_delete=OnDelete.cascade, null=True, default=None)
    severity = Varchar(length=2, null=True, default=None)
    made_at = Timestamptz(default=None)


class MailAccount(Table, tablename="mail_account"):
    """The account by which private messages to customers leave; `sealed` is its password.

    `sender` is the address of *From* and of returned mails. `failure` is the word of the last try that failed
    for a reason of the account, and not of one mail.
    """

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    host = Varchar(length=253)
    port = Integer(default=465)
    security = Varchar(length=8, default="tls")  # tls, starttls, or none on this computer
    user = Varchar(length=254, default="")
    sealed = Text()
    sender = Varchar(length=254)
    name = Varchar(length=120, default="")
    reply_to = Varchar(length=254, default="")
    signature = Text(default="")
    failures = Integer(default=0)  # in a row
    failure = Varchar(length=16, default="")
    sent_at = Timestamptz(null=True, default=None)  # the last time that its server took a mail
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


class OutgoingMail(Table, tablename="outgoing_mail"):
    """A private message on its way by mail: a row first, a mail after. Its words are those of its entry.

    `holder` is the fencing token of whoever sends it. `failure` is the word of the last try that failed.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    position = Integer()  # of its entry on the timeline
    identity = Varchar(length=250, unique=True)  # its Message-ID, which answers and returned mails name
    answers = Text(default="")  # the ids of the messages before it, the oldest first
    state = Varchar(length=10)  # ready, sending, sent, failed, returned, withdrawn
    run_at = Timestamptz(default=None)  # from when it may be sent; while it is sent, when the lease ends
    holder = Varchar(length=32, default="")
    attempts = Integer(default=0)
    failure = Varchar(length=16, default="")
    undo = UUID(null=True, default=None, index=True)  # the way back of the move that it is
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
    settled_at = Timestamptz(null=True, default=None)
    noted_at = Timestamptz(null=True, default=None)  # when someone dealt with one that did not arrive


class Batch(Table, tablename="batch"):
    """What became of each case, and how it stood before; kept for a day.

    `lines` hold number, title, effect, sentence; of what was changed also the version after it and what was
    there before, or the id of the move's way back.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    deed = Varchar(length=10)
    lines = JSONB()
    undone = Boolean(default=False)
    made_at = Timestamptz(default=None)


class Undo(Table, tablename="undo"):
    """How a case and its follow-ups stood before a move, for the half minute in which it can be undone."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False)
    version = Integer()  # the case's version after the move: any later change forbids undoing
    move = Varchar(length=32)
    before = Text()  # JSON of the case's columns and follow-up rows
    expires_at = Timestamptz(default=None)


class Threat(Table, tablename="threat"):
    """A case that was flagged as a threat, and how it stood before; `on_hold` while its replies are held.

    One that was withdrawn was none after all.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    stage_before = Varchar(length=20)
    severity_before = Varchar(length=2, null=True, default=None)
    nature_before = Varchar(length=20, null=True, default=None)
    checklist = ForeignKey(Checklist, on_delete=OnDelete.set_null, null=True, default=None)
    flagged_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    flagged_at = Timestamptz(default=None)
    on_hold = Boolean(default=True)
    lifted_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    lifted_at = Timestamptz(null=True, default=None)
    lifted_reason = Text(default="")
    withdrawn_at = Timestamptz(null=True, default=None)


INDEXES = (
    # The worker: private messages that may be sent
    Index(
        "ix_outgoing_mail_open",
        OutgoingMail,
        (OutgoingMail.run_at,),
        where="state IN ('ready', 'sending')",
    ),
    # Today: those that did not arrive, and that nobody has dealt with
    Index(
        "ix_outgoing_mail_failed",
        OutgoingMail,
        (OutgoingMail.settled_at,),
        where="state IN ('failed', 'returned') AND noted_at IS NULL",
    ),
    # Whether replies are held; and one threat a case at a time
    Index("uq_threat_live", Threat, (Threat.case,), where="withdrawn_at IS NULL", unique=True),
)
