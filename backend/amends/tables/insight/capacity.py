"""Tables of capacity: what the team typed of the hours that cases take, and the note for Today."""

from piccolo.columns import JSONB, UUID, Boolean, ForeignKey, Integer, OnDelete, Timestamptz
from piccolo.table import Table

from amends.tables.team import Member


class CapacityPlan(Table, tablename="capacity_plan"):
    """One version of what the team typed of its capacity; the last one counts, else the proposals."""

    id = UUID(primary_key=True)
    version = Integer(unique=True)
    plan = JSONB()  # rules.insight.capacity.CapacityPlan in plain words
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)


class CapacityNote(Table, tablename="capacity_note"):
    """Whole hours owed in the next seven days and hours there are, as the worker counted them last."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second one cannot be written
    owed = Integer()
    there = Integer()
    is_short = Boolean()
    noted_at = Timestamptz(default=None)
