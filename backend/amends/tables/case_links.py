"""Which cases belong together without being one?"""

from piccolo.columns import UUID, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.vocabulary import Relation
from amends.tables.cases import Case
from amends.tables.members import Member


class CaseLink(Table, tablename="case_link"):
    """That two cases have something in common; the one with the smaller number is `one`."""

    id = UUID(primary_key=True)
    one = ForeignKey(Case, on_delete=OnDelete.cascade, null=False)
    other = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    relation = Varchar(length=16, choices=Relation)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)

    once_a_link = Unique([one, other])
