"""Locations and brands of the team, and of cases."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

COLUMN = (
    "ALTER TABLE case_file ADD COLUMN location UUID "
    "CONSTRAINT fk_case_file_location REFERENCES location (id) ON DELETE RESTRICT"
)
"""As one statement: on SQLite a trigger of timelines names this table, which must not go for a moment."""
INDEXES = {
    "ix_case_location_number": "location IS NOT NULL",
    "ix_case_location_number_open": "stage <> 'closed' AND location IS NOT NULL",
}


def upgrade() -> None:
    op.create_table(
        "location",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("key", sa.String(180), nullable=False, unique=True),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("pages", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("retired_at", TIMESTAMPTZ()),
    )
    op.execute(COLUMN)
    for name, where in INDEXES.items():
        part = sa.text(where)
        columns = ["location", "number"]
        op.create_index(name, "case_file", columns, sqlite_where=part, postgresql_where=part)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "case_file")
    op.execute("ALTER TABLE case_file DROP COLUMN location")
    op.drop_table("location")
