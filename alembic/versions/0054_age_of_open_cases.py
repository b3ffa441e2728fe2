"""Index open cases by the day on which they were opened, to count them by age."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

OPEN = sa.text("stage <> 'closed'")


def upgrade() -> None:
    op.create_index(
        "ix_case_opened_open", "case_file", ["opened_at"], sqlite_where=OPEN, postgresql_where=OPEN
    )


def downgrade() -> None:
    op.drop_index("ix_case_opened_open", "case_file")
