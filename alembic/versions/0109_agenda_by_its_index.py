"""The index of what is due holds what the agenda counts by, so that it looks no row up."""

import sqlalchemy as sa
from alembic import op

revision = "0109"
down_revision = "0108"
branch_labels = None
depends_on = None

NAME = "ix_follow_up_due"
DUE = sa.text("state = 'due'")


def upgrade() -> None:
    _made_of("due_at", "id", "paused_at", "kind", "case")


def downgrade() -> None:
    _made_of("due_at", "id")


def _made_of(*columns: str) -> None:
    op.drop_index(NAME, "follow_up")
    op.create_index(NAME, "follow_up", list(columns), sqlite_where=DUE, postgresql_where=DUE)
