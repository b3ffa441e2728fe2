"""The account by which private messages to customers leave."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0107"
down_revision = "0106"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_account",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("host", sa.String(253), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.String(8), nullable=False),
        sa.Column("user", sa.String(254), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("sender", sa.String(254), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("reply_to", sa.String(254), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(16), nullable=False),
        sa.Column("sent_at", TIMESTAMPTZ()),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("mail_account")
