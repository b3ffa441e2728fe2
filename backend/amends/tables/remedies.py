"""What do we remember of what was offered to put things right?"""

from piccolo.columns import UUID, ForeignKey, Integer, OnDelete, Text, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.vocabulary import RemedyKind, RemedyState
from amends.tables.cases import Case
from amends.tables.members import Member


class Remedy(Table, tablename="remedy"):
    """One thing that was offered on a case; `cost` is in hundredths of its currency."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    kind = Varchar(length=12, choices=RemedyKind)
    words = Text(default="")
    cost = Integer(null=True, default=None)
    currency = Varchar(length=3)
    state = Varchar(length=10, choices=RemedyState)
    offered_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    offered_at = Timestamptz(default=None)
    decided_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    settled_at = Timestamptz(null=True, default=None)  # when it came to stand as it does
