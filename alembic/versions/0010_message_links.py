"""Let members act from messages and set reminders; keep the pause that a service asked for."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = (
    "triage acknowledge approval contact next_step resolve_by promise wait_ping wait_close "
    "confirm_fix second_chance check_in_answer escalation_review watch_review watch_close"
)
ONE_EACH = "state = 'due' AND kind <> 'promise'"


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def live_once(condition: str) -> None:
    """One live follow-up of a kind per case, but for the kinds that may be many."""
    where = {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
    op.create_index("uq_follow_up_live", "follow_up", ["case", "kind"], unique=True, **where)


def allow(kinds: str) -> None:
    """The kinds that a follow-up may have, and that a case may repeat."""
    with op.batch_alter_table("follow_up") as follow_up:
        follow_up.drop_constraint("kind", type_="check")
        follow_up.create_check_constraint("kind", one_of("kind", kinds))
    with op.batch_alter_table("case_file") as case:
        case.drop_constraint("due_kind", type_="check")
        case.create_check_constraint("due_kind", one_of("due_kind", kinds))
    if op.get_bind().dialect.name == "sqlite":
        prefer_open_cases()


def prefer_open_cases() -> None:
    """Makes the indexes of open cases the newest ones.

    Of two indexes that promise the same SQLite takes the newer, and a table built anew gets its indexes
    in any order: an owner's closed cases would be read on one machine and not on the other.
    """
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'case_file'"
    partial = " AND sql LIKE '%WHERE stage <> ''closed''' ORDER BY name"
    for name, statement in op.get_bind().exec_driver_sql(found + partial).all():
        op.drop_index(name, "case_file")
        op.execute(statement)


def upgrade() -> None:
    op.drop_index("uq_follow_up_live", "follow_up")
    allow(f"{KINDS} reminder")
    with op.batch_alter_table("follow_up") as follow_up:
        follow_up.add_column(sa.Column("repeats", sa.String(8)))
        follow_up.create_check_constraint("repeats", one_of("repeats", "daily weekly monthly"))
    live_once(f"{ONE_EACH} AND kind <> 'reminder'")
    op.create_table(
        "message_link",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("follow_up", UUID(), sa.ForeignKey("follow_up.id", ondelete="CASCADE"), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_message_link_follow_up", "message_link", ["follow_up"])
    op.create_index("ix_message_link_member", "message_link", ["member"])
    with op.batch_alter_table("target") as target:
        target.add_column(sa.Column("paused_until", TIMESTAMPTZ()))


def downgrade() -> None:
    with op.batch_alter_table("target") as target:
        target.drop_column("paused_until")
    op.drop_table("message_link")
    op.execute("DELETE FROM follow_up WHERE kind = 'reminder'")
    op.drop_index("uq_follow_up_live", "follow_up")
    with op.batch_alter_table("follow_up") as follow_up:
        follow_up.drop_constraint("repeats", type_="check")
        follow_up.drop_column("repeats")
    allow(KINDS)
    live_once(ONE_EACH)
