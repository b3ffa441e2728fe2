"""Feeds and the items that they propose."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0067"
down_revision = "0066"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("etag", sa.String(500), nullable=False),
        sa.Column("modified", sa.String(100), nullable=False),
        sa.Column("next_at", TIMESTAMPTZ(), nullable=False, index=True),
        sa.Column("fetched_at", TIMESTAMPTZ()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(16), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "feed_item",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("feed", UUID(), sa.ForeignKey("feed.id", ondelete="CASCADE"), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("page", sa.String(64), nullable=False, index=True),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("posted_at", TIMESTAMPTZ()),
        sa.Column("found_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("settled_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.UniqueConstraint("feed", "key", name="once_a_feed"),
    )
    waiting, settled = sa.text("state = 'waiting'"), sa.text("settled_at IS NOT NULL")
    op.create_index(
        "ix_feed_item_waiting", "feed_item", ["found_at"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index(
        "ix_feed_item_settled", "feed_item", ["settled_at"], sqlite_where=settled, postgresql_where=settled
    )


def downgrade() -> None:
    op.drop_table("feed_item")
    op.drop_table("feed")
