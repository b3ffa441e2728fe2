"""Build authors, cases, posts, captures and their evidence."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CUSTOMER_STATUSES = "verified claimed unknown not_a_customer"
PLATFORMS = (
    "x reddit bluesky mastodon threads facebook instagram linkedin tiktok youtube trustpilot google "
    "tripadvisor amazon yelp play appstore hackernews stackexchange discourse lemmy web"
)
FOLLOW_UP_KINDS = (
    "triage acknowledge approval contact next_step resolve_by promise wait_ping wait_close "
    "confirm_fix second_chance check_in_answer escalation_review watch_review watch_close"
)
NATURES = "complaint criticism misunderstanding false_claim harassment threat spam"
OUTCOMES = "won_back settled conceded lost let_go blocked referred not_ours duplicate erased"
SEVERITIES = "s1 s2 s3 s4"
STAGES = "new acknowledge contact working waiting resolved second_chance checked_in escalated watched closed"
STANCES = "answer clarify fix watch_in_silence escalate block concede let_go"
CAPTURE_KINDS = "post comment review page"


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def where(condition: str) -> dict[str, sa.TextClause]:
    """The part of the rows that an index covers, for both engines."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "author",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("key", sa.String(400), nullable=False, unique=True),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("handle", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("avatar", sa.Text(), nullable=False),
        sa.Column("customer_status", sa.String(16), nullable=False),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("first_seen_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("last_seen_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(one_of("customer_status", CUSTOMER_STATUSES), name="customer_status"),
        sa.CheckConstraint(one_of("platform", PLATFORMS), name="platform"),
    )
    op.create_table(
        "case_file",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("number", sa.Integer(), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16)),
        sa.Column("severity", sa.String(2)),
        sa.Column("nature", sa.String(20)),
        sa.Column("stance", sa.String(20)),
        sa.Column("fault", sa.String(16)),
        sa.Column("customer_status", sa.String(16), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("lang", sa.String(35), nullable=False),
        sa.Column("author", UUID(), sa.ForeignKey("author.id", ondelete="SET NULL")),
        sa.Column("owner", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("opened_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("moved_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("closed_at", TIMESTAMPTZ()),
        sa.Column("came_back_at", TIMESTAMPTZ()),
        sa.Column("due_at", TIMESTAMPTZ()),
        sa.Column("due_kind", sa.String(20)),
        sa.Column("snoozed_until", TIMESTAMPTZ()),
        sa.Column("wake_on_reply", sa.Boolean(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.Column("approval", sa.String(10)),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("draft_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("review_on", sa.Date()),
        sa.Column("duplicate_of", UUID(), sa.ForeignKey("case_file.id", ondelete="SET NULL")),
        sa.Column("public_replies", sa.Integer(), nullable=False),
        sa.Column("pings", sa.Integer(), nullable=False),
        sa.Column("failed_fixes", sa.Integer(), nullable=False),
        sa.Column("second_chance_used", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(stage = 'closed') = (closed_at IS NOT NULL)", name="closed_has_date"),
        sa.CheckConstraint("(stage = 'closed') = (outcome IS NOT NULL)", name="closed_has_outcome"),
        sa.CheckConstraint(one_of("customer_status", CUSTOMER_STATUSES), name="customer_status"),
        sa.CheckConstraint(one_of("due_kind", FOLLOW_UP_KINDS), name="due_kind"),
        sa.CheckConstraint(one_of("nature", NATURES), name="nature"),
        sa.CheckConstraint(one_of("outcome", OUTCOMES), name="outcome"),
        sa.CheckConstraint(one_of("platform", PLATFORMS), name="platform"),
        sa.CheckConstraint(one_of("severity", SEVERITIES), name="severity"),
        sa.CheckConstraint(one_of("stage", STAGES), name="stage"),
        sa.CheckConstraint(one_of("stance", STANCES), name="stance"),
    )
    asleep_and_whose = ["snoozed_until", "owner"]
    op.create_index(
        "ix_case_due_open", "case_file", ["due_at", "id", *asleep_and_whose], **where("stage <> 'closed'")
    )
    op.create_index("ix_case_file_author", "case_file", ["author"])
    op.create_index("ix_case_number_open", "case_file", ["number"], **where("stage <> 'closed'"))
    op.create_index("ix_case_owner_number", "case_file", ["owner", "number"])
    op.create_index("ix_case_owner_stage_due", "case_file", ["owner", "stage", "due_at"])
    op.create_index("ix_case_snoozed", "case_file", ["snoozed_until"], **where("snoozed_until IS NOT NULL"))
    op.create_index("ix_case_stage_due", "case_file", ["stage", "due_at", "id", *asleep_and_whose])
    op.create_index("ix_case_stage_number", "case_file", ["stage", "number"])
    op.create_table(
        "undo",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(32), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_undo_case", "undo", ["case"])
    op.create_table(
        "post",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("key", sa.String(500), nullable=False, unique=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("case", UUID(), sa.ForeignKey("case_file.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_post_case", "post", ["case"])
    op.create_table(
        "capture",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("body_hash", sa.String(64), nullable=False),
        sa.Column("post", UUID(), sa.ForeignKey("post.id", ondelete="CASCADE"), nullable=False),
        sa.Column("author", UUID(), sa.ForeignKey("author.id", ondelete="SET NULL")),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("external_id", sa.String(200), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("lang", sa.String(35), nullable=False),
        sa.Column("posted_at", TIMESTAMPTZ()),
        sa.Column("posted_approximately", sa.Boolean(), nullable=False),
        sa.Column("time_text", sa.String(200), nullable=False),
        sa.Column("rating", sa.REAL()),
        sa.Column("rating_max", sa.REAL()),
        sa.Column("metrics", JSONB(), nullable=False),
        sa.Column("context", JSONB(), nullable=False),
        sa.Column("media", JSONB(), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("missing", JSONB(), nullable=False),
        sa.Column("reader", JSONB(), nullable=False),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("page_title", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(2)),
        sa.Column("captured_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("received_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(one_of("kind", CAPTURE_KINDS), name="kind"),
        sa.CheckConstraint(one_of("platform", PLATFORMS), name="platform"),
        sa.CheckConstraint(one_of("severity", SEVERITIES), name="severity"),
    )
    op.create_index("ix_capture_post", "capture", ["post"])
    op.create_table(
        "evidence",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("capture", UUID(), sa.ForeignKey("capture.id", ondelete="CASCADE"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("shown_sha256", sa.String(64)),
        sa.Column("kept_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_index("ix_evidence_capture", "evidence", ["capture"])
    op.create_index("ix_evidence_redraw", "evidence", ["kept_at"], **where("shown_sha256 IS NULL"))


def downgrade() -> None:
    op.drop_table("evidence")
    op.drop_table("capture")
    op.drop_table("post")
    op.drop_table("undo")
    op.drop_table("case_file")
    op.drop_table("author")
