"""Keep problems and what several people wrote about; index the follow-up of a problem."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None

SEVERAL = "'promise', 'reminder', 'mention', 'remedy_request', 'question', 'answered'"
AWAKE = (
    "'approval', 'promise', 'reminder', 'mention', 'remedy_request', 'came_back', 'rewrite', 'block_review', "
    "'question', 'answered'"
)
NEW = "'correction'"


def reference(name: str, target: str, ondelete: str, *, nullable: bool = True) -> sa.Column[object]:
    """A column that names a row of another table by its id."""
    return sa.Column(name, UUID(), sa.ForeignKey(f"{target}.id", ondelete=ondelete), nullable=nullable)


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


def problems() -> None:
    """Concerns, problems, their cases and history."""
    op.create_table(
        "concern",
        sa.Column("scope", sa.String(42), primary_key=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("counted_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("dismissed_at", TIMESTAMPTZ()),
        sa.Column("dismissed_people", sa.Integer(), nullable=False),
    )
    states = sa.CheckConstraint("state IN ('open', 'fixed', 'dropped')", name="state")
    texts = ("cause", "action", "line_en", "line_fr", "change_en", "change_fr")
    op.create_table(
        "problem",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("scope", sa.String(42), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        reference("owner", "member", "SET NULL"),
        sa.Column("due_at", TIMESTAMPTZ()),
        reference("follow_up", "follow_up", "SET NULL"),
        sa.Column("cost", sa.Integer()),
        sa.Column("currency", sa.String(3), nullable=False),
        reference("approved_by", "member", "SET NULL"),
        sa.Column("approved_at", TIMESTAMPTZ()),
        sa.Column("opened_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("fixed_at", TIMESTAMPTZ()),
        states,
    )
    op.create_index("ix_problem_scope", "problem", ["scope"])
    op.create_table(
        "problem_case",
        sa.Column("id", UUID(), primary_key=True),
        reference("problem", "problem", "CASCADE", nullable=False),
        reference("case", "case_file", "CASCADE", nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        reference("linked_by", "member", "SET NULL"),
        sa.Column("linked_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("told_at", TIMESTAMPTZ()),
        reference("told_by", "member", "SET NULL"),
        sa.UniqueConstraint("problem", "case", name="once_a_problem"),
    )
    op.create_index("ix_problem_case_case", "problem_case", ["case"])
    op.create_table(
        "problem_event",
        sa.Column("id", UUID(), primary_key=True),
        reference("problem", "problem", "CASCADE", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        reference("member", "member", "SET NULL"),
        sa.Column("told", JSONB(), nullable=False),
        sa.UniqueConstraint("problem", "position", name="one_line_each"),
    )


def upgrade() -> None:
    problems()
    index(f"{SEVERAL}, {NEW}", f"{AWAKE}, {NEW}")


def downgrade() -> None:
    """A version before this one does not know the kind."""
    for table in ("problem_event", "problem_case", "problem", "concern"):
        op.drop_table(table)
    op.execute(f"DELETE FROM dismissal WHERE kind IN ({NEW})")  # noqa: S608 - words of ours
    op.execute(f"DELETE FROM follow_up WHERE kind IN ({NEW})")  # noqa: S608
    index(SEVERAL, AWAKE)
