"""Let nudges go together; add digests, absences and who is on duty."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

AUDIENCES = "owner team lead"
AUDIENCES_NOW = "owner team lead on_duty"
KINDS = "rung digest trial"
ON_ITS_WAY = "state IN ('ready', 'sending')"

OF_MEMBERS = ("hears_urgent", "daily_budget", "digest_at", "digest_weekly", "digested_on")


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def where(condition: str) -> dict[str, sa.TextClause]:
    """The part of the rows that an index covers, for both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    add_with_values(
        "member",
        sa.Column("hears_urgent", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("daily_budget", sa.Integer(), nullable=False, server_default="6"),
        sa.Column("digest_at", sa.Integer(), server_default="540"),
        sa.Column("digest_weekly", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("digested_on", sa.Date()),
    )
    with op.batch_alter_table("target") as target:
        target.add_column(sa.Column("told_at", TIMESTAMPTZ()))
    kind = sa.Column("kind", sa.String(8), nullable=False, server_default="rung")
    add_with_values("nudge", kind, sa.Column("message", UUID()))
    op.execute("UPDATE nudge SET kind = 'trial' WHERE follow_up IS NULL")
    with op.batch_alter_table("nudge") as nudge:
        nudge.create_check_constraint("kind", one_of("kind", KINDS))
        nudge.drop_constraint("audience", type_="check")
        nudge.create_check_constraint("audience", one_of("audience", AUDIENCES_NOW))
    op.create_index("ix_nudge_target_ready", "nudge", ["target", "run_at"], **where(ON_ITS_WAY))
    op.create_index("ix_nudge_member_sent", "nudge", ["member", "settled_at"], **where("state = 'sent'"))
    op.create_table(
        "absence",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("deputy", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("begins_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("ends_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_absence_member", "absence", ["member"])
    op.create_table(
        "duty",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("begins_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("ends_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_duty_member", "duty", ["member"])
    op.create_index("ix_duty_ends_at", "duty", ["ends_at"])


def add_with_values(table: str, *columns: sa.Column) -> None:
    """Adds columns that the rows there are filled with; later ones get their value from us."""
    filled = [column.name for column in columns if column.server_default is not None]
    with op.batch_alter_table(table) as changed:
        for column in columns:
            changed.add_column(column)
    with op.batch_alter_table(table) as changed:
        for name in filled:
            changed.alter_column(name, server_default=None)


def downgrade() -> None:
    op.drop_table("duty")
    op.drop_table("absence")
    op.drop_index("ix_nudge_member_sent", "nudge")
    op.drop_index("ix_nudge_target_ready", "nudge")
    op.execute("DELETE FROM nudge WHERE kind = 'digest' OR audience = 'on_duty'")
    with op.batch_alter_table("nudge") as nudge:
        nudge.drop_constraint("kind", type_="check")
        nudge.drop_constraint("audience", type_="check")
        nudge.create_check_constraint("audience", one_of("audience", AUDIENCES))
        nudge.drop_column("message")
        nudge.drop_column("kind")
    with op.batch_alter_table("target") as target:
        target.drop_column("told_at")
    with op.batch_alter_table("member") as member:
        for name in OF_MEMBERS:
            member.drop_column(name)
