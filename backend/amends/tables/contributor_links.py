"""What do we remember of the links by which colleagues without an account help with one case?"""

from piccolo.columns import UUID, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from amends.tables.cases import Case
from amends.tables.members import Member


class ContributorLink(Table, tablename="contributor_link"):
    """One colleague's link to one case; only a hash of its token is kept."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    token_hash = Varchar(length=64, unique=True)
    name = Varchar(length=80)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    used_at = Timestamptz(null=True, default=None)
