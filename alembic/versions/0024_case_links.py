"""Cases that belong together without being one."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ENTRY_KINDS_BEFORE = (
    "captured seen_again look_asked looked_again evidence_kept moved undone reopened assigned severity_set "
    "noted touchpoint contact_asked snoozed woken remedy promised promise_settled follow_up_completed "
    "follow_up_rescheduled nudged"
)
ENTRY_KINDS = ENTRY_KINDS_BEFORE.replace("noted", "linked noted")


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def allow(kinds: str) -> None:
    """What entries may tell."""
    with op.batch_alter_table("entry") as entry:
        entry.drop_constraint(op.f("ck_entry_kind"), type_="check")
        entry.create_check_constraint("kind", one_of("kind", kinds))


def of_a_case(name: str) -> sa.Column[object]:
    return sa.Column(name, UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "case_link",
        sa.Column("id", UUID(), primary_key=True),
        of_a_case("one"),
        of_a_case("other"),
        sa.Column("relation", sa.String(16), nullable=False),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(one_of("relation", "same_problem same_incident related"), name="relation"),
        sa.UniqueConstraint("one", "other", name="once_a_link"),
    )
    op.create_index("ix_case_link_other", "case_link", ["other"])
    allow(ENTRY_KINDS)


def downgrade() -> None:
    op.execute("DELETE FROM entry WHERE kind = 'linked'")
    allow(ENTRY_KINDS_BEFORE)
    op.drop_table("case_link")
