"""Links by which customers write without an account, and what came of asking how to reach them."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

ENTRY_KINDS_BEFORE = (
    "captured seen_again look_asked looked_again evidence_kept moved undone reopened assigned severity_set "
    "noted touchpoint snoozed woken promised promise_settled follow_up_completed follow_up_rescheduled nudged"
)
ENTRY_KINDS = ENTRY_KINDS_BEFORE.replace("touchpoint", "touchpoint contact_asked")


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
        "customer_link",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("code", sa.String(8), nullable=False, unique=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("answered_at", TIMESTAMPTZ()),
        sa.CheckConstraint(one_of("purpose", "hand_off check_in"), name="purpose"),
        sa.CheckConstraint(one_of("language", "en fr"), name="language"),
    )
    op.create_index("ix_customer_link_case", "customer_link", ["case"])
    op.add_column("case_file", sa.Column("contact_request", sa.String(8)))
    allow(ENTRY_KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM entry WHERE kind = 'contact_asked'")
    allow(ENTRY_KINDS_BEFORE)
    op.drop_column("case_file", "contact_request")
    op.drop_table("customer_link")
