"""Count for good how sending ends; index what the worker and figures pages read; keep dismissed proposals."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None

KINDS = (
    "triage acknowledge approval contact next_step resolve_by promise wait_ping wait_close "
    "confirm_fix second_chance check_in_answer escalation_review watch_review watch_close reminder"
)
COUNTED = """
INSERT INTO counter (name, value) SELECT 'deliveries:' || result, COUNT(*) FROM delivery GROUP BY result
UNION ALL SELECT 'nudges:' || state, COUNT(*) FROM nudge
WHERE state IN ('sent', 'void', 'dead') GROUP BY state
"""


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def where(condition: str) -> dict[str, sa.TextClause]:
    """The part of the rows that an index covers, for both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.execute(COUNTED)
    op.create_index("ix_nudge_settled", "nudge", ["settled_at", "state"], **where("settled_at IS NOT NULL"))
    op.create_index("ix_follow_up_due", "follow_up", ["due_at"], **where("state = 'due'"))
    op.create_table(
        "dismissal",
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("dismissed_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("dismissed_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(one_of("kind", KINDS), name="kind"),
    )


def downgrade() -> None:
    op.drop_table("dismissal")
    op.drop_index("ix_follow_up_due", "follow_up")
    op.drop_index("ix_nudge_settled", "nudge")
    op.execute("DELETE FROM counter WHERE name <> 'case'")
