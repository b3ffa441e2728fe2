"""Keep what is left of a removed case: its number, who removed it and why, and the ids of its captures."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removed_case",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("removed_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("files", JSONB()),
    )
    op.create_table(
        "removed_capture",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("removed", UUID(), sa.ForeignKey("removed_case.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_removed_capture_removed", "removed_capture", ["removed"])


def downgrade() -> None:
    op.drop_table("removed_capture")
    op.drop_table("removed_case")
