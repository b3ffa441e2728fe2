"""Who is writing on a case right now?"""

from piccolo.columns import UUID, ForeignKey, OnDelete, Timestamptz
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.cases import Case
from amends.tables.members import Member


class Presence(Table, tablename="presence"):
    """That a member typed on a case a moment ago; worth nothing half a minute later."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    at = Timestamptz(default=None)

    one_presence_each = Unique([case, member])
