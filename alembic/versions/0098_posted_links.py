"""Private links: when a public reply first had one. A public ending that is owed dates its case."""

# ruff: noqa: S608  (the statements are ours alone)

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ

revision = "0098"
down_revision = "0097"
branch_labels = None
depends_on = None

OWED = """
SELECT f.{column} FROM follow_up AS f WHERE f."case" = case_file.id AND f.kind = 'public_ending'
AND f.state = 'due' AND f.paused_at IS NULL AND (case_file.due_at IS NULL OR f.due_at < case_file.due_at)
"""
NEXT = """
SELECT f.{column} FROM follow_up AS f WHERE f."case" = case_file.id AND f.state = 'due'
AND f.paused_at IS NULL AND f.kind IN (
    'triage', 'acknowledge', 'approval', 'contact', 'next_step', 'resolve_by', 'promise', 'wait_ping',
    'wait_close', 'confirm_fix', 'second_chance', 'check_in_answer', 'escalation_review', 'watch_review',
    'watch_close')
ORDER BY f.due_at LIMIT 1
"""


def upgrade() -> None:
    op.add_column("customer_link", sa.Column("posted_at", TIMESTAMPTZ(), nullable=True))
    op.execute(
        f"UPDATE case_file SET (due_at, due_kind) = ({OWED.format(column='due_at, f.kind')}) "
        f"WHERE EXISTS ({OWED.format(column='id')})"
    )


def downgrade() -> None:
    op.drop_column("customer_link", "posted_at")
    op.execute(
        f"UPDATE case_file SET (due_at, due_kind) = ({NEXT.format(column='due_at, f.kind')}) "
        "WHERE due_kind = 'public_ending'"
    )
