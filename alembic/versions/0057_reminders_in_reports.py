"""Count every case again: reminders and the hours of late answers are in the reports now."""

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None

COUNT_AGAIN = "UPDATE case_file SET counted_version = NULL WHERE counted_version IS NOT NULL"


def upgrade() -> None:
    """The worker does it, in parts; meanwhile reports say what they said before."""
    op.execute(COUNT_AGAIN)


def downgrade() -> None:
    """Kept facts name what a version before this one does not know: they are counted again."""
    for table in ("day_figure", "stale_day", "case_event", "case_fact"):
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - our own tables
    op.execute(COUNT_AGAIN)
