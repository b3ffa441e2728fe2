"""The plan of backups, and what became of each."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "backup_plan",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("changed_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "backup_run",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("started_at", TIMESTAMPTZ(), nullable=False, index=True),
        sa.Column("finished_at", TIMESTAMPTZ()),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(300), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("backup_run")
    op.drop_table("backup_plan")
