"""Keep what each nightly look at the records found."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "verification_run",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("started_at", TIMESTAMPTZ(), nullable=False, index=True),
        sa.Column("finished_at", TIMESTAMPTZ()),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("found", JSONB(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("verification_run")
