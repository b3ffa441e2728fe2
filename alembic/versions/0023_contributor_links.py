"""Links by which colleagues without an account help with one case."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contributor_link",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_contributor_link_case", "contributor_link", ["case"])


def downgrade() -> None:
    op.drop_table("contributor_link")
