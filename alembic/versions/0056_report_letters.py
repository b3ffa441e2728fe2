"""Send reports by mail: to whom, how often, and what each letter says."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_reader",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("address", sa.String(254), nullable=False),
        sa.Column("rhythm", sa.String(8), nullable=False),
        sa.Column("language", sa.String(5), nullable=False),
        sa.Column("target", UUID(), sa.ForeignKey("target.id", ondelete="SET NULL"), index=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=False),
        sa.Column("added_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL"), index=True),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.UniqueConstraint("address", "rhythm", name="once_a_rhythm"),
    )
    op.create_table(
        "report_letter",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column(
            "reader",
            UUID(),
            sa.ForeignKey("report_reader.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("nudge", UUID(), sa.ForeignKey("nudge.id", ondelete="SET NULL"), index=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("content", JSONB(), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
    )


def downgrade() -> None:
    """A version before this one knows no reports by mail."""
    op.execute("DELETE FROM nudge WHERE kind = 'report'")
    op.drop_table("report_letter")
    op.drop_table("report_reader")
