"""Tables of moves: undo and batches."""

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
from amends.tables.team import Member


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
