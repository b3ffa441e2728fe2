"""Index the follow-ups that have come to the end of their ladder: Today counts those that nobody heard of."""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

ENDED = sa.text("state = 'due' AND rung >= 4")


def upgrade() -> None:
    op.create_index(
        "ix_follow_up_ended", "follow_up", ["rung", "case"], sqlite_where=ENDED, postgresql_where=ENDED
    )


def downgrade() -> None:
    op.drop_index("ix_follow_up_ended", "follow_up")
