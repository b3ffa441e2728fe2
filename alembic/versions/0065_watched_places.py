"""Places to watch and the visits to them."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watched_place",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("members", JSONB(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False, index=True),
        sa.Column("reminded_on", sa.Date()),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "place_visit",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("place", UUID(), sa.ForeignKey("watched_place.id", ondelete="CASCADE"), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.Column("found", sa.Integer()),
        sa.Column("by_browser", sa.Boolean(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=False),
        sa.Column("turn_before", sa.Integer(), nullable=False),
    )
    op.create_index("ix_place_visit_place", "place_visit", ["place", "at"])


def downgrade() -> None:
    op.drop_table("place_visit")
    op.drop_table("watched_place")
