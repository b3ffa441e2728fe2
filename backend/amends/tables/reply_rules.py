"""What do we remember of how the team answers?"""

from piccolo.columns import JSONB, UUID, ForeignKey, Integer, OnDelete, Timestamptz
from piccolo.table import Table

from amends.tables.members import Member


class ReplyRules(Table, tablename="reply_rules"):
    """One version of the team's rules of answering; the last one counts. Without a row the usual ones do."""

    id = UUID(primary_key=True)
    version = Integer(unique=True)
    rules = JSONB()  # rules.team.reply_rules.ReplyRules in plain words
    made_by = ForeignKey(Member, on_delete=OnDelete.set_null, null=True, default=None)
    made_at = Timestamptz(default=None)
