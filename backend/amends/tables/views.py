"""What do we remember of the lists that members come back to?"""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from amends.tables.members import Member


class View(Table, tablename="view"):
    """The filters of a list under a name: a member's own, or everybody's."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    name = Varchar(length=60)
    shared = Boolean(default=False)
    filters = JSONB()  # as they stand in the address
    made_at = Timestamptz(default=None)
