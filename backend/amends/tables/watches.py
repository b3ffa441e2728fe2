"""Which cases does a member keep an eye on?"""

from piccolo.columns import UUID, ForeignKey, Integer, OnDelete, Timestamptz
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.cases import Case
from amends.tables.members import Member


class Watch(Table, tablename="watch"):
    """A member wants to see what becomes of a case that is somebody else's; `version` is the one they saw."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    version = Integer(default=0)
    since = Timestamptz(default=None)

    one_watch_each = Unique([case, member])
