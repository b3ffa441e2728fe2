"""What do we remember of who is away, who stands in, and who is on duty?"""

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Timestamptz
from piccolo.table import Table

from amends.tables.members import Member


class Absence(Table, tablename="absence"):
    """A member is away for a while; until then the deputy hears of what is theirs, or the team."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    deputy = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    begins_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None)
    created_at = Timestamptz(default=None)


class Duty(Table, tablename="duty"):
    """A member is on duty for a while: they hear of S1 at once."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    begins_at = Timestamptz(default=None)
    ends_at = Timestamptz(default=None, index=True)
    instead = Boolean(default=False)  # of whom the rota names, not beside them
