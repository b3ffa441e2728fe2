"""What did members decide about two accounts that may be one person?"""

from piccolo.columns import JSONB, UUID, ForeignKey, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.rules.person.likeness import Verdict
from amends.tables.authors import Author
from amends.tables.members import Member


class AuthorPair(Table, tablename="author_pair"):
    """The last word about two authors, the one with the smaller id first; `before` is the way back."""

    id = UUID(primary_key=True)
    one = ForeignKey(Author, on_delete=OnDelete.cascade, null=False)
    other = ForeignKey(Author, on_delete=OnDelete.cascade, null=False, index=True)
    verdict = Varchar(length=10, choices=Verdict)
    reasons = JSONB()
    before = JSONB(null=True, default=None)
    decided_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    decided_at = Timestamptz(default=None)

    once = Unique([one, other])
