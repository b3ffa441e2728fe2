"""Locations and brands of the team, and of cases."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0096"
down_revision = "0095"
branch_labels = None
depends_on = None

OF_CASES = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%case_file%'"
"""Triggers of SQLite that name the table of cases, which is away for a moment while it is rebuilt."""
INDEXES = {
    "ix_case_location_number": "location IS NOT NULL",
    "ix_case_location_number_open": "stage <> 'closed' AND location IS NOT NULL",
}


@contextmanager
def cases_rebuilt() -> Iterator[BatchOperations]:
    """The table of cases, to be changed."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    triggers = op.get_bind().execute(sa.text(OF_CASES)).all() if on_sqlite else []
    for name, _text in triggers:
        op.execute(f"DROP TRIGGER {name}")
    with op.batch_alter_table("case_file") as table:
        yield table
    for _name, text in triggers:
        op.execute(text)


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
    with cases_rebuilt() as table:
        table.add_column(sa.Column("location", UUID()))
        table.create_foreign_key(
            "fk_case_file_location", "location", ["location"], ["id"], ondelete="RESTRICT"
        )
    for name, where in INDEXES.items():
        part = sa.text(where)
        columns = ["location", "number"]
        op.create_index(name, "case_file", columns, sqlite_where=part, postgresql_where=part)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "case_file")
    with cases_rebuilt() as table:
        table.drop_constraint("fk_case_file_location", type_="foreignkey")
        table.drop_column("location")
    op.drop_table("location")
