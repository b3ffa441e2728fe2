"""Figures by owner: off until a lead switches them on."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "owner_figures",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("switched_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL"), index=True),
        sa.Column("switched_at", TIMESTAMPTZ(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("owner_figures")
