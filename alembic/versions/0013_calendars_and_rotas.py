"""Keep a calendar for whoever is on duty, and duties that come again."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(32), nullable=False, unique=True),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("subdivision", sa.String(16), nullable=False),
        sa.Column("week", JSONB(), nullable=False),
        sa.Column("closed_days", sa.Boolean(), nullable=False),
        sa.Column("changed_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "weekly_duty",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("days", JSONB(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_weekly_duty_member", "weekly_duty", ["member"])
    op.create_table(
        "rotation",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("members", JSONB(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("changed_at", TIMESTAMPTZ(), nullable=False),
    )
    with op.batch_alter_table("duty") as duty:
        duty.add_column(sa.Column("instead", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("duty") as duty:
        duty.alter_column("instead", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("duty") as duty:
        duty.drop_column("instead")
    op.drop_table("rotation")
    op.drop_table("weekly_duty")
    op.drop_table("calendar")
