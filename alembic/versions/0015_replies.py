"""Keep prepared replies and how the team answers; tell how a draft stands and what a thread was told."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

OCCASIONS = "first following solution closing"
STANCES = "answer clarify fix watch_in_silence escalate block concede let_go"
TONES = "apology empathy thanks distance"
COLUMNS = (
    *("draft_occasion", "draft_template", "draft_reader", "draft_held_until"),
    *("plan_given", "place_given", "thread_ended_at"),
)


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def prefer_open_cases() -> None:
    """Makes the indexes of open cases the newest ones again, which SQLite takes before others (see 0010)."""
    if op.get_bind().dialect.name != "sqlite":
        return
    found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'case_file'"
    partial = " AND sql LIKE '%WHERE stage <> ''closed''' ORDER BY name"
    for name, statement in op.get_bind().exec_driver_sql(found + partial).all():
        op.drop_index(name, "case_file")
        op.execute(statement)


def upgrade() -> None:
    op.create_table(
        "reply_template",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("stance", sa.String(20), nullable=False),
        sa.Column("occasion", sa.String(10), nullable=False),
        sa.Column("tone", sa.String(10), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("starter", sa.String(40), unique=True),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("changed_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("changed_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("archived_at", TIMESTAMPTZ()),
        sa.CheckConstraint(one_of("language", "en fr"), name="language"),
        sa.CheckConstraint(one_of("stance", STANCES), name="stance"),
        sa.CheckConstraint(one_of("occasion", OCCASIONS), name="occasion"),
        sa.CheckConstraint(one_of("tone", TONES), name="tone"),
    )
    op.create_index("ix_reply_template_title", "reply_template", ["title", "id"])
    op.create_table(
        "reply_rules",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False, unique=True),
        sa.Column("rules", JSONB(), nullable=False),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )
    extend_cases()
    op.create_table(
        "reply_use",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("template", UUID(), sa.ForeignKey("reply_template.id", ondelete="CASCADE"), nullable=False),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ(), nullable=False),
        sa.UniqueConstraint("template", "case", name="once_a_case"),
    )
    op.create_index("ix_reply_use_case", "reply_use", ["case"])
    waiting = sa.text("state = 'due' AND kind = 'approval'")
    op.create_index(
        "ix_follow_up_approval",
        "follow_up",
        ["due_at", "case"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )


def extend_cases() -> None:
    """How a draft stands, and what the public thread has been told; so far nobody was told anything."""
    with op.batch_alter_table("case_file") as case:
        case.add_column(sa.Column("draft_occasion", sa.String(10)))
        case.create_check_constraint("draft_occasion", one_of("draft_occasion", OCCASIONS))
        case.add_column(sa.Column("draft_template", UUID()))
        case.create_foreign_key(None, "reply_template", ["draft_template"], ["id"], ondelete="SET NULL")
        case.add_column(sa.Column("draft_reader", UUID()))
        case.create_foreign_key(None, "member", ["draft_reader"], ["id"], ondelete="SET NULL")
        case.add_column(sa.Column("draft_held_until", TIMESTAMPTZ()))
        case.add_column(sa.Column("plan_given", sa.Boolean(), nullable=False, server_default=sa.false()))
        case.add_column(sa.Column("place_given", sa.Boolean(), nullable=False, server_default=sa.false()))
        case.add_column(sa.Column("thread_ended_at", TIMESTAMPTZ()))
    with op.batch_alter_table("case_file") as case:
        case.alter_column("plan_given", server_default=None)
        case.alter_column("place_given", server_default=None)
    prefer_open_cases()


def downgrade() -> None:
    op.drop_index("ix_follow_up_approval", "follow_up")
    op.drop_table("reply_use")
    with op.batch_alter_table("case_file") as case:
        case.drop_constraint("draft_occasion", type_="check")
        case.drop_constraint(op.f("fk_case_file_draft_template"), type_="foreignkey")
        case.drop_constraint(op.f("fk_case_file_draft_reader"), type_="foreignkey")
        for column in COLUMNS:
            case.drop_column(column)
    prefer_open_cases()
    op.drop_table("reply_rules")
    op.drop_table("reply_template")
