"""What do we remember of proposals to give a duty more time?"""

from piccolo.columns import ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.vocabulary import FollowUpKind
from amends.tables.members import Member


class Dismissal(Table, tablename="dismissal"):
    """Somebody did not want more time for this kind of follow-up; it is not proposed again for a while."""

    kind = Varchar(length=20, choices=FollowUpKind, primary_key=True)
    dismissed_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    dismissed_at = Timestamptz(default=None)
