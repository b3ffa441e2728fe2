"""What do we remember of calendars besides the team's own?"""

from piccolo.columns import JSONB, UUID, Boolean, Timestamptz, Varchar
from piccolo.table import Table


class Calendar(Table, tablename="calendar"):
    """Working time that is not the team's: `on_duty`, that of whoever is on duty. No row, no calendar."""

    id = UUID(primary_key=True)
    name = Varchar(length=32, unique=True)
    zone = Varchar(length=64)
    country = Varchar(length=2, default="")  # whose public holidays do not count; none when empty
    subdivision = Varchar(length=16, default="")
    week = JSONB()  # seven lists of [start, end) minutes, Monday first
    closed_days = Boolean(default=False)  # whether the team's closed days do not count here either
    changed_at = Timestamptz(default=None)
