"""Keep the text of each case, and which of them read alike."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import UUID

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "near_text",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("digest", sa.String(32), nullable=False, unique=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("text_group", UUID(), nullable=False),
    )
    op.create_index("ix_near_text_text_group", "near_text", ["text_group"])
    op.create_table(
        "near_band",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("text", UUID(), sa.ForeignKey("near_text.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_near_band_text", "near_band", ["text"])
    op.create_index("ix_near_band_hash", "near_band", ["hash", "text"])
    op.create_table(
        "case_text",
        sa.Column(
            "number", sa.Integer(), sa.ForeignKey("case_file.number", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("text", UUID(), sa.ForeignKey("near_text.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_case_text_text", "case_text", ["text"])


def downgrade() -> None:
    for table in ("case_text", "near_band", "near_text"):
        op.drop_table(table)
