"""Find the newest uses of prepared replies: what became of their cases decides which is offered first."""

from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_reply_use_used_at", "reply_use", ["used_at"])


def downgrade() -> None:
    op.drop_index("ix_reply_use_used_at", table_name="reply_use")
