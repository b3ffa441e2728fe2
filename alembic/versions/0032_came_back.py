"""Show what came back on a closed case, and drafts sent back, among what no snooze silences."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

BEFORE = "'approval', 'promise', 'reminder', 'mention', 'remedy_request'"


def awake(kinds: str) -> None:
    """The index of follow-ups that no snooze silences, for these kinds."""
    where = sa.text(f"state = 'due' AND kind IN ({kinds})")
    op.drop_index("ix_follow_up_awake", "follow_up")
    op.create_index(
        "ix_follow_up_awake",
        "follow_up",
        ["kind", "due_at", "case"],
        sqlite_where=where,
        postgresql_where=where,
    )


def upgrade() -> None:
    awake(f"{BEFORE}, 'came_back', 'rewrite', 'block_review'")


def downgrade() -> None:
    """A version before this one does not know the kinds."""
    op.execute("DELETE FROM dismissal WHERE kind IN ('came_back', 'rewrite', 'block_review')")
    op.execute("DELETE FROM follow_up WHERE kind IN ('came_back', 'rewrite', 'block_review')")
    awake(BEFORE)
