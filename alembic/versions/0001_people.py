"""Build the team, its members and how they sign in."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import JSONB, TIMESTAMPTZ, UUID

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

LANGUAGES = "en fr"
ROLES = "agent lead admin"


def one_of(column: str, words: str) -> str:
    """The condition that a column holds one of these words, or nothing."""
    return "{} IN ({})".format(column, ", ".join(f"'{word}'" for word in words.split()))


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("only", sa.Boolean(), nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("subdivision", sa.String(16), nullable=False),
        sa.Column("week", JSONB(), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(one_of("language", LANGUAGES), name="language"),
    )
    op.create_table(
        "counter",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("value", sa.Integer(), nullable=False),
    )
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(128), primary_key=True),
        sa.Column("started_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("seen_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_heartbeat_seen_at", "heartbeat", ["seen_at"])
    op.create_table(
        "member",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("role", sa.String(8), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("quiet_from", sa.Integer(), nullable=False),
        sa.Column("quiet_until", sa.Integer(), nullable=False),
        sa.Column("quiet_week_ends", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", TIMESTAMPTZ()),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.CheckConstraint(one_of("language", LANGUAGES), name="language"),
        sa.CheckConstraint(one_of("role", ROLES), name="role"),
    )
    op.create_table(
        "session",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("seen_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("program", sa.String(200), nullable=False),
    )
    op.create_index("ix_session_member", "session", ["member"])
    op.create_table(
        "browser",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("prefix", sa.String(16), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("scopes", JSONB(), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("seen_at", TIMESTAMPTZ()),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("revoked_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_browser_member", "browser", ["member"])
    op.create_table(
        "one_time_code",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("member", UUID(), sa.ForeignKey("member.id", ondelete="CASCADE"), nullable=False),
        sa.Column("created_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("expires_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("used_at", TIMESTAMPTZ()),
    )
    op.create_index("ix_one_time_code_member", "one_time_code", ["member"])
    op.create_table(
        "failed_sign_in",
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("refused_until", TIMESTAMPTZ()),
    )


def downgrade() -> None:
    op.drop_table("failed_sign_in")
    op.drop_table("one_time_code")
    op.drop_table("browser")
    op.drop_table("session")
    op.drop_table("member")
    op.drop_table("heartbeat")
    op.drop_table("counter")
    op.drop_table("team")
