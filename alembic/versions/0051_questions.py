"""Index questions to a colleague and what became of them among what no snooze silences."""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None

SEVERAL = "'promise', 'reminder', 'mention', 'remedy_request'"
AWAKE = (
    "'approval', 'promise', 'reminder', 'mention', 'remedy_request', 'came_back', 'rewrite', 'block_review'"
)
NEW = "'question', 'answered'"


def index(several: str, awake: str) -> None:
    """The indexes of what a case may have several of, and of what no snooze silences."""
    once = sa.text(f"state = 'due' AND kind NOT IN ({several})")
    op.drop_index("uq_follow_up_live", "follow_up")
    op.create_index(
        "uq_follow_up_live",
        "follow_up",
        ["case", "kind"],
        unique=True,
        sqlite_where=once,
        postgresql_where=once,
    )
    due = sa.text(f"state = 'due' AND kind IN ({awake})")
    op.drop_index("ix_follow_up_awake", "follow_up")
    op.create_index(
        "ix_follow_up_awake",
        "follow_up",
        ["kind", "due_at", "case"],
        sqlite_where=due,
        postgresql_where=due,
    )


def upgrade() -> None:
    index(f"{SEVERAL}, {NEW}", f"{AWAKE}, {NEW}")


def downgrade() -> None:
    """A version before this one does not know the kinds."""
    op.execute(f"DELETE FROM dismissal WHERE kind IN ({NEW})")  # noqa: S608 - words of ours
    op.execute(f"DELETE FROM follow_up WHERE kind IN ({NEW})")  # noqa: S608
    index(SEVERAL, AWAKE)
