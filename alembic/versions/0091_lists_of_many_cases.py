"""Indexes of lists and figures that grew with the number of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_case_outcome_closed", ["outcome", "closed_at"], "stage = 'closed'"),
    ("ix_case_author_number", ["author", "number"], None),
    ("ix_case_author_open", ["author", "number"], "stage <> 'closed'"),
)
OWNERS, SHORT = "ix_case_owner_stage_due", ["owner", "stage", "due_at"]
OF_AUTHOR = "ix_case_file_author"
QUESTION = "ix_follow_up_question"


def upgrade() -> None:
    """Each holds a part of the cases, or their order."""
    op.drop_index(OWNERS, "case_file")
    op.drop_index(OF_AUTHOR, "case_file")
    op.create_index(OWNERS, "case_file", [*SHORT, "number", "id", "snoozed_until"])
    waits = sa.text("state = 'due' AND kind = 'question'")
    columns = ["owner", "starts_at"]
    op.create_index(QUESTION, "follow_up", columns, sqlite_where=waits, postgresql_where=waits)
    for name, columns, where in INDEXES:
        part = sa.text(where) if where else None
        op.create_index(name, "case_file", columns, sqlite_where=part, postgresql_where=part)


def downgrade() -> None:
    """Takes them away."""
    for name, _columns, _where in reversed(INDEXES):
        op.drop_index(name, "case_file")
    op.drop_index(QUESTION, "follow_up")
    op.drop_index(OWNERS, "case_file")
    op.create_index(OWNERS, "case_file", SHORT)
    op.create_index(OF_AUTHOR, "case_file", ["author"])
