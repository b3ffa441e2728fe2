"""What do we remember of the days on which the team does not work?"""

from piccolo.columns import UUID, Date, Timestamptz, Varchar
from piccolo.table import Table


class ClosedDay(Table, tablename="closed_day"):
    """A day or several, the last included, besides week-ends and public holidays."""

    id = UUID(primary_key=True)
    first = Date(default=None)
    last = Date(default=None)
    words = Varchar(length=120, default="")
    created_at = Timestamptz(default=None)
