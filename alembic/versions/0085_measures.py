"""Blocks and reports of accounts, and the review of each."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

SEVERAL = (
    "'promise', 'reminder', 'mention', 'remedy_request', 'question', 'answered', 'correction', "
    "'incident_task'"
)
NEW = "'measure_review'"
SEVERAL_NOW = (
    "'promise', 'reminder', 'mention', 'remedy_request', 'measure_review', 'question', 'answered', "
    "'correction', 'incident_task'"
)
AWAKE = (
    "'approval', 'promise', 'reminder', 'mention', 'remedy_request', 'came_back', 'rewrite', 'block_review', "
    "'question', 'answered', 'correction', 'incident_task', 'public_ending'"
)
AWAKE_NOW = AWAKE.replace("'block_review'", "'block_review', 'measure_review'")


def reference(
    name: str, target: str, ondelete: str, *, index: bool = False, nullable: bool = True
) -> sa.Column:
    """A column that names a row of another table by its id."""
    key = sa.ForeignKey(f"{target}.id", ondelete=ondelete)
    return sa.Column(name, UUID(), key, nullable=nullable, index=index)


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
    texts = ("proof_url", "no_copy", "words", "result_words")
    op.create_table(
        "measure",
        sa.Column("id", UUID(), primary_key=True),
        reference("case", "case_file", "CASCADE", index=True, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("reference", sa.String(120), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        reference("made_by", "member", "SET NULL"),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        reference("follow_up", "follow_up", "SET NULL", index=True),
        sa.Column("result", sa.String(10)),
        reference("result_by", "member", "SET NULL"),
        sa.Column("result_at", TIMESTAMPTZ()),
    )
    op.create_table(
        "measure_account",
        sa.Column("id", UUID(), primary_key=True),
        reference("measure", "measure", "CASCADE", nullable=False),
        reference("author", "author", "CASCADE", index=True, nullable=False),
        sa.UniqueConstraint("measure", "author", name="once_a_measure"),
    )
    index(SEVERAL_NOW, AWAKE_NOW)


def downgrade() -> None:
    op.drop_table("measure_account")
    op.drop_table("measure")
    op.execute(f"DELETE FROM dismissal WHERE kind = {NEW}")  # noqa: S608 - a word of ours
    op.execute(f"DELETE FROM follow_up WHERE kind = {NEW}")  # noqa: S608
    index(SEVERAL, AWAKE)
