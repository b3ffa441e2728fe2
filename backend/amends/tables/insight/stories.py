"""Tables of case stories."""

from piccolo.columns import JSONB, UUID, Date, ForeignKey, Integer, OnDelete, Real, Text, Timestamptz, Varchar
from piccolo.table import Table

from amends.tables.case import Case
from amends.tables.team import Member


class CaseStory(Table, tablename="case_story"):
    """Before and after of a case that a lead chose to keep; its columns are always anonymous.

    `named` holds the words in which the person is named, only while they agree to it: on which day they
    agreed, and how they said so. Ratings are in stars of `rating_max`.
    """

    id = UUID(primary_key=True)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, unique=True)
    version = Integer(default=1)
    title = Text()  # a mark of three characters may stand for one: longer than what was typed
    said = Text()
    did = Text()
    ended = Text()
    rating_before = Real(null=True, default=None)
    rating_after = Real(null=True, default=None)
    rating_max = Real(null=True, default=None)
    days = Integer(default=0)
    named = JSONB(null=True, default=None)
    agreed_on = Date(null=True, default=None)
    agreed_how = Varchar(length=300, default="")
    kept_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    kept_at = Timestamptz(default=None, index=True)
