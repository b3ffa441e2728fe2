"""Tables of what is provable: anchors, their time stamps, and the audit log."""

from piccolo.columns import UUID, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.indexes import Index


class RecordAnchor(Table, tablename="anchor"):
    """One hash over the last entries of all timelines, in a chain with those before it; never changed."""

    id = UUID(primary_key=True)
    number = Integer(unique=True)  # from 1
    made_at = Timestamptz(default=None)
    cases = Integer()
    root = Varchar(length=64)
    previous = Varchar(length=64)
    hash = Varchar(length=64)


class AnchoredHead(Table, tablename="anchored_head"):
    """The last entry of a case as an anchor found it, where it is another than before; position 0: gone."""

    id = UUID(primary_key=True)
    anchor = Integer()
    case_number = Integer()
    position = Integer()
    hash = Varchar(length=64)

    once_an_anchor = Unique([case_number, anchor])


class StampAuthority(Table, tablename="stamp_authority"):
    """The authority that is asked for time stamps, and the certificates that are trusted. No row: none is."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    address = Varchar(length=500)
    certificates = Text()  # PEM
    changed_at = Timestamptz(default=None)


class TimeStamp(Table, tablename="time_stamp"):
    """A time stamp that was asked for: the authority's answer as it came, or what became of the last try."""

    id = UUID(primary_key=True)
    anchor = Integer(unique=True)  # its number
    authority = Varchar(length=500, default="")
    certificates = Text(default="")
    token = Text(default="")  # base64; empty while there is none
    stamped_at = Timestamptz(null=True, default=None)
    tries = Integer(default=0)
    run_at = Timestamptz(default=None)
    problem = Varchar(length=20, default="")
    detail = Varchar(length=200, default="")


class AuditEvent(Table, tablename="audit_event"):
    """What happened to accounts or to the installation: only added to, and chained by the worker (R-56).

    Who acted, and whom or what it is about, are words and no references: they outlive what they name.
    """

    id = UUID(primary_key=True)
    at = Timestamptz(default=None)
    kind = Varchar(length=32)
    actor = Varchar(length=36)  # a member's id, or "system", "command_line", "stranger"
    about = Varchar(length=64, default="")  # a member's id, the number of a case, or a setting
    network = Varchar(length=64, default="")  # a shortened address, where signing in is told
    body = Text(default="{}")
    until = BigInt(null=True, default=None)  # of a pruning: the last position that is gone
    position = BigInt(null=True, default=None, unique=True)  # in the chain; none before the worker was there
    previous = Varchar(length=64, null=True, default=None)
    hash = Varchar(length=64, null=True, default=None)


TABLES = (RecordAnchor, AnchoredHead, StampAuthority, TimeStamp, AuditEvent)
INDEXES = (
    # The audit log: everything, what one did, one kind of event, what is about one; the last first
    Index("ix_audit_event_at", AuditEvent, (AuditEvent.at, AuditEvent.id)),
    Index("ix_audit_event_actor", AuditEvent, (AuditEvent.actor, AuditEvent.at, AuditEvent.id)),
    Index("ix_audit_event_kind", AuditEvent, (AuditEvent.kind, AuditEvent.at, AuditEvent.id)),
    # The worker: events that have no place in the chain yet
    Index("ix_audit_event_unchained", AuditEvent, (AuditEvent.at,), where="position IS NULL"),
)
