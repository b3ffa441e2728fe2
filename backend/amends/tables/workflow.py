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
    # Whether replies are held; and one threat a case at a time
    Index("uq_threat_live", Threat, (Threat.case,), where="withdrawn_at IS NULL", unique=True),
)
