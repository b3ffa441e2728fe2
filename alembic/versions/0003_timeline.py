"""Build the timeline of a case, and what each entry tells."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CHANNELS = "public_reply direct_message email phone in_person"
ENTRY_KINDS = (
    "captured seen_again evidence_kept moved undone reopened assigned severity_set noted touchpoint "
    "snoozed woken promised promise_settled follow_up_completed follow_up_rescheduled nudged"
)


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("channel", sa.String(16)),
        sa.Column("commitment", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.UniqueConstraint("case", "position", name="one_place_each"),
        sa.CheckConstraint(one_of("channel", CHANNELS), name="channel"),
        sa.CheckConstraint(one_of("kind", ENTRY_KINDS), name="kind"),
    )
    op.create_table(
        "particulars",
        sa.Column("entry", UUID(), sa.ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("salt", sa.String(64)),
        sa.Column("body", sa.Text()),
        sa.Column("erased_at", TIMESTAMPTZ()),
    )


def downgrade() -> None:
    op.drop_table("particulars")
    op.drop_table("entry")
