"""Index the open cases that are dangerous to leave alone: Today shows them first."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

DANGER = sa.text(
    "stage <> 'closed' AND "
    "(stage = 'escalated' OR severity = 's1' OR check_in_answer = 'badly' OR came_back_at IS NOT NULL)"
)


def upgrade() -> None:
    op.create_index(
        "ix_case_danger", "case_file", ["due_at", "id"], sqlite_where=DANGER, postgresql_where=DANGER
    )


def downgrade() -> None:
    op.drop_index("ix_case_danger", "case_file")
