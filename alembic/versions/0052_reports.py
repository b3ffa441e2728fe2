"""Keep what each case contributes to reports, and the figures of each day."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, UUID

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

UNCOUNTED = sa.text("(counted_version IS NULL OR counted_version <> version)")


def upgrade() -> None:
    op.add_column("case_file", sa.Column("counted_version", sa.Integer()))
    op.create_index(
        "ix_case_uncounted", "case_file", ["number"], sqlite_where=UNCOUNTED, postgresql_where=UNCOUNTED
    )
    op.create_table(
        "case_fact",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("severity", sa.String(2), nullable=False),
        sa.Column("lang", sa.String(35), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("times", JSONB(), nullable=False),
    )
    op.create_index("ix_case_fact_day", "case_fact", ["day", "number"])
    op.create_table(
        "case_event",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, index=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("event", sa.String(24), nullable=False),
    )
    op.create_index("ix_case_event_day", "case_event", ["day", "number"])
    op.create_index("ix_case_event_event", "case_event", ["event", "day", "number"])
    op.create_table("stale_day", sa.Column("day", sa.Date(), primary_key=True))
    op.create_table(
        "day_figure",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("dimension", sa.String(10), nullable=False),
        sa.Column("value", sa.String(36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, index=True),
        sa.Column("flags", JSONB(), nullable=False),
        sa.Column("events", JSONB(), nullable=False),
        sa.Column("times", JSONB(), nullable=False),
        sa.UniqueConstraint("dimension", "value", "day", name="once_a_day"),
    )


def downgrade() -> None:
    for table in ("day_figure", "stale_day", "case_event", "case_fact"):
        op.drop_table(table)
    op.drop_index("ix_case_uncounted", "case_file")
    op.drop_column("case_file", "counted_version")
