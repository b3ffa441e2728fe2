"""Keep campaigns: what is checked before one, decisions, prepared replies and cases."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def reference(name: str, target: str, ondelete: str, *, nullable: bool = True) -> sa.Column[object]:
    """A column that names a row of another table by its id."""
    return sa.Column(name, UUID(), sa.ForeignKey(f"{target}.id", ondelete=ondelete), nullable=nullable)


def of_campaign() -> tuple[sa.Column[object], sa.Column[object]]:
    """The id of a row, and the campaign that it belongs to."""
    return sa.Column("id", UUID(), primary_key=True), reference(
        "campaign", "campaign", "CASCADE", nullable=False
    )


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("places", "url", "kept")),
        reference("opened_by", "member", "SET NULL"),
        sa.Column("opened_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "campaign_check",
        *of_campaign(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(300), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        reference("settled_by", "member", "SET NULL"),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.UniqueConstraint("campaign", "position", name="one_check_each"),
    )
    decisions_and_cases()


def decisions_and_cases() -> None:
    """What was decided, what is prepared, what came of it."""
    op.create_table(
        "campaign_decision",
        *of_campaign(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(5), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        reference("member", "member", "SET NULL"),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint("verdict IN ('go', 'no_go')", name="verdict"),
        sa.UniqueConstraint("campaign", "position", name="one_decision_each"),
    )
    op.create_table(
        "campaign_reply",
        *of_campaign(),
        reference("template", "reply_template", "CASCADE", nullable=False),
        sa.UniqueConstraint("campaign", "template", name="one_line_a_reply"),
    )
    op.create_index("ix_campaign_reply_template", "campaign_reply", ["template"])
    op.create_table(
        "campaign_case",
        *of_campaign(),
        reference("case", "case_file", "CASCADE", nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        reference("linked_by", "member", "SET NULL"),
        sa.Column("linked_at", TIMESTAMPTZ(), nullable=False),
        sa.UniqueConstraint("campaign", "case", name="once_a_campaign"),
    )
    op.create_index("ix_campaign_case_case", "campaign_case", ["case"])


def downgrade() -> None:
    for table in ("case", "reply", "decision", "check"):
        op.drop_table(f"campaign_{table}")
    op.drop_table("campaign")
