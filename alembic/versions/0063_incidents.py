"""Keep incidents: their cases, roles, facts, places, tasks, timeline and review."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

SEVERAL = "'promise', 'reminder', 'mention', 'remedy_request', 'question', 'answered', 'correction'"
AWAKE = (
    "'approval', 'promise', 'reminder', 'mention', 'remedy_request', 'came_back', 'rewrite', 'block_review', "
    "'question', 'answered', 'correction'"
)
NEW = "'incident_task'"
TABLES = ("review", "event", "task", "place", "fact", "member", "case")


def reference(name: str, target: str, ondelete: str, *, nullable: bool = True) -> sa.Column[object]:
    """A column that names a row of another table by its id."""
    return sa.Column(name, UUID(), sa.ForeignKey(f"{target}.id", ondelete=ondelete), nullable=nullable)


def instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, TIMESTAMPTZ(), nullable=nullable)


def part(name: str, *columns: sa.Column[object] | sa.Constraint) -> None:
    """A table of what belongs to an incident."""
    incident = reference("incident", "incident", "CASCADE", nullable=False)
    op.create_table(f"incident_{name}", sa.Column("id", UUID(), primary_key=True), incident, *columns)


def check(column: str, *words: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{word}'" for word in words)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


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


def incident() -> None:
    op.create_table(
        "incident",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("scope", sa.String(48), nullable=False),
        sa.Column("on_hold", sa.Boolean(), nullable=False),
        instant("since", nullable=False),
        instant("noticed_at", nullable=False),
        instant("opened_at", nullable=False),
        instant("closed_at"),
        sa.Column("line_en", sa.Text(), nullable=False),
        sa.Column("line_fr", sa.Text(), nullable=False),
        sa.Column("line_version", sa.Integer(), nullable=False),
        sa.Column("public_en", sa.Text(), nullable=False),
        sa.Column("public_fr", sa.Text(), nullable=False),
        sa.Column("published_version", sa.Integer(), nullable=False),
        instant("published_at"),
        check("state", "open", "closed"),
    )
    op.create_index("ix_incident_state", "incident", ["state", "number"])


def cases_and_members() -> None:
    part(
        "case",
        sa.Column(
            "number", sa.Integer(), sa.ForeignKey("case_file.number", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("linked", sa.Boolean(), nullable=False),
        instant("linked_at", nullable=False),
        instant("released_at"),
        reference("released_by", "member", "SET NULL"),
        sa.UniqueConstraint("incident", "number", name="once_an_incident"),
    )
    op.create_index("ix_incident_case_number", "incident_case", ["number"])
    part(
        "member",
        sa.Column("role", sa.String(16), nullable=False),
        reference("member", "member", "CASCADE", nullable=False),
        sa.UniqueConstraint("incident", "role", name="one_member_each"),
    )
    op.create_index("ix_incident_member_member", "incident_member", ["member"])


def facts_and_places() -> None:
    part(
        "fact",
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        instant("at", nullable=False),
        reference("by", "member", "SET NULL"),
    )
    op.create_index("ix_incident_fact_incident", "incident_fact", ["incident"])
    part(
        "place",
        sa.Column("platform", sa.String(32), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        instant("at", nullable=False),
        sa.UniqueConstraint("incident", "platform", name="once_a_platform"),
    )


def tasks_and_timeline() -> None:
    part(
        "task",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("step", sa.String(24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("target", sa.String(8), nullable=False),
        reference("owner", "member", "SET NULL"),
        instant("due_at"),
        sa.Column("state", sa.String(9), nullable=False),
        instant("settled_at"),
        reference("follow_up", "follow_up", "SET NULL"),
        sa.UniqueConstraint("incident", "position", name="one_task_each"),
        check("state", "open", "done", "not_doing"),
    )
    op.create_index("ix_incident_task_follow_up", "incident_task", ["follow_up"])
    part(
        "event",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        instant("at", nullable=False),
        reference("member", "member", "SET NULL"),
        sa.Column("told", JSONB(), nullable=False),
        sa.Column("pinned", sa.Boolean()),
        sa.UniqueConstraint("incident", "position", name="one_event_each"),
    )
    part(
        "review",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("worked", "failed", "decisions")),
        instant("opened_at", nullable=False),
        instant("changed_at"),
        sa.UniqueConstraint("incident"),
        check("state", "draft", "in_review", "reviewed", "closed"),
    )


def upgrade() -> None:
    incident()
    cases_and_members()
    facts_and_places()
    tasks_and_timeline()
    index(f"{SEVERAL}, {NEW}", f"{AWAKE}, {NEW}")


def downgrade() -> None:
    """A version before this one does not know the kind."""
    for name in TABLES:
        op.drop_table(f"incident_{name}")
    op.drop_table("incident")
    op.execute(f"DELETE FROM dismissal WHERE kind IN ({NEW})")  # noqa: S608 - words of ours
    op.execute(f"DELETE FROM follow_up WHERE kind IN ({NEW})")  # noqa: S608
    index(SEVERAL, AWAKE)
