"""Keep of a capture which of its fields were too long, and the whole id of a post."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

TITLES_CUT = "UPDATE capture SET shortened = {} WHERE length(title) = 200"
"""A title was kept as far as its first 200 characters."""


def resize(table: str, size: int, before: int, *, nullable: bool) -> None:
    """Gives the column of ids that size; SQLite builds the table anew for it."""
    with op.batch_alter_table(table) as changed:
        changed.alter_column(
            "external_id", type_=sa.String(size), existing_type=sa.String(before), existing_nullable=nullable
        )


def upgrade() -> None:
    op.add_column("capture", sa.Column("shortened", JSONB()))
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(TITLES_CUT.format("'[\"title\"]'" if on_sqlite else "CAST('[\"title\"]' AS jsonb)"))
    resize("capture", 4_100, 200, nullable=False)
    resize("post", 4_100, 200, nullable=True)


def downgrade() -> None:
    for table, nullable in (("post", True), ("capture", False)):
        op.execute(f"UPDATE {table} SET external_id = substr(external_id, 1, 200)")  # noqa: S608
        resize(table, 200, 4_100, nullable=nullable)
    op.drop_column("capture", "shortened")
