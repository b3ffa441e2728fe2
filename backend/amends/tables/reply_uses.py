"""On which cases was a prepared reply used?"""

from piccolo.columns import UUID, ForeignKey, OnDelete, Timestamptz
from piccolo.constraints import Unique
from piccolo.table import Table

from amends.tables.cases import Case
from amends.tables.reply_templates import ReplyTemplate


class ReplyUse(Table, tablename="reply_use"):
    """A public reply that began as a template, once for each case; its outcome is the case's."""

    id = UUID(primary_key=True)
    template = ForeignKey(ReplyTemplate, on_delete=OnDelete.cascade, null=False)
    case = ForeignKey(Case, on_delete=OnDelete.cascade, null=False, index=True)
    used_at = Timestamptz(default=None)

    once_a_case = Unique([template, case])
