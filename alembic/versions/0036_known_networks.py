"""Keep from which networks members have signed in, as hashes."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "known_network",
        sa.Column("network_hash", sa.String(64), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("seen_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_known_network_member", "known_network", ["member"])


def downgrade() -> None:
    op.drop_table("known_network")
