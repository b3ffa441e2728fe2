"""Keep an authority for time stamps, and the time stamps of anchors."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stamp_authority",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("certificates", sa.Text(), nullable=False),
        sa.Column("changed_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "time_stamp",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("anchor", sa.Integer(), nullable=False, unique=True),
        sa.Column("authority", sa.String(500), nullable=False),
        sa.Column("certificates", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("stamped_at", TIMESTAMPTZ()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("run_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("problem", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("time_stamp")
    op.drop_table("stamp_authority")
