"""Keep when more people than usual write about one thing, and how members judged it."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

CURRENT = sa.text("ended_at IS NULL")
NUMBERS = ("hours", "people", "usual", "line", "weeks", "told_people", "doublings")


def upgrade() -> None:
    op.create_table(
        "wave",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("scope", sa.String(48), nullable=False),
        sa.Column("began_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("seen_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("ended_at", TIMESTAMPTZ()),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in NUMBERS),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("facts", JSONB(), nullable=False),
        sa.Column("judged", sa.String(12), nullable=False),
        sa.Column("judged_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("judged_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_wave_scope", "wave", ["scope"])
    op.create_index("ix_wave_current", "wave", ["people"], sqlite_where=CURRENT, postgresql_where=CURRENT)


def downgrade() -> None:
    op.drop_table("wave")
