"""What do we remember of how long each duty may take?"""

from piccolo.columns import JSONB, UUID, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from amends.tables.members import Member


class Policy(Table, tablename="policy"):
    """One version of the team's times; the last one counts. Without a row those of a small shop do."""

    id = UUID(primary_key=True)
    version = Integer(unique=True)
    name = Varchar(length=16)  # of the preset that it equals, or "own"
    terms = JSONB()  # rules.team.policies.Policy in plain words
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
