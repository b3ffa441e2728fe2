"""Keep how many customers, orders or comments a period had, as a member types it."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "period_total",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(10), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("typed_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL"), index=True),
        sa.Column("typed_at", TIMESTAMPTZ(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("period_total")
