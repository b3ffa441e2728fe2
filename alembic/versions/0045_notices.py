"""Keep what members are to be told of because somebody else gave it to them: duties, turns, standing in."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

PENDING = sa.text("nudge IS NULL")


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("about", UUID(), nullable=False),
        sa.Column("nudge", UUID(), sa.ForeignKey("nudge.id", ondelete="CASCADE")),
        sa.Column("given_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_notice_member", "notice", ["member"])
    op.create_index("ix_notice_nudge", "notice", ["nudge"])
    op.create_index(
        "ix_notice_pending", "notice", ["given_at"], sqlite_where=PENDING, postgresql_where=PENDING
    )


def downgrade() -> None:
    op.drop_table("notice")
