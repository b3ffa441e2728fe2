"""Keep playbooks with their steps, department contacts, and the checklists of cases."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def reference(name: str, target: str, ondelete: str, *, nullable: bool = True) -> sa.Column[object]:
    """A column that names a row of another table by its id."""
    return sa.Column(name, UUID(), sa.ForeignKey(f"{target}.id", ondelete=ondelete), nullable=nullable)


def step() -> tuple[sa.Column[object], ...]:
    """What a step of a playbook and a step of a checklist have in common."""
    return (
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(4), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("variable", sa.String(30), nullable=False),
        reference("department", "department", "SET NULL"),
    )


def upgrade() -> None:
    op.create_table(
        "department",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("key", sa.String(240), nullable=False, unique=True),
        sa.Column("reach", sa.String(300), nullable=False),
        sa.Column("hours", sa.String(120), nullable=False),
    )
    op.create_table(
        "playbook",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("subject", sa.String(10), nullable=False),
        sa.Column("about", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        reference("changed_by", "member", "SET NULL"),
        sa.Column("changed_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("retired_at", TIMESTAMPTZ()),
    )
    op.create_table(
        "playbook_step",
        sa.Column("id", UUID(), primary_key=True),
        reference("playbook", "playbook", "CASCADE", nullable=False),
        *step(),
        sa.Column("within_hours", sa.Integer()),
        sa.UniqueConstraint("playbook", "position", name="one_place_in_playbook"),
    )
    op.create_table(
        "checklist",
        sa.Column("id", UUID(), primary_key=True),
        reference("case", "case_file", "CASCADE", nullable=False),
        reference("playbook", "playbook", "SET NULL"),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        reference("started_by", "member", "SET NULL"),
        sa.Column("started_at", TIMESTAMPTZ(), nullable=False),
        sa.UniqueConstraint("case", "playbook", name="one_start_a_case"),
    )
    checklist_steps()


def checklist_steps() -> None:
    """The steps that were copied, and the index that finds one by its reminder."""
    op.create_table(
        "checklist_step",
        sa.Column("id", UUID(), primary_key=True),
        reference("checklist", "checklist", "CASCADE", nullable=False),
        *step(),
        reference("follow_up", "follow_up", "SET NULL"),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        reference("settled_by", "member", "SET NULL"),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.CheckConstraint("state IN ('open', 'done', 'skipped')", name="state"),
        sa.UniqueConstraint("checklist", "position", name="one_place_in_checklist"),
    )
    dated = sa.text("follow_up IS NOT NULL")
    op.create_index(
        "ix_checklist_step_follow_up",
        "checklist_step",
        ["follow_up"],
        sqlite_where=dated,
        postgresql_where=dated,
    )


def downgrade() -> None:
    for table in ("checklist_step", "checklist", "playbook_step", "playbook", "department"):
        op.drop_table(table)
