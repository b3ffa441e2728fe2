"""Files that are being stored or erased, outside of the transactions that name them."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0112"
down_revision = "0111"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_transfer",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("direction", sa.String(3), nullable=False),
        sa.Column("until", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_file_transfer_sha256", "file_transfer", ["sha256"])
    op.create_index("ix_file_transfer_until", "file_transfer", ["until"])


def downgrade() -> None:
    op.drop_table("file_transfer")
