"""What cases are about: the team's list, and the themes of each case."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ENTRY_KINDS_BEFORE = (
    "captured seen_again look_asked looked_again evidence_kept moved undone reopened assigned severity_set "
    "linked noted touchpoint contact_asked snoozed woken remedy promised promise_settled follow_up_completed "
    "follow_up_rescheduled nudged"
)
ENTRY_KINDS = ENTRY_KINDS_BEFORE.replace("noted", "themed noted")
DEEDS_BEFORE = "assign severity snooze not_ours let_go"
DEEDS = DEEDS_BEFORE.replace("snooze", "theme snooze")


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def allow(table: str, column: str, words: str) -> None:
    """What a column of words may hold from now on."""
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(op.f(f"ck_{table}_{column}"), type_="check")
        changed.create_check_constraint(column, one_of(column, words))


def upgrade() -> None:
    op.create_table(
        "theme",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("key", sa.String(180), nullable=False, unique=True),
        sa.Column("parent", UUID(), sa.ForeignKey("theme.id", ondelete="RESTRICT")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("retired_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_theme_parent", "theme", ["parent"])
    op.create_table(
        "case_theme",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column(
            "number", sa.Integer(), sa.ForeignKey("case_file.number", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("theme", UUID(), sa.ForeignKey("theme.id", ondelete="RESTRICT"), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("number", "theme", name="once_a_theme"),
    )
    op.create_index("ix_case_theme_theme", "case_theme", ["theme", "number"])
    allow("entry", "kind", ENTRY_KINDS)
    allow("batch", "deed", DEEDS)


def downgrade() -> None:
    op.execute("DELETE FROM entry WHERE kind = 'themed'")
    op.execute("DELETE FROM batch WHERE deed = 'theme'")
    allow("batch", "deed", DEEDS_BEFORE)
    allow("entry", "kind", ENTRY_KINDS_BEFORE)
    op.drop_table("case_theme")
    op.drop_table("theme")
