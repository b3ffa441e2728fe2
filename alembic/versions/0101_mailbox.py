"""The mailbox whose mails are fetched."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0101"
down_revision = "0100"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mailbox",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("user", sa.String(254), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("folder", sa.String(200), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.Column("marked", sa.BigInteger(), nullable=False),
        sa.Column("next_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("fetched_at", TIMESTAMPTZ()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(16), nullable=False),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("mailbox")
