"""How far the search for what names a person has come."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0113"
down_revision = "0112"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mention_search",
        sa.Column("author", UUID(), sa.ForeignKey("author.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("words", sa.String(64), nullable=False),
        sa.Column("asked_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("begun_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("finished_at", TIMESTAMPTZ()),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("after", sa.String(36), nullable=False),
        sa.Column("rows", sa.BigInteger(), nullable=False),
        sa.Column("of_rows", sa.BigInteger(), nullable=False),
        sa.Column("found", JSONB(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("mention_search")
