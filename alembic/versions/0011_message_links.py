"""Let members act from the message that nudges them; keep the pause that a service asked for."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_link",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("follow_up", UUID(), sa.ForeignKey("follow_up.id", ondelete="CASCADE"), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_message_link_follow_up", "message_link", ["follow_up"])
    op.create_index("ix_message_link_member", "message_link", ["member"])
    with op.batch_alter_table("target") as target:
        target.add_column(sa.Column("paused_until", TIMESTAMPTZ()))


def downgrade() -> None:
    with op.batch_alter_table("target") as target:
        target.drop_column("paused_until")
    op.drop_table("message_link")
