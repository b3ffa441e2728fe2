"""Remember which forms were sent, so that a form that is sent again is answered as the first time."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "used_form",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE")),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_used_form_member", "used_form", ["member"])
    op.create_index("ix_used_form_used_at", "used_form", ["used_at"])


def downgrade() -> None:
    op.drop_table("used_form")
