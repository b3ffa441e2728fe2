"""Retention periods, and the cases whose period is over."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None

NUMBERS = ("ended", "silence", "refused", "threat", "drafts", "notice_days")


def upgrade() -> None:
    op.create_table(
        "retention_plan",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("changed_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "retention_case",
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("term", sa.String(10), nullable=False),
        sa.Column("listed_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("goes_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("kept_until", sa.Date()),
        sa.Column("kept_reason", sa.Text(), nullable=False),
        sa.Column("kept_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
    )
    unkept = sa.text("kept_until IS NULL")
    op.create_index(
        "ix_retention_case_goes",
        "retention_case",
        ["goes_at"],
        sqlite_where=unkept,
        postgresql_where=unkept,
    )


def downgrade() -> None:
    op.drop_table("retention_case")
    op.drop_table("retention_plan")
