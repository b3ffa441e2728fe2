"""Index the open cases of one owner, newest first."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OPEN = sa.text("stage <> 'closed'")


def upgrade() -> None:
    op.create_index(
        "ix_case_owner_number_open",
        "case_file",
        ["owner", "number"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    op.drop_index("ix_case_owner_number_open", "case_file")
