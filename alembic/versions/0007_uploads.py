"""Build the tables that somebody looks at before importing them."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "upload",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("kept_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_upload_member", "upload", ["member"])


def downgrade() -> None:
    op.drop_table("upload")
