"""Case stories: before and after of a resolved case, anonymous unless the person agreed."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "case_story",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column(
            "case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False, unique=True
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("ended", sa.Text(), nullable=False),
        sa.Column("rating_before", sa.REAL()),
        sa.Column("rating_after", sa.REAL()),
        sa.Column("rating_max", sa.REAL()),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("named", JSONB()),
        sa.Column("agreed_on", sa.Date()),
        sa.Column("agreed_how", sa.String(300), nullable=False),
        sa.Column("kept_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("kept_at", TIMESTAMPTZ(), nullable=False, index=True),
    )


def downgrade() -> None:
    op.drop_table("case_story")
