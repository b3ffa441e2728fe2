"""Sign-in providers, and who members are at them."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False, unique=True),
        sa.Column("client_id", sa.String(200), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("domains", sa.String(500), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint("role IN ('reader', 'agent', 'approver', 'lead', 'admin')", name="role"),
    )
    op.create_table(
        "provider_account",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("provider", UUID(), sa.ForeignKey("provider.id", ondelete="CASCADE"), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("linked_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ()),
        sa.UniqueConstraint("provider", "subject", name="one_subject_each"),
    )
    op.create_index("ix_provider_account_member", "provider_account", ["member"])


def downgrade() -> None:
    op.drop_table("provider_account")
    op.drop_table("provider")
