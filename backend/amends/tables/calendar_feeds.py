"""What do we remember of the links by which members read their follow-ups in their own calendars?"""

from piccolo.columns import UUID, Boolean, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from amends.tables.members import Member


class CalendarFeed(Table, tablename="calendar_feed"):
    """One member's link, at most one each; only a hash of its token is kept."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.cascade, null=False, unique=True)
    token_hash = Varchar(length=64, unique=True)
    with_titles = Boolean(default=False)  # else kinds and numbers alone
    with_unowned = Boolean(default=False)  # leads: what nobody owns, too
    created_at = Timestamptz(default=None)
    read_at = Timestamptz(null=True, default=None)
