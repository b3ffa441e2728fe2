"""Find the promises of a stretch of time, and the drafts that wait, without reading every follow-up.

SQLite takes a partial index before others only where a column of it is compared: so the kind is in front.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    promises = sa.text("kind = 'promise'")
    op.create_index(
        "ix_follow_up_promise",
        "follow_up",
        ["kind", "due_at"],
        sqlite_where=promises,
        postgresql_where=promises,
    )
    index_approvals(["kind", "due_at", "case"])


def index_approvals(columns: list[str]) -> None:
    """Approvals and the masthead: the drafts that wait, the soonest due first."""
    op.drop_index("ix_follow_up_approval", "follow_up")
    waiting = sa.text("state = 'due' AND kind = 'approval'")
    op.create_index(
        "ix_follow_up_approval", "follow_up", columns, sqlite_where=waiting, postgresql_where=waiting
    )


def downgrade() -> None:
    index_approvals(["due_at", "case"])
    op.drop_index("ix_follow_up_promise", "follow_up")
