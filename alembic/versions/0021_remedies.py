"""What was offered to put things right."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ENTRY_KINDS_BEFORE = (
    "captured seen_again look_asked looked_again evidence_kept moved undone reopened assigned severity_set "
    "noted touchpoint contact_asked snoozed woken promised promise_settled follow_up_completed "
    "follow_up_rescheduled nudged"
)
ENTRY_KINDS = ENTRY_KINDS_BEFORE.replace("woken", "woken remedy")


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def allow(kinds: str) -> None:
    """What entries may tell."""
    with op.batch_alter_table("entry") as entry:
        entry.drop_constraint(op.f("ck_entry_kind"), type_="check")
        entry.create_check_constraint("kind", one_of("kind", kinds))


def upgrade() -> None:
    op.create_table(
        "remedy",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("cost", sa.Integer()),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("offered_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("offered_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("decided_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.CheckConstraint(one_of("kind", "refund replacement repair voucher apology other"), name="kind"),
        sa.CheckConstraint(
            one_of("state", "asked refused offered accepted declined delivered"), name="state"
        ),
    )
    op.create_index("ix_remedy_case", "remedy", ["case"])
    asked = sa.text("state = 'asked'")
    op.create_index("ix_remedy_asked", "remedy", ["offered_at"], sqlite_where=asked, postgresql_where=asked)
    allow(ENTRY_KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM entry WHERE kind = 'remedy'")
    allow(ENTRY_KINDS_BEFORE)
    op.drop_table("remedy")
