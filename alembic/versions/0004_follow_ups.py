"""Build follow-ups, targets, nudges and their deliveries."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FOLLOW_UP_KINDS = (
    "triage acknowledge approval contact next_step resolve_by promise wait_ping wait_close "
    "confirm_fix second_chance check_in_answer escalation_review watch_review watch_close"
)
FOLLOW_UP_STATES = "due done dropped"
LANGUAGES = "en fr"
AUDIENCES = "owner team lead"
NUDGE_STATES = "ready sending sent void dead"


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def where(condition: str) -> dict[str, sa.TextClause]:
    """The part of the rows that an index covers, for both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "follow_up",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("owner", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("starts_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("due_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("climbs_from", TIMESTAMPTZ()),
        sa.Column("next_at", TIMESTAMPTZ()),
        sa.Column("allotted", sa.Integer(), nullable=False),
        sa.Column("counted", sa.String(8), nullable=False),
        sa.Column("steps", JSONB(), nullable=False),
        sa.Column("paused_at", TIMESTAMPTZ()),
        sa.Column("remaining", sa.Integer()),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.CheckConstraint(one_of("kind", FOLLOW_UP_KINDS), name="kind"),
        sa.CheckConstraint(one_of("state", FOLLOW_UP_STATES), name="state"),
    )
    op.create_index("ix_follow_up_case", "follow_up", ["case", "state"])
    op.create_index(
        "ix_follow_up_next", "follow_up", ["next_at"], **where("state = 'due' AND next_at IS NOT NULL")
    )
    op.create_index(
        "uq_follow_up_live",
        "follow_up",
        ["case", "kind"],
        unique=True,
        **where("state = 'due' AND kind <> 'promise'"),
    )
    op.create_table(
        "target",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE")),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("masked", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("succeeded_at", TIMESTAMPTZ()),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(one_of("language", LANGUAGES), name="language"),
    )
    op.create_index("ix_target_member", "target", ["member"])
    op.create_table(
        "nudge",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("follow_up", UUID(), sa.ForeignKey("follow_up.id", ondelete="CASCADE")),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE")),
        sa.Column("target", UUID(), sa.ForeignKey("target.id", ondelete="CASCADE"), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("run_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(200), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.CheckConstraint(one_of("audience", AUDIENCES), name="audience"),
        sa.CheckConstraint(one_of("state", NUDGE_STATES), name="state"),
    )
    op.create_index("ix_nudge_dead", "nudge", ["settled_at"], **where("state = 'dead'"))
    op.create_index("ix_nudge_follow_up", "nudge", ["follow_up"])
    op.create_index("ix_nudge_ready", "nudge", ["run_at"], **where("state IN ('ready', 'sending')"))
    op.create_index("ix_nudge_target", "nudge", ["target"])
    op.create_table(
        "delivery",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("nudge", UUID(), sa.ForeignKey("nudge.id", ondelete="CASCADE"), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("detail", sa.String(200), nullable=False),
    )
    op.create_index("ix_delivery_nudge", "delivery", ["nudge"])


def downgrade() -> None:
    op.drop_table("delivery")
    op.drop_table("nudge")
    op.drop_table("target")
    op.drop_table("follow_up")
