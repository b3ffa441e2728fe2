"""What one wish did to many cases, and lists under a name."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

DEEDS = "deed IN ('assign', 'severity', 'snooze', 'not_ours', 'let_go')"


def of_a_member() -> sa.Column[object]:
    return sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "batch",
        sa.Column("id", UUID(), primary_key=True),
        of_a_member(),
        sa.Column("deed", sa.String(10), nullable=False),
        sa.Column("lines", JSONB(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(DEEDS, name="deed"),
    )
    op.create_index("ix_batch_member", "batch", ["member"])
    op.create_table(
        "view",
        sa.Column("id", UUID(), primary_key=True),
        of_a_member(),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("filters", JSONB(), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_view_member", "view", ["member"])


def downgrade() -> None:
    op.drop_table("view")
    op.drop_table("batch")
