"""Passkeys of members, and what they are asked to sign."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("credential", sa.String(1400), nullable=False, unique=True),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("is_synced", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_passkey_member", "passkey", ["member"])
    op.create_table(
        "passkey_challenge",
        sa.Column("challenge_hash", sa.String(64), primary_key=True),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE")),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_passkey_challenge_member", "passkey_challenge", ["member"])
    op.create_index("ix_passkey_challenge_expires_at", "passkey_challenge", ["expires_at"])


def downgrade() -> None:
    op.drop_table("passkey_challenge")
    op.drop_table("passkey")
