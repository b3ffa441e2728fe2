"""What do we remember of the links by which customers write to us without an account?"""

from piccolo.columns import UUID, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from amends.rules.person.customer_links import Purpose
from amends.rules.vocabulary import Language
from amends.tables.cases import Case
from amends.tables.members import Member


class CustomerLink(Table, tablename="customer_link"):
    """One link of a case. Its code is kept as it is: it is published under a post, and shows nothing."""

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    purpose = Varchar(length=10, choices=Purpose)
    code = Varchar(length=8, unique=True)
    language = Varchar(length=2, choices=Language)
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    answers = Integer(default=0)
    answered_at = Timestamptz(null=True, default=None)
