"""Keep drills: a practised storm, with its invented posts and what happened in it."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drill",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("posts", JSONB(), nullable=False),
        sa.Column("runs", sa.Boolean()),
        sa.Column("started_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("started_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("ends_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("ended_at", TIMESTAMPTZ()),
        sa.UniqueConstraint("runs", name="one_runs"),
    )
    op.create_table(
        "drill_event",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("drill", UUID(), sa.ForeignKey("drill.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.Column("what", sa.String(60), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.UniqueConstraint("drill", "position", name="one_deed_each"),
    )


def downgrade() -> None:
    op.drop_table("drill_event")
    op.drop_table("drill")
