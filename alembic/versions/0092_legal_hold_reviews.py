"""Reviews of legal holds as follow-ups."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import UUID

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None

NEW = "'legal_hold_review'"
SEVERAL_NOW = (
    "'promise', 'reminder', 'mention', 'remedy_request', 'measure_review', "
    "'legal_hold_review', 'question', 'answered', 'correction', 'incident_task'"
)
AWAKE_NOW = (
    "'approval', 'promise', 'reminder', 'mention', 'remedy_request', 'came_back', 'rewrite', "
    "'block_review', 'measure_review', 'legal_hold_review', 'question', "
    "'answered', 'correction', 'incident_task', 'public_ending'"
)
SEVERAL, AWAKE = (words.replace(f"{NEW}, ", "") for words in (SEVERAL_NOW, AWAKE_NOW))


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
    """Holds that stand already go on being told on Today."""
    with op.batch_alter_table("legal_hold") as table:
        table.add_column(sa.Column("follow_up", UUID(), nullable=True))
        table.create_foreign_key(
            "fk_legal_hold_follow_up", "follow_up", ["follow_up"], ["id"], ondelete="SET NULL"
        )
    op.create_index("ix_legal_hold_follow_up", "legal_hold", ["follow_up"])
    index(SEVERAL_NOW, AWAKE_NOW)


def downgrade() -> None:
    op.drop_index("ix_legal_hold_follow_up", "legal_hold")
    with op.batch_alter_table("legal_hold") as table:
        table.drop_constraint("fk_legal_hold_follow_up", type_="foreignkey")
        table.drop_column("follow_up")
    op.execute(f"DELETE FROM dismissal WHERE kind = {NEW}")  # noqa: S608 - a word of ours
    op.execute(f"DELETE FROM follow_up WHERE kind = {NEW}")  # noqa: S608
    index(SEVERAL, AWAKE)
