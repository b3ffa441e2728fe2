"""The public ending of a case is due though its case is snoozed."""

import sqlalchemy as sa
from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

AWAKE = (
    "'approval', 'promise', 'reminder', 'mention', 'remedy_request', 'came_back', 'rewrite', 'block_review', "
    "'question', 'answered', 'correction', 'incident_task'"
)
NEW = "'public_ending'"


def index(awake: str) -> None:
    """The index of what no snooze silences."""
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
    index(f"{AWAKE}, {NEW}")


def downgrade() -> None:
    op.execute(f"DELETE FROM follow_up WHERE kind = {NEW}")  # noqa: S608 - a word of ours
    index(AWAKE)
