"""What do we remember of one wish that changed many cases?"""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.workflow.batches import Deed
from amends.tables.members import Member


class Batch(Table, tablename="batch"):
    """What became of each case, and how it stood before; kept for a day.

    `lines` hold number, title, effect, sentence; of what was changed also the version after it and what was
    there before, or the id of the move's way back.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    deed = Varchar(length=10, choices=Deed)
    lines = JSONB()
    undone = Boolean(default=False)
    made_at = Timestamptz(default=None)
