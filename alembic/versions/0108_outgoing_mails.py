"""Private messages on their way by mail."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0108"
down_revision = "0107"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outgoing_mail",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(250), nullable=False, unique=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("run_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(16), nullable=False),
        sa.Column("undo", UUID()),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.Column("noted_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_outgoing_mail_case", "outgoing_mail", ["case"])
    op.create_index("ix_outgoing_mail_undo", "outgoing_mail", ["undo"])
    op.create_index(
        "ix_outgoing_mail_open",
        "outgoing_mail",
        ["run_at"],
        postgresql_where=sa.text("state IN ('ready', 'sending')"),
        sqlite_where=sa.text("state IN ('ready', 'sending')"),
    )
    op.create_index(
        "ix_outgoing_mail_failed",
        "outgoing_mail",
        ["settled_at"],
        postgresql_where=sa.text("state IN ('failed', 'returned') AND noted_at IS NULL"),
        sqlite_where=sa.text("state IN ('failed', 'returned') AND noted_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("outgoing_mail")
