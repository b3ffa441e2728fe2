"""What do we remember of a table between looking at it and importing it?"""

from piccolo.columns import UUID, Bytea, ForeignKey, OnDelete, Timestamptz
from piccolo.table import Table

from amends.tables.members import Member


class Upload(Table, tablename="upload"):
    """A member's table as it was sent; gone after a day, or when they send another."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    content = Bytea()
    kept_at = Timestamptz(default=None)
