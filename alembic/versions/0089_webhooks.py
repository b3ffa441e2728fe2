"""Endpoints of other programs, and the events that are on their way to them."""

import sqlalchemy as sa
from alembic import op

from amends.database.schema import TIMESTAMPTZ, UUID

revision = "0089"
down_revision = "0088"
branch_labels = None
depends_on = None

UNSETTLED = sa.text("state IN ('ready', 'sending')")
SETTLED = sa.text("settled_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("previous_until", TIMESTAMPTZ()),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("ended", sa.String(8), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", TIMESTAMPTZ()),
        sa.Column("paused_until", TIMESTAMPTZ()),
        sa.Column("succeeded_at", TIMESTAMPTZ()),
        sa.Column("made_by", UUID(), sa.ForeignKey("member.id", ondelete="SET NULL")),
        sa.Column("made_at", TIMESTAMPTZ(), nullable=False),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("id", UUID(), primary_key=True),
        sa.Column("webhook", UUID(), sa.ForeignKey("webhook.id", ondelete="CASCADE"), nullable=False),
        sa.Column("event", UUID(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(48), nullable=False),
        sa.Column("about", UUID()),
        sa.Column("at", TIMESTAMPTZ(), nullable=False),
        sa.Column("turn", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("run_at", TIMESTAMPTZ(), nullable=False),
        sa.Column("holder", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("answer", sa.String(500), nullable=False),
        sa.Column("settled_at", TIMESTAMPTZ()),
        sa.CheckConstraint("state IN ('ready', 'sending', 'sent', 'void', 'dead')", name="state"),
    )
    _index("ready", ["webhook", "run_at"], UNSETTLED)
    _index("turn", ["webhook", "subject", "turn"])
    _index("at", ["webhook", "at"])
    _index("settled", ["settled_at"], SETTLED)


def _index(name: str, columns: list[str], where: sa.TextClause | None = None) -> None:
    op.create_index(
        f"ix_webhook_delivery_{name}",
        "webhook_delivery",
        columns,
        sqlite_where=where,
        postgresql_where=where,
    )


def downgrade() -> None:
    op.drop_table("webhook_delivery")
    op.drop_table("webhook")
