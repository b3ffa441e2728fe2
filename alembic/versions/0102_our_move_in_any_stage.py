"""The index of what is our move in a stage that waits for the customer."""

import sqlalchemy as sa
from alembic import op

revision = "0102"
down_revision = "0101"
branch_labels = None
depends_on = None

COLUMNS = ["due_at", "number", "id", "snoozed_until", "owner"]


def upgrade() -> None:
    where = sa.text("due_kind IN ('promise', 'public_ending')")
    op.create_index("ix_case_ours_anyway", "case_file", COLUMNS, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_case_ours_anyway", "case_file")
