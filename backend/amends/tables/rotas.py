"""What do we remember of duties that come again: weekly ones, and the rotation?"""

from piccolo.columns import JSONB, UUID, Boolean, Date, ForeignKey, Integer, OnDelete, Timestamptz
from piccolo.table import Table

from amends.tables.members import Member


class WeeklyDuty(Table, tablename="weekly_duty"):
    """A member is on duty on some days of the week, every week or every so many from a day on.

    Hours are minutes of the wall clock of the on-duty calendar; one that ends before it begins ends the next
    day.
    """

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, index=True)
    days = JSONB()  # 0 is Monday
    begins = Integer()
    ends = Integer()
    every = Integer(default=1)  # weeks
    first = Date(default=None)  # the week of this day is the first one
    created_at = Timestamptz(default=None)


class Rotation(Table, tablename="rotation"):
    """Members take turns, a week each, and hand over at the same hour of the same day of the week."""

    id = UUID(primary_key=True)
    only = Boolean(default=True, unique=True)  # a second rotation cannot be written
    members = JSONB()  # their ids, in order
    weekday = Integer()  # 0 is Monday
    minute = Integer()  # of the wall clock of the on-duty calendar
    first = Date(default=None)  # the first turn begins on the first such weekday from this day on
    changed_at = Timestamptz(default=None)
